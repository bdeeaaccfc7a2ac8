# SPDX-License-Identifier: EUPL-1.2
"""Why it was decided so: the rule that was hit, the facts, and the same for everyone with the same facts."""

import re
from uuid import uuid4

import pytest

from schakel.begrippen.kanaal import Kanaal
from tests.edge.stad import Stad
from tests.edge.web.beheer.zaken import V2, begin, decision_of, hand_in, offer


def hit_rows(page: str) -> list[str]:
    return [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row))
        for row in re.findall(r'<tr class="raak">.*?</tr>', page, re.DOTALL)
    ]


@pytest.mark.norm("GE-10")
async def test_a_decision_shows_its_rule_its_ground_its_facts_and_what_the_klant_reads(stad: Stad) -> None:
    interactie = await begin(stad)
    await hand_in(stad, interactie)
    regel = await decision_of(stad, interactie)
    femke = await stad.log_in("femke")

    page = (await femke.get(f"/beslissing/{regel.id}")).text

    rows = hit_rows(page)
    assert len(rows) == 2  # the table that decided, and the one that it asked
    assert "(deze regel paste)" in rows[0]
    assert "toekennen" in rows[0]
    assert "De auto is van u. Op uw adres is nog geen vergunning." in page
    assert "artikel 4 van de Parkeerverordening" in page
    assert "3811LW" in page
    assert regel.feiten_hash[:4] in page
    assert "Deze versie geldt nu" in page
    assert regel.nummer in page


@pytest.mark.norm("NO-8")
async def test_only_who_may_see_the_interactie_sees_the_facts_and_that_is_logged(stad: Stad) -> None:
    interactie = await begin(stad)
    await hand_in(stad, interactie, eigenaar="eigen")
    regel = await decision_of(stad, interactie)
    kees, femke = await stad.log_in("kees"), await stad.log_in("femke")

    hidden = await kees.get(f"/beslissing/{regel.id}")
    assert hidden.status_code == 200
    assert len(hit_rows(hidden.text)) == 2
    assert "U ziet de gegevens van deze klant niet" in hidden.text
    assert regel.nummer not in hidden.text
    aside = hidden.text.partition("<aside")[2].partition("</aside>")[0]
    assert "3811LW" not in aside
    assert await stad.value("select count(*) from verwerking where actor_id = $1", await stad.actor("kees")) == 0

    await femke.get(f"/beslissing/{regel.id}")
    seen = await stad.value("select count(*) from verwerking where actor_id = $1", await stad.actor("femke"))
    assert seen == 1


@pytest.mark.norm("KR-1")
async def test_the_same_facts_over_other_kanalen_are_counted_with_their_outcome(stad: Stad) -> None:
    first = await begin(stad)
    await hand_in(stad, first)
    people = ("Suzanne Moulin", "Karin Meijer", "Sunny Tjon á Jon")
    for naam, kanaal in zip(people, (Kanaal.BALIE, Kanaal.TELEFOON, Kanaal.EMAIL), strict=True):
        other = await begin(stad, naam, kanaal)
        await hand_in(stad, other, kanaal)
    regel = await decision_of(stad, first)
    groups = await stad.diensten.beheer.same_feiten(regel.id)
    assert sorted((g.kanaal, g.aantal) for g in groups) == [("balie", 1), ("e-mail", 1), ("telefoon", 1)]
    assert all(g.uitkomst == regel.uitkomst for g in groups)
    femke = await stad.log_in("femke")
    assert "3 van 3 gelijk" in (await femke.get(f"/beslissing/{regel.id}")).text


@pytest.mark.norm("PL-4")
async def test_an_old_decision_stays_explained_by_the_rules_it_was_taken_by(stad: Stad) -> None:
    first = await begin(stad)
    await hand_in(stad, first)
    kees, femke = await stad.log_in("kees"), await stad.log_in("femke")
    await offer(kees, ("v2.dmn", V2))
    second = await begin(stad, "Suzanne Moulin")
    await hand_in(stad, second)

    page = (await femke.get(f"/beslissing/{(await decision_of(stad, first)).id}")).text

    assert "Er is een nieuwere versie" in page
    assert "minder dan 1" in hit_rows(page)[0]
    assert "0 van 1 gelijk" in page
    assert "komt door een andere versie van de regels" in page


async def test_a_decision_without_a_case_is_shown_too_and_an_unknown_one_is_not_found(stad: Stad) -> None:
    diensten = stad.diensten
    feiten = {"postcode": "<b>3811LW</b>", "aantal_vergunningen_op_adres": 0, "eigenaar": "eigen", "bewijs": False}
    async with diensten.open_werk() as werk:
        taken = await diensten.logica.decide(werk, "parkeervergunning_toekennen", feiten, diensten.clock())
    maud = await stad.log_in("maud")
    page = (await maud.get(f"/beslissing/{taken.id}")).text
    assert "&lt;b&gt;3811LW&lt;/b&gt;" in page
    assert (await maud.get(f"/beslissing/{uuid4()}")).status_code == 404
    assert (await maud.get("/beslissing/geen-nummer")).status_code == 404
    assert (await stad.visitor().get(f"/beslissing/{taken.id}")).status_code == 303
    aylin = await stad.log_in_partij(await stad.partij())
    assert (await aylin.get(f"/beslissing/{taken.id}")).status_code == 403
