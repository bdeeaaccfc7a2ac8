# SPDX-License-Identifier: EUPL-1.2
"""A proces runs from start to end, over restarts, in any order, once per submit, on the version it began with."""

import json
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.kit.errors import Conflict, InvalidInput, NotFound
from schakel.kit.ids import new_id
from schakel.proceslogica.contract import ModelRefused, Proceslogica, Processtand
from schakel.proceslogica.motor import Motor
from schakel.proceslogica.voorbeelden import voorbeeld

from .geheugen import AUTO, NU, STAPPEN, a_werk


def steps(stand: Processtand) -> list[str]:
    return [stap.sleutel for stap in stand.mogelijke_stappen]


def effects(stand: Processtand) -> list[str]:
    return [
        f"{effect.soort} {effect.gegevens.get('sjabloon') or effect.gegevens.get('status', '')}".strip()
        for effect in stand.effecten
    ]


def fasen(stand: Processtand) -> list[str]:
    return [fase.staat for fase in stand.fasen]


@pytest.mark.norm("PL-1")
async def test_a_klant_with_his_own_car_in_the_centre_gets_a_vergunning() -> None:
    motor: Proceslogica = Motor()
    werk = await a_werk()
    werk.motor = motor  # type: ignore[assignment]  # the Protocol is what the others see
    stand = await werk.start()
    assert (steps(stand), fasen(stand), stand.status) == (
        ["auto", "adres", "vergunning"],
        ["nu", "straks", "straks"],
        "loopt",
    )
    assert [stap.primair for stap in stand.mogelijke_stappen] == [True, False, False]
    assert {v.sleutel: v.bron_sleutel for s in stand.mogelijke_stappen for v in s.velden if v.bron_sleutel} == {
        "adres": "persoon.adres",
        "postcode": "persoon.adres.postcode",
    }

    stand = await werk.apply()

    assert (steps(stand), fasen(stand), stand.status) == ([], ["gedaan"] * 3, "afgerond")
    assert stand.uitkomst == "U krijgt een parkeervergunning."
    assert effects(stand) == [
        "zet_status ontvangen",
        "stuur_bericht parkeervergunning_toegekend",
        "zet_status afgehandeld",
        "vraag_feedback",
    ]
    letter = stand.effecten[1].gegevens
    assert letter["kenteken"] == "XX-123-X"
    assert letter["geldig_tot"] == "2027-11-30"
    assert letter["gebied"] == "het centrum"
    assert [gedaan.stap for gedaan in stand.gedaan] == ["auto", "adres", "vergunning"]
    assert [one.sleutel for one in stand.beslissingen] == [
        "parkeervergunning_toekennen",
        "parkeervoorwaarden",
        "geldig_tot",
    ]
    assert any("parkeervergunning_toekennen" in one or "Mag de klant" in one for one in stand.beslissingen[0].geraakt)


@pytest.mark.parametrize(
    ("feiten", "besluit", "uitkomst"),
    [
        ({"aantal_vergunningen_op_adres": 1}, "wachtlijst", "U staat op de wachtlijst voor een parkeervergunning."),
        ({"postcode": "3811NA"}, "afwijzen", "U krijgt geen parkeervergunning."),
        ({"eigenaar": "lease", "bewijs": "contract.pdf"}, "toekennen", "U krijgt een parkeervergunning."),
        ({"eigenaar": "lease"}, "beoordelen", "Een collega kijkt naar uw aanvraag."),
        ({"postcode": "3811 ma", "aantal_vergunningen_op_adres": 1}, "toekennen", "U krijgt een parkeervergunning."),
    ],
)
async def test_the_rules_decide(feiten: dict[str, object], besluit: str, uitkomst: str) -> None:
    stand = await (await a_werk()).apply(**feiten)
    assert (stand.gegevens["besluit"], stand.uitkomst) == (besluit, uitkomst)


async def test_a_vakspecialist_judges_what_the_rules_leave_open() -> None:
    werk = await a_werk()
    stand = await werk.apply(eigenaar="werkgever")
    assert (steps(stand), fasen(stand)) == (["beoordelen"], ["gedaan", "nu", "straks"])
    assert stand.mogelijke_stappen[0].voor == "vakspecialist"
    assert stand.effecten[-1].gegevens == {"team": "parkeren"}

    stand = await werk.do(stand, "beoordelen", oordeel="afwijzen", reden="De auto staat op een ander adres.")

    assert stand.uitkomst == "U krijgt geen parkeervergunning."
    assert stand.effecten[0].gegevens["reden"] == "De auto staat op een ander adres."


