# SPDX-License-Identifier: EUPL-1.2
"""Beheer in PostgreSQL: figures, held work, models and decisions. Each question is one statement."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.meting import Telling, Verkeer
from schakel.kanaalintegratie.beheer import (
    Beslissingregel,
    Feedbackstand,
    Kanaalstand,
    Procesregel,
    Vastgehouden,
    ZelfdeFeiten,
)
from schakel.kit.clock import AMSTERDAM
from schakel.kit.errors import NotFound
from schakel.storage.jobs import held, release
from schakel.storage.pool import Database

_YEAR = timedelta(days=365)

_CIJFERS = """
select (select count(*) from partij where soort = 'persoon' and not zelfstandig) as inwoners,
       (select count(*) from verkeersregel where begonnen_op >= now() - interval '1 year') as "contacten dit jaar",
       (select count(*) from interactie where status in ('open', 'wacht_op_gemeente')) as "open vragen",
       (select count(*) from beslissing) as beslissingen"""

_KANALEN = """
with verkeer as (
  select kanaal, max(begonnen_op) as laatst, count(*) filter (where begonnen_op >= $1) as vandaag
  from verkeersregel where richting = 'in' and begonnen_op >= $2 group by kanaal),
binnen as (
  select kanaal, max(ontvangen_op) as laatst, count(*) as wacht
  from origineel where status = 'ontvangen' group by kanaal),
uit as (
  select kanaal, count(*) filter (where status in ('klaar', 'onderweg')) as wacht,
         count(*) filter (where status = 'onbekend') as onbekend,
         count(*) filter (where status = 'bij_persoon') as persoon
  from bericht where status not in ('bezorgd', 'mislukt') group by kanaal)
select kanaal, greatest(v.laatst, b.laatst) as laatst_in, coalesce(v.vandaag, 0) as vandaag_in,
       coalesce(b.wacht, 0) as te_registreren, coalesce(u.wacht, 0) as te_verzenden,
       coalesce(u.onbekend, 0) as onbekend, coalesce(u.persoon, 0) as bij_persoon
from verkeer v full join binnen b using (kanaal) full join uit u using (kanaal) order by kanaal"""

# KR-3, KS-5: late counts whether answered or not
_TELLINGEN = """
select kanaal, count(*) filter (where gehaald_op is not null or beloofd_op < $2) as aantal,
       count(*) filter (where gehaald_op <= beloofd_op) as binnen,
       count(*) filter (where gehaald_op is null and beloofd_op >= $2) as open, product
from meting where begonnen_op >= $1 group by kanaal, product"""

_PROCESSEN = """
select m.sleutel, m.naam, k.versie, k.vanaf, coalesce(l.nu, 0) as lopend, coalesce(l.eerder, 0) as eerder
from (select distinct on (sleutel) sleutel, versie, vanaf from proces_in_kracht order by sleutel, id desc) k
join procesmodel m on m.versie = k.versie and m.sleutel = k.sleutel
left join lateral (select count(*) filter (where p.versie = k.versie) as nu,
                          count(*) filter (where p.versie <> k.versie) as eerder
                   from proces p where p.status = 'loopt' and p.sleutel = k.sleutel) l on true
order by m.naam, m.sleutel"""

_BESLISSING = """
select b.id, b.sleutel, b.versie, b.feiten_hash, b.feiten, b.uitkomst, b.redenen, b.geraakt, b.genomen_op,
       p.interactie_id, coalesce(i.nummer, '') as nummer
from beslissing b left join proces p on p.id = b.proces_id left join interactie i on i.id = p.interactie_id"""

_SAME = """
select a.versie, a.uitkomst, coalesce(i.begonnen_kanaal, '') as kanaal, count(*) as aantal
from beslissing b join beslissing a on a.feiten_hash = b.feiten_hash and a.sleutel = b.sleutel and a.id <> b.id
left join proces p on p.id = a.proces_id left join interactie i on i.id = p.interactie_id
where b.id = $1 group by a.versie, a.uitkomst, i.begonnen_kanaal order by max(a.volgnummer) desc"""

_FEEDBACK = """
select kanaal, count(*) as gevraagd, count(gegeven_op) as gegeven,
       count(*) filter (where beantwoord = 'ja') as beantwoord,
       avg(vertrouwen)::float8 as vertrouwen, avg(persoonlijk)::float8 as persoonlijk, avg(gemak)::float8 as gemak
