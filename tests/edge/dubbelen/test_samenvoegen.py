# SPDX-License-Identifier: EUPL-1.2
"""Joined and taken apart again, a register is as it was, to the last sign."""

import asyncio
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.kit.errors import NotFound
from schakel.relatiebeheer.samenvoegen import NietSamen, NietTeSplitsen, Opdracht
from schakel.storage import samenvoegen
from schakel.storage.dubbelen import SqlDubbelregister
from schakel.storage.pool import Database
from tests.edge.dubbelen.afdruk import afdruk, differences
from tests.edge.dubbelen.twee import DOOR, NU, Bezit, contact, partij, put, with_all

_ADRES = st.tuples(
    st.sampled_from(["email", "telefoonnummer"]), st.sampled_from(["a", "b", "c"]), st.booleans(),
    st.sampled_from(["", "", "x"]),
)  # fmt: skip


def _fits(adressen: list[tuple[str, str, bool, str]]) -> bool:
    """As the register itself allows: one standard and one referentie per soort."""
    standard = [soort for soort, _, is_standaard, _ in adressen if is_standaard]
    referenties = [(soort, ref) for soort, _, _, ref in adressen if ref]
    return len(set(standard)) == len(standard) and len(set(referenties)) == len(referenties)


_VELDEN = st.fixed_dictionaries(
    {},
    optional={
        "naam": st.sampled_from(["Fatima Yılmaz", ""]),
        "geboortedatum": st.just(date(1990, 4, 12)),
        "straat": st.just("Dam"),
        "postcode": st.sampled_from(["1234AB", "5678CD"]),
        "correspondentieadres": st.just('{"land": "NL"}'),
        "interne_notitie": st.text("abc", max_size=3),
        "vervalt_op": st.dates(date(2030, 1, 1), date(2032, 1, 1)),
    },
)
BEZIT = st.builds(
    Bezit,
    velden=_VELDEN,
    adressen=st.lists(_ADRES, max_size=4, unique_by=lambda a: a[:2]).filter(_fits).map(tuple),
    contacten=st.integers(0, 2),
    voorgesteld=st.integers(0, 1),
    rekeningen=st.integers(0, 1),
    categorieen=st.integers(0, 1),
    vertegenwoordigt_derde=st.booleans(),
    vertegenwoordigd_door_derde=st.booleans(),
    overig=st.booleans(),
    voorkeur=st.booleans(),
)


async def _there_and_back(url: str, winnaar: Bezit, verliezer: Bezit, onderling: bool) -> dict[str, Any]:
    db = Database(url, min_size=1, max_size=2)
    await db.open()
    register = SqlDubbelregister(db)
    try:
        async with db.connection() as connection:
            await connection.execute("insert into team values ('kcc', 'KCC') on conflict do nothing")
            derde = await partij(connection, "Derde")
            een, ander = [await with_all(connection, bezit, derde) for bezit in (winnaar, verliezer)]
            if onderling:
                await put(connection, "vertegenwoordiging", vertegenwoordigende=een, vertegenwoordigde=ander)
            await put(connection, "partij", soort="contactpersoon", zelfstandig=False, werkte_voor_id=ander,
                      aangemaakt_op=NU, gewijzigd_op=NU, vervalt_op=NU.date())  # fmt: skip
            before = await afdruk(connection)
            await register.merge(Opdracht(een, ander, "Dezelfde"), DOOR, NU + timedelta(days=1))
            left = await _points_at(connection, ander)
            await register.unmerge(ander, "Toch niet", DOOR, NU + timedelta(days=2))
            return {"left": left, "differences": differences(before, await afdruk(connection))}
    finally:
        await db.close()


_REFERENCES = """
select r.conrelid::regclass::text as tabel, a.attname as kolom from pg_constraint r
join pg_attribute a on a.attrelid = r.conrelid and a.attnum = r.conkey[1]
where r.contype = 'f' and r.confrelid = 'partij'::regclass order by 1, 2"""


async def _points_at(connection: Any, partij_id: Any) -> list[str]:
    rows = await connection.fetch(_REFERENCES)
    return [
        f"{row['tabel']}.{row['kolom']}"
        for row in rows
        if await connection.fetchval(f"select count(*) from {row['tabel']} where {row['kolom']} = $1", partij_id)
    ]


