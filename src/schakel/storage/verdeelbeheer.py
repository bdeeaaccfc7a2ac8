# SPDX-License-Identifier: EUPL-1.2
"""What a teamleider sees and changes of verdeling: rules with their versions, capaciteit, decisions."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from schakel.dienstverlening.lindewaard.organisatie import MEDEWERKERS, TALEN
from schakel.kanaalintegratie.verdeling.beheer import (
    Beslissingskop,
    Capaciteitwijziging,
    DruksteUur,
    Kandidaatregel,
    Medewerkerregel,
    Verdeelbeslissing,
    Verkeerspunt,
    Versie,
    Wachtrijstand,
)
from schakel.kanaalintegratie.verdeling.feiten import Inzet, Kandidaat
from schakel.kanaalintegratie.verdeling.regels import Verdeelregels, standaardregels
from schakel.kit.clock import AMSTERDAM
from schakel.kit.errors import Conflict, NotFound
from schakel.kit.text import clean
from schakel.storage.pool import Database

_REGELS = msgspec.json.Decoder(Verdeelregels)
_KANDIDATEN = msgspec.json.Decoder(list[Kandidaat])
_BESLISSING = """
select b.id, b.interactie_id, i.nummer, b.actor_id, a.naam, b.versie, b.genomen_op, b.feiten, b.redenen, b.kandidaten,
       b.afgevallen, b.uitkomst, b.uitkomst_op, b.toelichting
from verdeelbeslissing b join interactie i on i.id = b.interactie_id join actor a on a.id = b.actor_id
where b.id = $1"""
_IEDEREEN = """
select s.actor_id, a.team, s.gewenst,
       array(select row(k.kanaal, k.gewenst) from kanaalcapaciteit k
             where k.actor_id = s.actor_id and k.gewenst > 0) as kanalen,
       array(select row(v.soort, v.waarde, v.niveau) from vaardigheid v where v.actor_id = s.actor_id) as vaardigheden
