# SPDX-License-Identifier: EUPL-1.2
"""The figures that the database adds up are those that the rules would find in every single row."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.meting import Meetpunt, Verkeer, tally, usage
from schakel.kit.ids import new_id
from tests.edge.stad import Stad

PERIODS = [timedelta(hours=12), timedelta(days=7), timedelta(days=30), timedelta(days=365)]


async def rows(stad: Stad, sql: str, since: datetime) -> list[tuple[Any, ...]]:
    async with stad.database.connection() as connection:
        return [tuple(row) for row in await connection.fetch(sql, since)]


@pytest.mark.norm("KR-3", "KI-2")
async def test_promises_are_counted_as_the_rule_counts_them_one_by_one(stad: Stad) -> None:
    now = stad.diensten.clock()
    async with stad.database.connection() as connection:
        await connection.execute(  # one late without an answer, one that still runs, one answered on the very second
            """insert into meting (interactie_id, kanaal, product, beloofd_op, gehaald_op, begonnen_op)
               select id, 'sms', '', $1::timestamptz + d * interval '1 hour', g, $1::timestamptz - interval '3 hours'
               from (select id, row_number() over () as n from interactie limit 3) i
               join (values (1, -1, null::timestamptz), (2, 1, null), (3, 0, $1)) v (n, d, g) using (n)""",
            now,
        )
    for period in PERIODS:
        since = now - period
        every = await rows(
            stad, "select kanaal, beloofd_op, gehaald_op, product from meting where begonnen_op >= $1", since
        )
        points = [
            Meetpunt(Kanaal(kanaal), beloofd, gehaald, product=product) for kanaal, beloofd, gehaald, product in every
        ]
        found = await stad.diensten.beheer.tellingen(since, now)
        assert {(t.kanaal, t.product): t for t in found} == {(t.kanaal, t.product): t for t in tally(points, now)}
    sms = next(t for t in found if t.kanaal == Kanaal.SMS)
    assert (sms.aantal, sms.binnen, sms.open) == (2, 1, 1)


@pytest.mark.norm("KS-5")
async def test_use_and_switches_add_up_to_every_leg_that_was_recorded(stad: Stad) -> None:
    now = stad.diensten.clock()
    for period in PERIODS:
        every = await rows(
            stad, "select kanaal, van_kanaal, product from verkeersregel where begonnen_op >= $1", now - period
        )
        legs = [Verkeer(Kanaal(naar), Kanaal(van) if van else None, product) for naar, van, product in every]
        found, expected = usage(await stad.diensten.beheer.verkeer(now - period)), usage(legs)
        assert (found.totaal, found.aantallen, found.wissels) == (len(every), expected.aantallen, expected.wissels)
    assert found.wissels


async def test_the_mean_of_feedback_is_of_those_who_gave_it(stad: Stad) -> None:
    now = stad.diensten.clock()
    async with stad.database.connection() as connection:
        for given, score in ((now, 5), (now, 2), (None, None)):
            await connection.execute(
                """insert into feedback (digest, interactie_id, kanaal, uitgenodigd_op, gegeven_op, gemak, beantwoord)
                   select $1, id, 'post', $2, $3, $4, $5 from interactie limit 1""",
                new_id().bytes,
                now,
                given,
                score,
                "ja" if score == 5 else "",
            )
    post = next(f for f in await stad.diensten.beheer.feedback(now - timedelta(days=1)) if f.kanaal == "post")
    assert (post.gevraagd, post.gegeven, post.beantwoord, post.gemak, post.vertrouwen) == (3, 2, 1, 3.5, None)


async def test_a_kanaal_tells_what_came_in_and_what_waits(stad: Stad) -> None:
    now = stad.diensten.clock()
    before = {s.kanaal: s for s in await stad.diensten.beheer.kanalen(now)}
    await stad.diensten.inbox.store(Kanaal.EMAIL, b"x", {}, now)
    async with stad.database.connection() as connection:
        for n, status in enumerate(("klaar", "onderweg", "onbekend", "bij_persoon", "bezorgd", "mislukt")):
            await connection.execute(
                """insert into bericht (id, interactie_id, berichttype, inhoudsklasse, kanaal, aan, onderwerp, tekst,
                     kenmerk, automatisch, verstuursleutel, status, opgesteld_op)
                   select $1, id, 'antwoord', 'algemeen', 'e-mail', '', '', '', $2, false, $2, $3, $4
                   from interactie limit 1""",
                new_id(),
                f"kenmerk-{n}",
                status,
                now,
            )
    after = {s.kanaal: s for s in await stad.diensten.beheer.kanalen(now)}["e-mail"]
    assert (after.te_registreren, after.te_verzenden, after.onbekend, after.bij_persoon) == (1, 2, 1, 1)
    assert after.laatst_in == now
    assert after.vandaag_in == before["e-mail"].vandaag_in


async def test_the_figures_of_this_installation_are_exact(stad: Stad) -> None:
    found = await stad.diensten.beheer.cijfers()
    assert (
        found["inwoners"] == await stad.value("select count(*) from partij where not zelfstandig") == 5_004
    )  # of whom four are there twice
    assert found["contacten dit jaar"] == await stad.value("select count(*) from verkeersregel")
    assert found["open vragen"] == await stad.value(
        "select count(*) from interactie where status in ('open', 'wacht_op_gemeente')"
    )
