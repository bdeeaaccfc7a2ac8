# SPDX-License-Identifier: EUPL-1.2
"""Registreren: written down once, in two acts, and nothing of a person when nothing has to follow."""

import re

import pytest

from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible
from tests.edge.web.medewerker_contact.gang import AYLIN, begin_on_website, establish


async def sleutel_of(medewerker: Bezoeker, path: str = "/registreren") -> str:
    """The key that the page made."""
    found = re.search(r'name="sleutel" value="([^"]+)"', (await medewerker.get(path)).text)
    assert found is not None
    return found[1]


async def totals(stad: Stad) -> tuple[int, int, int]:
    """Klantcontacten, partijen and Verkeersregels."""
    row = await stad.value(
        """select ((select count(*) from klantcontact), (select count(*) from partij),
                   (select count(*) from verkeersregel))"""
    )
    return tuple(row)


@pytest.mark.norm("RB-2")
async def test_an_anonymous_contact_without_follow_up_leaves_one_verkeersregel_and_nothing_else(stad: Stad) -> None:
    maud, before = await stad.log_in("maud"), await totals(stad)
    form = {"sleutel": await sleutel_of(maud), "samenvatting": "Openingstijden van het stadhuis", "beantwoord": "ja"}
    for _ in range(2):  # pressed twice
        assert (await maud.post("/registreren", form)).headers["location"] == "/zoeken?geteld"
    after = await totals(stad)
    assert after == (before[0], before[1], before[2] + 1)
    assert "Wij telden alleen het gesprek" in visible((await maud.get("/zoeken?geteld")).text)


async def test_pressing_twice_registers_once(stad: Stad) -> None:
    maud, before = await stad.log_in("maud"), await totals(stad)
    form = {
        "sleutel": await sleutel_of(maud),
        "samenvatting": "Mevrouw wil weten waarom zij een aanmaning kreeg. Zij betaalde al.",
        "naam": "Mevrouw de Wit",
        "nummer": "06 12 34 99 99",
        "beantwoord": "nee",
    }
    places = {(await maud.post("/registreren", form)).headers["location"] for _ in range(2)}
    assert len(places) == 1
    after = await totals(stad)
    assert after[0] == before[0] + 1
    interactie_id = places.pop().partition("=")[2]
    assert await stad.value("select vastgesteld from interactie where id = $1::uuid", interactie_id) is False
    adres = "select zoekadres from digitaal_adres where adres like '%12349999' limit 1"
    assert await stad.value(adres) == "+31612349999"
    bewaard = visible((await maud.get(f"/zoeken?vastgelegd={interactie_id}")).text)
    assert "Bewaard." in bewaard
    assert "Belofte aan de klant" in bewaard


async def test_a_contact_of_an_established_klant_is_his(stad: Stad) -> None:
    maud, aylin = await stad.log_in("maud"), await stad.partij(AYLIN)
    v = await establish(maud, aylin)
    form = {
        "sleutel": await sleutel_of(maud),
        "samenvatting": "Wanneer wordt het oud papier opgehaald?",
        "beantwoord": "ja",
        "klant": str(aylin),
        "v": v,
        "kanaal": "balie",
    }
    answer = await maud.post("/registreren", form)
    interactie_id = answer.headers["location"].partition("=")[2]
    sql = (
        "select (partij_id, vastgesteld, status, begonnen_kanaal, onderwerp <> '') from interactie where id = $1::uuid"
    )
    assert tuple(await stad.value(sql, interactie_id)) == (aylin, True, "afgerond", "balie", True)


async def test_without_proof_of_who_it_is_nothing_is_put_on_a_klant_and_the_text_stays(stad: Stad) -> None:
    maud, aylin, before = await stad.log_in("maud"), await stad.partij(AYLIN), await totals(stad)
    form = {
        "sleutel": await sleutel_of(maud),
        "samenvatting": "Iets bijzonders",
        "beantwoord": "nee",
        "klant": str(aylin),
        "v": "nagemaakt",
    }
    answer = await maud.post("/registreren", form)
    assert answer.status_code == 403
    assert "Iets bijzonders" in answer.text
    assert await totals(stad) == before


@pytest.mark.norm("EO-4")
async def test_whether_it_is_answered_is_never_filled_in_for_the_klant(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    page = await maud.get("/registreren")
    assert not re.search(r'name="beantwoord"[^>]*checked', page.text)
    form = {"sleutel": await sleutel_of(maud), "samenvatting": "Oud papier"}
    refused = await maud.post("/registreren", form)
    assert refused.status_code == 400
    assert "kies ja of nee" in visible(refused.text)
    assert "Oud papier" in refused.text


async def test_a_contact_on_a_running_interactie_comes_with_it(stad: Stad) -> None:
    maud, concept = await stad.log_in("maud"), await begin_on_website(stad, await stad.partij(AYLIN))
    path = f"/registreren?interactie={concept.interactie_id}"
    form = {
        "sleutel": await sleutel_of(maud, path),
        "interactie": str(concept.interactie_id),
        "samenvatting": "Belde om te vragen welke papieren nodig zijn.",
        "beantwoord": "nee",
    }
    answer = await maud.post("/registreren", form)
    assert answer.headers["location"].endswith(str(concept.interactie_id))
    assert await stad.value("select count(*) from klantcontact where interactie_id = $1", concept.interactie_id) == 1


async def test_the_words_suggest_a_product_and_the_medewerker_decides(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    product = next(iter(stad.diensten.producten.values()))
    text = visible("<main" + (await maud.post("/registreren/duiding", {"samenvatting": product.naam})).text)
    assert f"Voorstel: {product.naam}" in text
    other = list(stad.diensten.producten.values())[9]
    form = {
        "sleutel": await sleutel_of(maud),
        "samenvatting": product.naam,
        "product": other.sleutel,
        "beantwoord": "nee",
    }
    answer = await maud.post("/registreren", form)
    interactie_id = answer.headers["location"].partition("=")[2]
    assert await stad.value("select product from interactie where id = $1::uuid", interactie_id) == other.sleutel


@pytest.mark.parametrize(
    "wrong",
    [
        {"samenvatting": "x" * 20_001, "beantwoord": "nee"},
        {"onderwerp": "x" * 201, "beantwoord": "nee"},
        {"naam": "x" * 201, "beantwoord": "nee"},
        {"samenvatting": "", "beantwoord": "nee"},
        {"samenvatting": "goed", "beantwoord": "nee", "sleutel": "x" * 65},
        {"samenvatting": "goed", "beantwoord": "nee", "klant": "geen-uuid"},
        {"samenvatting": "\x00", "beantwoord": "nee"},
        {"samenvatting": "goed", "beantwoord": "<script>alert(1)</script>"},
    ],
)
async def test_what_cannot_be_kept_is_refused_in_words_and_registers_nothing(stad: Stad, wrong: dict[str, str]) -> None:
    maud, before = await stad.log_in("maud"), await totals(stad)
    answer = await maud.post("/registreren", {"sleutel": "s", **wrong})
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
    assert len(visible(answer.text)) > 20
    assert await totals(stad) == before