from medewerkerstand s join actor a on a.id = s.actor_id where a.actief and a.team is not null and s.gewenst > 0"""


class SqlVerdeelbeheer:
    """Fills kanaalintegratie's port `Verdeelbeheer`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def versies(self) -> Sequence[Versie]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select v.versie, v.regels, v.vanaf, coalesce(a.naam, 'Schakel') as door, v.reden, v.herstelt
                   from verdeelregels v left join actor a on a.id = v.door order by v.versie desc limit 50"""
            )
        return [Versie(**{**row, "regels": _REGELS.decode(row["regels"])}) for row in rows]

    async def put_in_force(
        self, regels: Verdeelregels, na: int, door: UUID, reden: str, at: datetime, herstelt: int | None = None
    ) -> int:
        async with self._database.transaction() as connection:
            await connection.execute("lock table verdeelregels in share row exclusive mode")
            if await connection.fetchval("select max(versie) from verdeelregels") != na:
                raise Conflict("Een collega veranderde de regels net. Kijk eerst wat er nu geldt.")
            versie: int = await connection.fetchval(
                """insert into verdeelregels (regels, vanaf, door, reden, herstelt) values ($1, $2, $3, $4, $5)
                   returning versie""",
                msgspec.json.encode(regels).decode(),
                at,
                door,
                clean(reden)[:1000],
                herstelt,
            )
        return versie

    async def medewerkers(self) -> Sequence[Medewerkerregel]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select s.actor_id, a.naam, a.team, s.beschikbaarheid, s.gewenst, s.capaciteit, s.bezet
                   from medewerkerstand s join actor a on a.id = s.actor_id where a.actief and a.team is not null
                   order by s.beschikbaarheid = 'beschikbaar' desc, a.team, a.naam limit 500"""
            )
        return [Medewerkerregel(**row) for row in rows]

    async def set_capaciteit(self, actor_id: UUID, gewenst: int, door: UUID, reden: str, at: datetime) -> None:
        async with self._database.transaction() as connection:
            van = await connection.fetchval(
                "select gewenst from medewerkerstand where actor_id = $1 for update", actor_id
            )
            if van is None:
                raise NotFound
            await connection.execute(  # KI-3
                "update medewerkerstand set gewenst = $2, versie = versie + 1 where actor_id = $1", actor_id, gewenst
            )
            await connection.execute(
                "update kanaalcapaciteit set gewenst = $2 where actor_id = $1 and gewenst in ($3, $2)",
                actor_id,
                gewenst,
                van,
            )
            await connection.execute(
                """insert into capaciteitwijziging (actor_id, van, naar, op, door, reden)
                   values ($1, $2, $3, $4, $5, $6)""",
                actor_id,
                van,
                gewenst,
                at,
                door,
                clean(reden)[:1000],
            )

    async def capaciteitwijzigingen(self) -> Sequence[Capaciteitwijziging]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select a.naam, w.van, w.naar, w.op, coalesce(d.naam, '') as door, w.reden
                   from capaciteitwijziging w join actor a on a.id = w.actor_id left join actor d on d.id = w.door
                   order by w.id desc limit 10"""
            )
        return [Capaciteitwijziging(**row) for row in rows]

    async def wachtrijen(self) -> Sequence[Wachtrijstand]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select t.naam as team, w.kanaal, count(*) as aantal, min(w.sinds) as oudste
                   from werkitem w join wachtrij q on q.id = w.wachtrij_id join team t on t.sleutel = q.team
                   where w.stand = 'wacht' group by t.naam, w.kanaal order by aantal desc, t.naam, w.kanaal"""
            )
        return [Wachtrijstand(**row) for row in rows]

    async def beslissingen(self, limit: int = 20) -> Sequence[Beslissingskop]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select b.id, i.nummer, b.feiten::json ->> 'kanaal' as kanaal, a.naam, b.genomen_op, b.uitkomst
                   from verdeelbeslissing b join interactie i on i.id = b.interactie_id
                   join actor a on a.id = b.actor_id order by b.genomen_op desc limit $1""",
                limit,
            )
        return [Beslissingskop(**row) for row in rows]

    async def beslissing(self, beslissing_id: UUID) -> Verdeelbeslissing:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_BESLISSING, beslissing_id)
            if row is None:
                raise NotFound
            kandidaten = _KANDIDATEN.decode(row["kandidaten"])
            rows = await connection.fetch(
                "select id, naam from actor where id = any($1::uuid[])", [k.actor_id for k in kandidaten]
            )
        names: dict[UUID, str] = {row["id"]: row["naam"] for row in rows}
        regels = [
            Kandidaatregel(names.get(k.actor_id, ""), k.score, k.redenen, k.actor_id == row["actor_id"])
            for k in kandidaten
        ]
        feiten, afgevallen = (msgspec.json.decode(row[name]) for name in ("feiten", "afgevallen"))
        return Verdeelbeslissing(**{**row, "kandidaten": regels, "feiten": feiten, "afgevallen": afgevallen})

    async def iedereen(self) -> Sequence[Inzet]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_IEDEREEN)
        found = []
        for actor_id, team, gewenst, kanalen, vaardigheden in rows:
            skilled: dict[str, dict[str, int]] = defaultdict(dict)
            for soort, waarde, niveau in vaardigheden:
                skilled[soort][waarde] = niveau
            takes = {kanaal: (capaciteit, 0) for kanaal, capaciteit in kanalen}
            found.append(Inzet(actor_id, team, gewenst, 0, takes, skilled["productgroep"], frozenset(skilled["taal"])))
        return found

    async def drukste_uren(self, since: datetime) -> Sequence[DruksteUur]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select distinct on (kanaal) kanaal, date_trunc('hour', begonnen_op) as uur, count(*) as aantal,
                     (avg(extract(epoch from beeindigd_op - begonnen_op))
                        filter (where beeindigd_op > begonnen_op))::float8 as seconden
                   from verkeersregel where richting = 'in' and begonnen_op >= $1
                   group by kanaal, uur order by kanaal, aantal desc, uur desc""",
                since,
            )
        return [DruksteUur(**row) for row in rows]

    async def verkeer_before(self, at: datetime) -> tuple[date | None, Sequence[Verkeerspunt]]:
        today = at.astimezone(AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)
        async with self._database.connection() as connection:
            last = await connection.fetchval(
                "select max(begonnen_op) from verkeersregel where richting = 'in' and begonnen_op < $1", today
            )
            if last is None:
                return None, []
            start = last.astimezone(AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)
            rows = await connection.fetch(
                """select kanaal, product, begonnen_op, beeindigd_op from verkeersregel
                   where richting = 'in' and begonnen_op >= $1 and begonnen_op < $2 order by begonnen_op limit 3000""",
                start,
                start + timedelta(days=1),
            )
        return start.date(), [Verkeerspunt(**row) for row in rows]


async def prepare_verdeling(database: Database, at: datetime, *, demo: bool) -> None:
    """Rules to begin with; in the demo also who takes which kanalen, and speaks what."""
    await prepare_verdeelregels(database, at, standaardregels())
    if not demo:
        return
    async with database.transaction() as connection:
        for medewerker in MEDEWERKERS:
            actor = await connection.fetchval(
                """insert into medewerkerstand (actor_id, sinds, gewenst, capaciteit)
                   select id, $2, $3, $3 from actor where account = $1 on conflict do nothing returning actor_id""",
                medewerker.account,
                at,
                standaardregels().capaciteit,
            )
            if actor is None:
                continue
            await connection.executemany(
                "insert into kanaalcapaciteit (actor_id, kanaal, gewenst, capaciteit) values ($1, $2, $3, $3)",
                [(actor, kanaal, standaardregels().capaciteit) for kanaal in medewerker.kanalen],
            )
            await connection.executemany(
                "insert into vaardigheid (actor_id, soort, waarde) values ($1, 'taal', $2)",
                [(actor, taal) for taal in ("nld", *TALEN.get(medewerker.account, ()))],
            )


async def prepare_verdeelregels(database: Database, at: datetime, regels: Verdeelregels) -> None:
    """A first version, where there is none."""
    async with database.connection() as connection:
        await connection.execute(
            """insert into verdeelregels (regels, vanaf, reden) select $1, $2, 'Zoals Schakel ze meebrengt'
               where not exists (select from verdeelregels)""",
            msgspec.json.encode(regels).decode(),
            at,
        )
