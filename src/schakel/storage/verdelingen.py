# SPDX-License-Identifier: EUPL-1.2
"""Verdeling in PostgreSQL: what waits, who carries what. Triggers keep the sums, a check keeps them within bounds."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.verdeling.feiten import (
    Beschikbaarheid,
    Hervatting,
    InHanden,
    Inzet,
    Toewijzing,
    Wachtend,
)
from schakel.kanaalintegratie.verdeling.poort import Aangeboden, EigenStand, GeenRuimte, VanKracht
from schakel.kanaalintegratie.verdeling.regels import Verdeelregels, standaardregels
from schakel.kit.ids import new_id
from schakel.kit.text import clean
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.storage.pool import Connection

_REGELS = msgspec.json.Decoder(Verdeelregels)
_INZET = """
select s.actor_id, a.team, s.capaciteit, s.bezet, s.laatste_op from medewerkerstand s join actor a on a.id = s.actor_id
where s.beschikbaarheid = 'beschikbaar' and a.actief and a.team is not null"""
_KANALEN = """
select k.actor_id, k.kanaal, k.capaciteit, k.bezet from kanaalcapaciteit k join medewerkerstand s using (actor_id)
where s.beschikbaarheid = 'beschikbaar' and k.gewenst > 0"""
_VAARDIGHEDEN = """
select v.actor_id, v.soort, v.waarde, v.niveau from vaardigheid v join medewerkerstand s using (actor_id)
where s.beschikbaarheid = 'beschikbaar'"""
_WERK = """
select w.actor_id, w.interactie_id, w.kanaal, w.eenheden, w.onderbrekingen, w.stand, w.live
from werkitem w join medewerkerstand s using (actor_id)
where s.beschikbaarheid = 'beschikbaar' and w.stand in ('in_handen', 'onderbroken')
order by w.gegeven_op, w.interactie_id"""
_WACHTEND = """
select w.interactie_id as id, q.kanaal, q.team, q.product, q.taal, q.spoed, w.live, w.sinds,
       w.uiterlijk as belofte_op, w.eerder, w.niet_naar
from wachtrij q cross join lateral (
    select interactie_id, live, sinds, uiterlijk, eerder, niet_naar from werkitem
    where wachtrij_id = q.id and stand = 'wacht' order by live desc, uiterlijk, sinds, interactie_id limit $2) w
where q.team = any($1::text[])"""
_OFFER = """
with item as materialized (
    select interactie_id from werkitem where interactie_id = $1 and stand = 'wacht' for update skip locked),
wie as materialized (
    select actor_id from medewerkerstand
    where actor_id = $2 and beschikbaarheid = 'beschikbaar' and bezet + $3 <= capaciteit
      and exists (select from item) for update skip locked),
beslist as (
    insert into verdeelbeslissing (id, interactie_id, actor_id, versie, genomen_op, feiten, kandidaten, afgevallen,
      redenen, vervalt_op)
    select $4, item.interactie_id, wie.actor_id, $5, $6, $7, $8, $9, $10, $11 from item, wie)
