# SPDX-License-Identifier: EUPL-1.2
"""The page of measuring: promises, use and switches, and feedback."""

import re
from datetime import timedelta

import pytest

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.meting import Gebruik, Telling
from schakel.web.beheer.blad import PERIODEN
from schakel.web.beheer.drukte import promises, switch_table
from tests.edge.stad import Stad
from tests.edge.web.bladen import visible


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the table below this heading, as text."""
    body = page.partition(f'id="{heading}"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def number(cell: str) -> int:
    return int(cell.replace(".", ""))


@pytest.mark.norm("KR-3", "KI-2")
async def test_each_promise_stands_beside_what_was_reached(stad: Stad) -> None:
    now = stad.diensten.clock()
    samira = await stad.log_in("samira")
    page = (await samira.get("/beheer/drukte?periode=jaar")).text
    tellingen = await stad.diensten.beheer.tellingen(now - timedelta(days=365), now)
    expected = promises(tellingen, stad.diensten.dienst)
    shown = [cells[-8:] for cells in table(page, "beloften")[1:]]
    assert [(row[0], row[1], row[2], row[5]) for row in shown] == [
        (
            regel.formule,
            regel.belofte.replace("\u00a0", " "),
            f"{regel.meting.norm} %",
            f"{regel.meting.binnen:,} van {regel.meting.aantal:,}".replace(",", "."),
        )
        for group in expected.values()
        for regel in group
    ]
    assert sum(t.aantal + t.open for t in tellingen) == sum(
        r.meting.aantal + r.meting.open for group in expected.values() for r in group
    )


@pytest.mark.norm("KS-5")
async def test_the_table_of_switches_adds_up_to_the_raw_traffic(stad: Stad) -> None:
    samira = await stad.log_in("samira")
    for periode in PERIODEN:
        page = (await samira.get(f"/beheer/drukte?periode={periode.sleutel}")).text
        raw = await stad.value(
            "select count(*) from verkeersregel where begonnen_op >= $1", periode.since(stad.diensten.clock())
        )
        if not raw:
            assert "In deze periode was er nog geen contact" in page
            continue
        rows = [[number(cell) for cell in row[1:]] for row in table(page, "gebruik")[1:]]
        *body, total = rows
        assert [sum(column) for column in zip(*body, strict=True)] == total
        assert sum(total[:-1]) == total[-1] == raw


def test_a_switch_is_counted_once_and_staying_is_no_switch() -> None:
    mail, tel = Kanaal.EMAIL, Kanaal.TELEFOON
    rows = switch_table(Gebruik({mail: 5, tel: 4}, {(mail, tel): 3, (tel, mail): 1}, 9))
    assert [(row.van, row.aantallen, row.totaal) for row in rows] == [
        (None, [4, 1], 5),
        (mail, [0, 3], 3),
        (tel, [1, 0], 1),
    ]


async def test_too_few_to_judge_is_said_and_a_product_unknown_now_still_counts(stad: Stad) -> None:
    regels = promises([Telling(Kanaal.EMAIL, 11, 9, 2, "bestaat-niet-meer")], stad.diensten.dienst)
    assert [(r.oordeel, r.meting.tekst) for r in regels[Kanaal.EMAIL]] == [
        ("Nog geen oordeel", "te weinig voor een percentage: 9 van 11")
    ]


@pytest.mark.parametrize(("norm_delta", "oordeel"), [(0, "Net gehaald"), (-1, "Onder de belofte"), (2, "Gehaald")])
async def test_the_verdict_is_near_below_or_kept(stad: Stad, norm_delta: int, oordeel: str) -> None:
    norm = stad.diensten.dienst.formules["flits"].servicelevels[Kanaal.EMAIL].deel
    regels = promises([Telling(Kanaal.EMAIL, 100, norm + norm_delta, 0)], stad.diensten.dienst)
    assert regels[Kanaal.EMAIL][0].oordeel == oordeel


@pytest.mark.parametrize("periode", ["", "altijd", "%00", "7' or 1=1", "x" * 5000])
async def test_a_strange_period_shows_thirty_days(stad: Stad, periode: str) -> None:
    samira = await stad.log_in("samira")
    page = await samira.get(f"/beheer/drukte?periode={periode}")
    assert page.status_code == 200
    assert re.search(r'periode=30" aria-current="true"', page.text)


async def test_it_says_how_many_people_the_busiest_hour_asks_and_what_one_more_would_do(stad: Stad) -> None:
    page = visible((await (await stad.log_in("samira")).get("/beheer/drukte?periode=30")).text)
    assert "Hoeveel mensen zijn nodig?" in page
    for woord in ("1 minder", "genoeg", "1 meer", "2 meer"):
        assert woord in page