from feedback where uitgenodigd_op >= $1 group by kanaal order by kanaal"""


class SqlBeheer:
    """Fills kanaalintegratie's port `Beheer`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cijfers(self) -> Mapping[str, int]:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_CIJFERS)
        assert row is not None
        return dict(row)

    async def kanalen(self, now: datetime) -> Sequence[Kanaalstand]:
        midnight = now.astimezone(AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)
        return [Kanaalstand(**dict(row)) for row in await self._fetch(_KANALEN, midnight, now - _YEAR)]

    async def tellingen(self, since: datetime, at: datetime) -> Sequence[Telling]:
        rows = await self._fetch(_TELLINGEN, since, at)
        return [Telling(Kanaal(kanaal), *rest) for kanaal, *rest in rows]

    async def verkeer(self, since: datetime) -> Sequence[Verkeer]:
        rows = await self._fetch(
            """select kanaal, van_kanaal, product, count(*) from verkeersregel
               where begonnen_op >= $1 group by kanaal, van_kanaal, product""",
            since,
        )
        return [Verkeer(Kanaal(naar), Kanaal(van) if van else None, product, n) for naar, van, product, n in rows]

    async def vastgehouden(self) -> Sequence[Vastgehouden]:
        async with self._database.connection() as connection:
            jobs = await held(connection)
        return [Vastgehouden(job.id, job.soort, job.sinds, job.pogingen, job.fout) for job in jobs]

    async def release(self, job_id: int) -> bool:
        async with self._database.connection() as connection:
            return await release(connection, job_id)

    async def processen(self) -> Sequence[Procesregel]:
        return [Procesregel(**dict(row)) for row in await self._fetch(_PROCESSEN)]

    async def bestanden(self, versie: str) -> Mapping[str, bytes]:
        rows = await self._fetch("select bestanden from procesmodel where versie = $1", versie)
        if not rows:
            raise NotFound
        return {naam: base64.b64decode(inhoud) for naam, inhoud in json.loads(rows[0]["bestanden"]).items()}

    async def beslissing(self, beslissing_id: UUID) -> Beslissingregel:
        rows = await self._fetch(f"{_BESLISSING} where b.id = $1", beslissing_id)
        if not rows:
            raise NotFound
        return _beslissing(rows[0])

    async def beslissingen(self, sleutels: Sequence[str], limit: int = 20) -> Sequence[Beslissingregel]:
        statement = f"{_BESLISSING} where b.sleutel = any($1) order by b.genomen_op desc, b.volgnummer desc limit $2"
        rows = await self._fetch(statement, list(sleutels), limit)
        return [_beslissing(row) for row in rows]

    async def same_feiten(self, beslissing_id: UUID) -> Sequence[ZelfdeFeiten]:
        rows = await self._fetch(_SAME, beslissing_id)
        return [ZelfdeFeiten(row["versie"], json.loads(row["uitkomst"]), row["kanaal"], row["aantal"]) for row in rows]

    async def feedback(self, since: datetime) -> Sequence[Feedbackstand]:
        return [Feedbackstand(**dict(row)) for row in await self._fetch(_FEEDBACK, since)]

    async def _fetch(self, statement: str, *arguments: object) -> Sequence[asyncpg.Record]:
        async with self._database.connection() as connection:
            return await connection.fetch(statement, *arguments)


def _beslissing(row: asyncpg.Record) -> Beslissingregel:
    decoded = {"feiten": json.loads(row["feiten"]), "uitkomst": json.loads(row["uitkomst"])}
    return Beslissingregel(**{**dict(row), **decoded})