@given(winnaar=BEZIT, verliezer=BEZIT, onderling=st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_two_partijen_have_after_joining_and_taking_apart_every_table_is_as_it_was(
    database_url: str, winnaar: Bezit, verliezer: Bezit, onderling: bool
) -> None:
    found = asyncio.run(_there_and_back(database_url, winnaar, verliezer, onderling))
    assert found == {"left": [], "differences": {}}


@pytest_asyncio.fixture(loop_scope="session")
async def register(db: Database) -> SqlDubbelregister:
    async with db.connection() as connection:
        await connection.execute("insert into team values ('kcc', 'KCC')")
    return SqlDubbelregister(db)


async def test_every_column_that_points_at_a_partij_has_its_place_in_a_samenvoeging(db: Database) -> None:
    async with db.connection() as connection:
        rows = await connection.fetch(_REFERENCES)
    known = {(table, column) for table, column, _ in samenvoegen.MOVES}
    known |= {(table, column) for table, *columns in samenvoegen.PAIRS for column in columns}
    known |= {*samenvoegen.GO_ALONG, samenvoegen.ADRES}
    assert {(row["tabel"], row["kolom"]) for row in rows} == known


async def test_what_came_since_stays_with_the_winner_and_what_was_changed_since_stays_changed(
    db: Database, register: SqlDubbelregister
) -> None:
    async with db.connection() as connection:
        een = await partij(connection, geboortedatum=None)
        ander = await partij(connection, geboortedatum=date(1990, 4, 12), straat="Dam")
        oud = await contact(connection, ander)
        weg = await contact(connection, ander)
        await register.merge(Opdracht(een, ander, "Dezelfde"), DOOR, NU)
        assert await connection.fetchval("select geboortedatum from partij where id = $1", een) == date(1990, 4, 12)
        nieuw = await contact(connection, een)
        await connection.execute("update partij set straat = 'Kade', versie = versie + 1 where id = $1", een)
        await connection.execute("delete from klantcontact where id = $1", weg)
        await register.unmerge(ander, "Toch niet", DOOR, NU)
        rows = await connection.fetch("select klantcontact_id, partij_id from betrokkene")
        assert {row["klantcontact_id"]: row["partij_id"] for row in rows} == {oud: ander, nieuw: een}
        now = await connection.fetchrow("select straat, geboortedatum, versie from partij where id = $1", een)
        assert now is not None
        assert tuple(now) == ("Kade", None, 4)


async def test_the_line_keeps_who_when_and_why_and_the_whole_record_that_went(
    db: Database, register: SqlDubbelregister
) -> None:
    async with db.connection() as connection:
        een, ander = await partij(connection), await partij(connection, interne_notitie="Belt graag")
        klantcontact = await contact(connection, ander)
        await register.merge(Opdracht(een, ander, "Zelfde paspoort gezien"), DOOR, NU)
        row = await connection.fetchrow(
            """select wie, moment, reden, bewijs -> 'partij' ->> 'interne_notitie' as notitie,
                      jsonb_array_length(bewijs -> 'verplaatst' -> 'betrokkene.partij_id') as verplaatst,
                      (select partij_id from betrokkene where klantcontact_id = $1) as nu from samenvoeging""",
            klantcontact,
        )
        assert row is not None
        assert tuple(row) == ("Proef", NU, "Zelfde paspoort gezien", "Belt graag", 1, een)
        lines = await connection.fetch("select activiteit, doel, betrokkenen from verwerking")
        assert [tuple(line) for line in lines] == [("samenvoegen", "dubbelen", [een.bytes, ander.bytes])]


async def test_a_second_samenvoeging_is_undone_first(db: Database, register: SqlDubbelregister) -> None:
    async with db.connection() as connection:
        een, twee, drie = [await partij(connection) for _ in range(3)]
        await contact(connection, drie)
        before = await afdruk(connection)
        await register.merge(Opdracht(twee, drie, "Dezelfde"), DOOR, NU)
        await register.merge(Opdracht(een, twee, "Dezelfde"), DOOR, NU)
        with pytest.raises(NietTeSplitsen):
            await register.unmerge(drie, "Toch niet", DOOR, NU)
        await register.unmerge(twee, "Toch niet", DOOR, NU)
        await register.unmerge(drie, "Toch niet", DOOR, NU)
        assert differences(before, await afdruk(connection)) == {}
        with pytest.raises(NotFound):
            await register.unmerge(drie, "Nog eens", DOOR, NU)


async def test_who_is_erased_takes_with_him_what_was_kept_of_his_other_record(
    db: Database, register: SqlDubbelregister
) -> None:
    async with db.connection() as connection:
        een, ander = await partij(connection), await partij(connection)
        await connection.execute(
            """insert into wijziging (resource, resource_id, soort, moment, wie, vorige, vervalt_op)
               values ('partijen', $1, 'correctie', now(), 'Proef', '{"naam": "Fatma"}', current_date)""",
            ander,
        )
        await register.merge(Opdracht(een, ander, "Dezelfde"), DOOR, NU)
        await connection.execute("delete from partij where id = $1", een)
        assert await connection.fetchval("select count(*) from samenvoeging") == 0
        assert await connection.fetchval("select count(*) from wijziging where vorige is not null") == 0


@pytest.mark.norm("RB-1")
async def test_what_may_not_be_one_stays_two_and_nothing_is_changed(db: Database, register: SqlDubbelregister) -> None:
    async with db.connection() as connection:
        een = await partij(connection)
        others = [
            await partij(connection, zelfstandig=True), await partij(connection, geheim=True),
            await partij(connection, soort="organisatie"), een,
        ]  # fmt: skip
        before = await afdruk(connection)
        for other in others:
            with pytest.raises(NietSamen):
                await register.merge(Opdracht(een, other, "Dezelfde"), DOOR, NU)
        assert differences(before, await afdruk(connection)) == {}


async def test_of_two_who_join_the_same_two_at_once_one_wins_and_the_other_hears_so(
    db: Database, register: SqlDubbelregister
) -> None:
    async with db.connection() as connection:
        een, ander = await partij(connection), await partij(connection)
    done = await asyncio.gather(
        register.merge(Opdracht(een, ander, "Dezelfde"), DOOR, NU),
        register.merge(Opdracht(ander, een, "Dezelfde"), DOOR, NU),
        return_exceptions=True,
    )
    assert sum(isinstance(one, NotFound) for one in done) == 1
    async with db.connection() as connection:
        assert await connection.fetchval("select count(*) from partij") == 1


async def test_no_write_slips_in_between_and_is_lost(db: Database, register: SqlDubbelregister) -> None:
    """A contact of the losing partij that is written while it is joined is moved, or refused: never of nobody."""
    async with db.connection() as connection, db.connection() as writer:
        een, ander = await partij(connection), await partij(connection)
        writing = writer.transaction()
        await writing.start()
        await contact(writer, ander)
        merging = asyncio.create_task(register.merge(Opdracht(een, ander, "Dezelfde"), DOOR, NU))
        done, _ = await asyncio.wait({merging}, timeout=0.2)
        assert not done  # it waits for the writer
        await writing.commit()
        await merging
        assert await connection.fetchval("select partij_id from betrokkene") == een
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            await contact(connection, ander)