@pytest.mark.norm("KR-1")
@settings(max_examples=40, deadline=None)
@given(
    order=st.sampled_from(list(permutations(STAPPEN))),
    eigenaar=st.sampled_from(["eigen", "lease", "werkgever"]),
    bewijs=st.sampled_from(["", "a.pdf", "foto van contract.jpg"]),
    postcode=st.sampled_from(["3811LA", "3811 la", "3811ma", "9999ZZ"]),
    aantal=st.integers(0, 3),
)
async def test_the_same_facts_in_any_order_and_spelling_give_the_same_decision_and_hash(
    order: tuple[str, ...], eigenaar: str, bewijs: str, postcode: str, aantal: int
) -> None:
    werk = await a_werk()
    one = await werk.apply(
        eigenaar=eigenaar,
        bewijs=bewijs,
        postcode=postcode.replace(" ", "").upper(),
        aantal_vergunningen_op_adres=aantal,
    )
    other = await werk.apply(
        order,
        eigenaar=eigenaar,
        bewijs="scan-0001.pdf" if bewijs else "",
        postcode=postcode,
        aantal_vergunningen_op_adres=aantal,
        kenteken="xx-123-x",
        ingangsdatum="2026-12-01",
    )
    assert [(b.feiten_hash, b.uitkomst) for b in one.beslissingen] == [
        (b.feiten_hash, b.uitkomst) for b in other.beslissingen
    ]
    assert effects(one) == effects(other)


@pytest.mark.norm("KR-0", "KR-1")
async def test_the_kanaal_never_gets_into_a_proces() -> None:
    werk = await a_werk()
    stand = await werk.start(kanaal="e-mail", aantal_vergunningen_op_adres=1, telefoon="nee")
    assert stand.gegevens["aantal_vergunningen_op_adres"] == 1
    assert not {"kanaal", "telefoon"} & stand.gegevens.keys()


async def test_a_repeat_of_a_submit_does_nothing_and_another_comes_too_late() -> None:
    werk = await a_werk()
    stand = await werk.start()
    first = await werk.do(stand, "auto", "knop-1", **AUTO)
    again = await werk.do(stand, "auto", "knop-1", **AUTO)
    assert (again.gedaan, again.effecten) == (first.gedaan, ())
    with pytest.raises(Conflict):
        await werk.do(stand, "auto", "knop-2", **AUTO)
    with pytest.raises(Conflict):
        await werk.do(stand, "onbekend", "knop-3")
    with pytest.raises(Conflict):
        await werk.do(stand, "regels", "knop-4")


async def test_wrong_answers_are_all_named_and_change_nothing() -> None:
    werk = await a_werk()
    stand = await werk.start()
    before = dict(werk.processen.rijen)
    with pytest.raises(InvalidInput) as refused:
        await werk.do(stand, "auto", kenteken="12", eigenaar="buurman", bewijs="\0")
    assert set(refused.value.fields) == {"kenteken", "eigenaar", "bewijs"}
    assert werk.processen.rijen == before
    with pytest.raises(InvalidInput):
        await werk.start(aantal_vergunningen_op_adres=["een"])


async def test_what_is_unknown_is_not_found() -> None:
    werk = await a_werk()
    for call in (werk.start("bestaat_niet"), werk.start("geldig_tot"), werk.motor.stand(werk, new_id())):
        with pytest.raises(NotFound):
            await call


@pytest.mark.norm("PL-4")
async def test_a_new_rule_counts_at_once_and_a_running_case_keeps_its_own() -> None:
    werk = await a_werk()
    running = await werk.start(aantal_vergunningen_op_adres=1)
    vooraf = await werk.motor.decide(werk, "parkeervergunning_toekennen", FEITEN, NU)

    versie = await werk.load("parkeervergunning_v2.dmn")

    achteraf = await werk.motor.decide(werk, "parkeervergunning_toekennen", FEITEN, NU)
    assert [b.uitkomst["besluit"] for b in (vooraf, achteraf)] == ["wachtlijst", "toekennen"]  # type: ignore[index]
    assert vooraf.feiten.items() <= achteraf.feiten.items()  # each names what its own rules looked at
    for stap, answers in STAPPEN.items():
        running = await werk.do(running, stap, **answers)
    assert (running.gegevens["besluit"], running.versie) == ("wachtlijst", vooraf.versie)
    fresh = await werk.apply(aantal_vergunningen_op_adres=1)
    assert (fresh.gegevens["besluit"], fresh.versie) == ("toekennen", versie)
    listed = await werk.motor.versies(werk, "parkeervergunning")
    assert [(one.versie, one.in_kracht) for one in listed] == [(versie, True), (vooraf.versie, False)]
    assert (await werk.motor.tabel(werk, None, "parkeervergunning_toekennen")).regels[1].invoer[1] == "< 2"
    assert (await werk.motor.tabel(werk, vooraf.versie, "parkeervergunning_toekennen")).regels[1].invoer[1] == "< 1"