update werkitem set stand = 'aangeboden', actor_id = $2, eenheden = $3, gegeven_op = $6, tot = $12, beslissing_id = $4
from item, wie, (select set_config('synchronous_commit', 'off', true)) as quick
where werkitem.interactie_id = item.interactie_id
returning pg_notify('schakel_levend', $1::text) is not null"""
# An offer that a power cut takes back was never made: the work waits as before. What is accepted waits for the disk,
# and the offer lies before it there.


@asynccontextmanager
async def within_capaciteit() -> AsyncIterator[None]:
    """Turns the refusal of the database into GeenRuimte; the unit of work is lost with it."""
    try:
        yield
    except asyncpg.CheckViolationError:
        raise GeenRuimte from None


class SqlVerdelingen:
    """Fills kanaalintegratie's port `Verdelingen`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def van_kracht(self) -> VanKracht:
        row = await self._connection.fetchrow("select versie, regels from verdeelregels order by versie desc limit 1")
        return VanKracht(row["versie"], _REGELS.decode(row["regels"])) if row else VanKracht(0, standaardregels())

    async def inzetten(self) -> Sequence[Inzet]:
        kanalen: dict[UUID, dict[str, tuple[int, int]]] = defaultdict(dict)
        groepen: dict[UUID, dict[str, int]] = defaultdict(dict)
        talen: dict[UUID, set[str]] = defaultdict(set)
        werk: dict[UUID, list[InHanden]] = defaultdict(list)
        people = await self._connection.fetch(_INZET)
        for actor_id, kanaal, capaciteit, bezet in await self._connection.fetch(_KANALEN):
            kanalen[actor_id][kanaal] = capaciteit, bezet
        for actor_id, soort, waarde, niveau in await self._connection.fetch(_VAARDIGHEDEN):
            if soort == "taal":
                talen[actor_id] |= {waarde}
            else:
                groepen[actor_id][waarde] = niveau
        for actor_id, item, kanaal, eenheden, times, stand, live in await self._connection.fetch(_WERK):
            werk[actor_id].append(InHanden(item, Kanaal(kanaal), eenheden, times, stand == "onderbroken", live))
        return [
            Inzet(
                actor_id, team, capaciteit, bezet, kanalen[actor_id], groepen[actor_id], frozenset(talen[actor_id]),
                tuple(werk[actor_id]), laatste_op,
            )
            for actor_id, team, capaciteit, bezet, laatste_op in people
        ]  # fmt: skip

    async def wachtend(self, teams: Sequence[str], per_wachtrij: int) -> Sequence[Wachtend]:
        rows = await self._connection.fetch(_WACHTEND, list(teams), per_wachtrij)
        return [
            Wachtend(**{**row, "kanaal": Kanaal(row["kanaal"]), "niet_naar": frozenset(row["niet_naar"])})
            for row in rows
        ]

    async def offer_to(self, toewijzing: Toewijzing, versie: int, tot: datetime, at: datetime) -> bool:
        async with within_capaciteit():
            if toewijzing.onderbroken:
                await self._interrupt(toewijzing)
            made = await self._connection.fetchval(
                _OFFER,
                toewijzing.werkitem.id,
                toewijzing.actor_id,
                toewijzing.eenheden,
                new_id(),
                versie,
                at,
                _json(toewijzing.werkitem.feiten | {"voortgang": toewijzing.voortgang}),
                _json(toewijzing.kandidaten),
                _json(toewijzing.afgevallen),
                list(toewijzing.redenen),
                vervalt_op("verdeelbeslissing", at),
                tot,
            )
        if toewijzing.onderbroken and not made:
            raise GeenRuimte  # so that nothing yields for nothing
        return bool(made)

    async def _interrupt(self, toewijzing: Toewijzing) -> None:
        """All that must yield, or nothing. Taken without waiting: who waits here while holding a lock, hangs."""
        found = await self._connection.fetch(
            """select interactie_id from werkitem
               where interactie_id = any($1::uuid[]) and actor_id = $2 and stand = 'in_handen'
               for update skip locked""",
            list(toewijzing.onderbroken),
            toewijzing.actor_id,
        )
        if len(found) < len(toewijzing.onderbroken):
            raise GeenRuimte
        await self._connection.execute(
            """update werkitem set stand = 'onderbroken', onderbrekingen = onderbrekingen + 1
               where interactie_id = any($1::uuid[])""",
            list(toewijzing.onderbroken),
        )

    async def resume(self, hervatting: Hervatting, at: datetime) -> bool:
        async with within_capaciteit():
            tag: str = await self._connection.execute(
                """update werkitem set stand = 'in_handen', gegeven_op = $3 where interactie_id in (
                     select interactie_id from werkitem where interactie_id = $1 and actor_id = $2
                     and stand = 'onderbroken' for update skip locked)""",
                hervatting.werkitem_id,
                hervatting.actor_id,
                at,
            )
        return tag == "UPDATE 1"

    async def expire_one(self, gemist: int, at: datetime) -> UUID | None:
        row = await self._connection.fetchrow(
            """select interactie_id, actor_id from werkitem where stand = 'aangeboden' and tot <= $1
               order by tot limit 1 for update skip locked""",
            at,
        )
        if row is None:
            return None
        interactie_id, actor_id = row
        await self._back(interactie_id, actor_id, "verlopen", "", at)
        await self._connection.execute(
            """update medewerkerstand set gemist = gemist + 1,
                 beschikbaarheid = case when gemist + 1 >= $2 then 'afwezig' else beschikbaarheid end,
                 sinds = case when gemist + 1 >= $2 then $3 else sinds end
               where actor_id = $1""",
            actor_id,
            gemist,
            at,
        )
        return UUID(str(interactie_id))

    async def accept(self, interactie_id: UUID, actor_id: UUID, at: datetime) -> bool:
        await self._connection.execute("select from interactie where id = $1 for update", interactie_id)
        if not await self._is_offered(interactie_id, actor_id):
            return False
        await self._outcome(interactie_id, "aangenomen", "", at)
        await self._connection.execute(
            "update interactie set regiehouder = $2, laatste_op = $3, versie = versie + 1 where id = $1",
            interactie_id,
            actor_id,
            at,
        )
        await self._connection.execute("update medewerkerstand set gemist = 0 where actor_id = $1", actor_id)
        return True

    async def _is_offered(self, interactie_id: UUID, actor_id: UUID) -> bool:
        """Still, and until we are done."""
        found = await self._connection.fetchval(
            """select true from werkitem where interactie_id = $1 and actor_id = $2 and stand = 'aangeboden'
               for update""",
            interactie_id,
            actor_id,
        )
        return bool(found)

    async def give_back(self, interactie_id: UUID, actor_id: UUID, reden: str, at: datetime) -> bool:
        if not await self._is_offered(interactie_id, actor_id):
            return False
        await self._back(interactie_id, actor_id, "teruggegeven", reden, at)
        return True

    async def _back(self, interactie_id: UUID, actor_id: UUID, uitkomst: str, reden: str, at: datetime) -> None:
        """To the wachtrij, with `sinds` as it was (EO-3), and not to the same medewerker at once."""
        await self._outcome(interactie_id, uitkomst, reden, at)
        await self._connection.execute(
            """update werkitem set stand = 'wacht', actor_id = null, eenheden = 0, tot = null, beslissing_id = null,
                 niet_naar = array_append(niet_naar, $2) where interactie_id = $1""",
            interactie_id,
            actor_id,
        )

    async def _outcome(self, interactie_id: UUID, uitkomst: str, reden: str, at: datetime) -> None:
        await self._connection.execute(
            """update verdeelbeslissing set uitkomst = $2, toelichting = $3, uitkomst_op = $4
               where id = (select beslissing_id from werkitem where interactie_id = $1) and uitkomst = 'aangeboden'""",
            interactie_id,
            uitkomst,
            clean(reden)[:1000],
            at,
        )

    async def set_live(self, interactie_id: UUID, live: bool) -> None:
        await self._connection.execute(
            "update werkitem set live = $2 where interactie_id = $1 and live <> $2", interactie_id, live
        )

    async def carry(self, interactie_id: UUID, actor_id: UUID, regels: Verdeelregels, at: datetime) -> None:
        item = await self._connection.fetchrow(
            "select kanaal, live from werkitem where interactie_id = $1 for update", interactie_id
        )
        if item is None:
            return  # nothing for us to do in it now
        await self._ensure(actor_id, regels, at)
        async with within_capaciteit():
            await self._connection.execute(
                """update werkitem set stand = 'in_handen', actor_id = $2, eenheden = $3, gegeven_op = $4, tot = null
                   where interactie_id = $1 and stand <> 'in_handen'""",
                interactie_id,
                actor_id,
                regels.kanaal(item["kanaal"], live=item["live"]).eenheden,
                at,
            )

    async def lay_aside(self, interactie_id: UUID, actor_id: UUID) -> bool:
        tag: str = await self._connection.execute(
            """update werkitem set stand = 'bij_regiehouder', eenheden = 0
               where interactie_id = $1 and actor_id = $2 and stand in ('in_handen', 'onderbroken')""",
            interactie_id,
            actor_id,
        )
        return tag == "UPDATE 1"

    async def is_carried(self, interactie_id: UUID, actor_id: UUID) -> bool:
        found = await self._connection.fetchval(
            "select stand in ('in_handen', 'onderbroken') from werkitem where interactie_id = $1 and actor_id = $2",
            interactie_id,
            actor_id,
        )
        return bool(found)

    async def announce_as(
        self, actor_id: UUID, beschikbaarheid: Beschikbaarheid, regels: Verdeelregels, at: datetime
    ) -> Sequence[UUID]:
        await self._ensure(actor_id, regels, at)
        rows = []
        if beschikbaarheid is not Beschikbaarheid.BESCHIKBAAR:
            rows = await self._connection.fetch(
                "select interactie_id from werkitem where actor_id = $1 and stand = 'aangeboden' for update", actor_id
            )
        for row in rows:
            await self._back(row["interactie_id"], actor_id, "ingetrokken", "", at)
        await self._connection.execute(
            """update medewerkerstand set beschikbaarheid = $2, gemist = 0, versie = versie + 1,
                 sinds = case when beschikbaarheid = $2 then sinds else $3 end where actor_id = $1""",
            actor_id,
            beschikbaarheid,
            at,
        )
        return [row["interactie_id"] for row in rows]

    async def _ensure(self, actor_id: UUID, regels: Verdeelregels, at: datetime) -> None:
        """Somebody new takes every kanaal that is known, up to all that he has."""
        tag: str = await self._connection.execute(
            """insert into medewerkerstand (actor_id, sinds, gewenst, capaciteit) values ($1, $2, $3, $3)
               on conflict do nothing""",
            actor_id,
            at,
            regels.capaciteit,
        )
        if tag == "INSERT 0 1":
            await self._connection.executemany(
                "insert into kanaalcapaciteit (actor_id, kanaal, gewenst, capaciteit) values ($1, $2, $3, $3)",
                [(actor_id, kanaal, regels.capaciteit) for kanaal in regels.kanalen],
            )
            await self._connection.execute(
                "insert into vaardigheid (actor_id, soort, waarde) values ($1, 'taal', 'nld')", actor_id
            )

    async def stand(self, actor_id: UUID) -> EigenStand:
        row = await self._connection.fetchrow(
            "select beschikbaarheid, sinds, capaciteit, bezet from medewerkerstand where actor_id = $1", actor_id
        )
        if row is None:
            return EigenStand(Beschikbaarheid.AFWEZIG, None, 0, 0)
        return EigenStand(Beschikbaarheid(row[0]), *row[1:])

    async def offered(self, actor_id: UUID) -> Aangeboden | None:
        row = await self._connection.fetchrow(
            """select i.id as interactie_id, i.nummer, i.onderwerp, w.kanaal, w.sinds, w.uiterlijk as belofte_op, w.tot,
                      w.beslissing_id
               from werkitem w join interactie i on i.id = w.interactie_id
               where w.actor_id = $1 and w.stand = 'aangeboden' order by w.tot limit 1""",
            actor_id,
        )
        return None if row is None else Aangeboden(**{**row, "kanaal": Kanaal(row["kanaal"])})


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