FEITEN = {
    "postcode": "3811LA",
    "aantal_vergunningen_op_adres": 1,
    "eigenaar": "eigen",
    "bewijs": True,
    "kanaal": "balie",
}


async def test_a_model_that_is_refused_changes_nothing_and_says_where() -> None:
    werk = await a_werk()
    before = list(werk.modellen.kracht), dict(werk.modellen.rijen)
    broken = voorbeeld("parkeervergunning.dmn").replace(b">&lt; 1<", b">&lt; 2<", 1)
    with pytest.raises(ModelRefused) as refused:
        await werk.motor.upload(werk, {"regels.dmn": broken}, NU, None)
    assert (werk.modellen.kracht, werk.modellen.rijen) == before
    (one,) = refused.value.bevindingen
    assert (one.element, one.cel) == ("Mag de klant een parkeervergunning hebben?", "regel 2 en regel 5")


@pytest.mark.norm("PL-1", "PL-2")
async def test_a_decision_is_recorded_with_its_facts_and_reasons() -> None:
    werk = await a_werk()
    taken = await werk.motor.decide(werk, "parkeervergunning_toekennen", FEITEN, NU)
    assert werk.beslissingen.rijen == [(taken, None)]
    assert "kanaal" not in taken.feiten
    assert taken.redenen
    json.dumps([taken.feiten, taken.uitkomst])


async def test_a_medewerker_answers_asks_and_rounds_off_a_vraag() -> None:
    werk = await a_werk()
    stand = await werk.start("vraag")
    assert (steps(stand), stand.status) == (["beantwoorden", "navragen", "afronden"], "loopt")

    stand = await werk.do(stand, "navragen", navraag="Welke straat bedoelt u?")
    assert effects(stand) == ["stuur_bericht antwoord", "zet_status wacht_op_klant"]
    assert stand.effecten[0].gegevens["tekst"] == "Welke straat bedoelt u?"
    assert steps(stand) == ["beantwoorden", "navragen", "afronden"]

    stand = await werk.do(stand, "beantwoorden", antwoord="Ja, dat mag.", is_beantwoord="ja")
    assert effects(stand) == ["stuur_bericht antwoord", "zet_status afgerond", "vraag_feedback"]
    assert (steps(stand), stand.status, fasen(stand)) == (["heropenen", "sluiten"], "afgerond", ["gedaan", "gedaan"])
    assert stand.uitkomst == "Uw vraag is beantwoord."

    stand = await werk.do(stand, "heropenen")
    assert (stand.status, stand.uitkomst, fasen(stand)) == ("loopt", "", ["nu", "straks"])
    stand = await werk.do(stand, "afronden")
    stand = await werk.do(stand, "sluiten")
    assert (steps(stand), stand.status) == ([], "afgerond")


async def test_two_hundred_answers_do_not_grow_what_is_kept() -> None:
    werk = await a_werk()
    stand = await werk.start("vraag")
    kept = set()
    for _ in range(200):
        stand = await werk.submit(stand, "beantwoorden", antwoord="Nog een antwoord.")
        kept.add(werk.processen.rijen[stand.proces_id].toestand)
    assert len(kept) == 1
    assert len(kept.pop()) < 300


@settings(max_examples=20, deadline=None)
@given(choices=st.lists(st.integers(0, 9), min_size=1, max_size=12))
async def test_any_road_survives_a_restart_at_every_step(choices: list[int]) -> None:
    """`do` starts a new motor each time; here the same road is walked by one that forgets nothing."""
    answers = {
        **STAPPEN,
        "beoordelen": {"oordeel": "toekennen", "reden": "In orde."},
        "beantwoorden": {"antwoord": "Ja."},
        "navragen": {"navraag": "Wie?"},
    }
    for sleutel in ("vraag", "parkeervergunning"):
        werk = await a_werk()
        left, right = await werk.start(sleutel), await werk.start(sleutel)
        constant = Motor()
        for choice in choices:
            if not left.mogelijke_stappen:
                break
            stap = steps(left)[choice % len(left.mogelijke_stappen)]
            filled = answers.get(stap, {})
            left = await werk.do(left, stap, **filled)
            right = await constant.submit(werk, right.proces_id, stap, filled, new_id().hex, None, NU)
            assert (steps(left), left.gegevens, effects(left)) == (steps(right), right.gegevens, effects(right))
            assert (await Motor().stand(werk, left.proces_id)).mogelijke_stappen == left.mogelijke_stappen
            json.loads(werk.processen.rijen[left.proces_id].toestand)
