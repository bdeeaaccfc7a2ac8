# SPDX-License-Identifier: EUPL-1.2
"""Interacties in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.draad import Aanknopingspunt
from schakel.kanaalintegratie.interactie import AAN_ZET, Interactie, InteractieStatus, NieuweInteractie
from schakel.kanaalintegratie.kanaalkeuze import Bereik
from schakel.kanaalintegratie.werk import NieuweBijdrage
from schakel.kit.clock import AMSTERDAM
from schakel.kit.errors import NotFound
from schakel.kit.ids import new_id
from schakel.kit.text import clean
from schakel.storage.bijlagen import add_bijlage
from schakel.storage.pool import Connection

_HEAD = """select id, nummer, onderwerp, product, status, team, begonnen_kanaal, begonnen_op,
                  coalesce(nullif(laatste_kanaal, ''), begonnen_kanaal) as laatste_kanaal, formeel, regiehouder,
                  partij_id, vastgesteld, voorgesteld_id, belofte_op, stil_sinds, proces_id, versie
           from interactie where id = $1"""

_POINT = """select i.id, i.status, i.laatste_op,
                   array(select distinct lower(replace(g.afzender_adres, ' ', ''))
                         from gespreksbijdrage g where g.interactie_id = i.id and g.richting = 'in'
                         union select lower(b.aan) from bericht b where b.interactie_id = i.id) as adressen
            from interactie i"""


class SqlInteracties:
    """Fills kanaalintegratie's port `Interacties`."""

    def __init__(self, connection: Connection, prefix: str) -> None:
        self._connection = connection
        self._prefix = prefix

    async def add(self, nieuw: NieuweInteractie) -> str:
        volgnummer = await self._connection.fetchval("select nextval('interactie_volgnummer')")
        nummer = f"{self._prefix}-{nieuw.begonnen_op.astimezone(AMSTERDAM).year}-{volgnummer}"
        await self._connection.execute(
            """insert into interactie (id, nummer, onderwerp, product, soort, formeel, spoed, status, team, regiehouder,
                 partij_id, vastgesteld, voorgesteld_id, verwant_id, begonnen_kanaal, begonnen_op, laatste_op,
                 belofte_op, belofte_tekst, belofte_klok, alarm, vervalt_op)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
                 $16, $16, $17, $18, $19, $20, $21)""",
            nieuw.id,
            nummer,
            clean(nieuw.onderwerp)[:1000],
            nieuw.product,
            nieuw.soort,
            nieuw.formeel,
            nieuw.spoed,
            nieuw.status,
            nieuw.team,
            nieuw.regiehouder,
            nieuw.partij_id,
            nieuw.vastgesteld,
            nieuw.voorgesteld_id,
            nieuw.verwant_id,
            nieuw.kanaal,
            nieuw.begonnen_op,
            nieuw.belofte_op,
            nieuw.belofte_tekst,
            nieuw.belofte_klok,
            nieuw.alarm,
            nieuw.vervalt_op,
        )
        return nummer

    async def get(self, interactie_id: UUID, *, lock: bool = False) -> Interactie:
        row = await self._connection.fetchrow(_HEAD + (" for update" if lock else ""), interactie_id)
        if row is None:
            raise NotFound
        values = dict(row)
        values["status"] = InteractieStatus(values["status"])
        values["begonnen_kanaal"] = Kanaal(values["begonnen_kanaal"])
        values["laatste_kanaal"] = Kanaal(values["laatste_kanaal"])
        return Interactie(**values)

    async def points_of(self, kenmerken: Sequence[str]) -> Sequence[Aanknopingspunt]:
        if not kenmerken:
            return []
        rows = await self._connection.fetch(
            "select kenmerk, interactie_id from gespreksbijdrage where kenmerk = any($1::text[]) and kenmerk <> ''",
            list(kenmerken),
        )
        found = {row["kenmerk"]: row["interactie_id"] for row in rows}
        unique = dict.fromkeys(found[k] for k in kenmerken if k in found)
        points = [await self.point(interactie_id) for interactie_id in unique]
        return [p for p in points if p is not None]

    async def point(self, interactie_id: UUID) -> Aanknopingspunt | None:
        row = await self._connection.fetchrow(_POINT + " where i.id = $1", interactie_id)
        if row is None:
            return None
        return Aanknopingspunt(
            row["id"], InteractieStatus(row["status"]), row["laatste_op"], frozenset(filter(None, row["adressen"]))
        )

    async def set_status(self, interactie_id: UUID, status: InteractieStatus, at: datetime) -> None:
        await self._connection.execute(
            """update interactie set
                 status = $2, laatste_op = $3, versie = versie + 1,
                 belofte_op = case when stil_sinds is not null and $4 then belofte_op + ($3 - stil_sinds)
                                   else belofte_op end,
                 stil_sinds = case when $2 = 'wacht_op_klant' then coalesce(stil_sinds, $3) end,
                 afgerond_op = case when $2 in ('afgerond', 'gesloten') then coalesce(afgerond_op, $3) end
               where id = $1""",
            interactie_id,
            status,
            at,
            status in AAN_ZET,
        )

    async def set_belofte(self, interactie_id: UUID, op: datetime | None, tekst: str, klok: str) -> None:
        await self._connection.execute(
            "update interactie set belofte_op = $2, belofte_tekst = $3, belofte_klok = $4 where id = $1",
            interactie_id,
            op,
            tekst,
            klok,
        )

    async def set_proces(self, interactie_id: UUID, proces_id: UUID) -> None:
        await self._connection.execute("update interactie set proces_id = $2 where id = $1", interactie_id, proces_id)

    async def set_kanaal(self, interactie_id: UUID, kanaal: Kanaal) -> None:
        await self._connection.execute("update interactie set laatste_kanaal = $2 where id = $1", interactie_id, kanaal)

    async def set_alarm(self, interactie_id: UUID, alarm: str) -> None:
        await self._connection.execute(
            """update interactie set alarm = $2, status = case when status = 'wacht_op_klant' and $2 <> '' then 'open'
                 else status end where id = $1""",
            interactie_id,
            alarm,
        )

    async def set_team(self, interactie_id: UUID, team: str, regiehouder: UUID | None, at: datetime) -> None:
        await self._connection.execute(
            """update interactie set team = $2, regiehouder = $3, laatste_op = $4, versie = versie + 1
               where id = $1""",
            interactie_id,
            team,
            regiehouder,
            at,
        )

    async def mark_answered(self, interactie_id: UUID, at: datetime) -> None:
        await self._connection.execute(
            "update interactie set beantwoord_op = coalesce(beantwoord_op, $2) where id = $1", interactie_id, at
        )
        await self._connection.execute(
            "update meting set gehaald_op = coalesce(gehaald_op, $2) where interactie_id = $1", interactie_id, at
        )

    async def add_bijdrage(self, bijdrage: NieuweBijdrage) -> UUID:
        bijdrage_id = new_id()
        await self._connection.execute(
            """insert into gespreksbijdrage (id, interactie_id, klantcontact_id, origineel_id, kanaal, richting,
                 afzender_naam, afzender_adres, actor_id, onderwerp, tekst, html, kenmerk, geautomatiseerd, gebreken,
                 tijdstip)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)""",
            bijdrage_id,
            bijdrage.interactie_id,
            bijdrage.klantcontact_id,
            bijdrage.origineel_id,
            bijdrage.kanaal,
            bijdrage.richting,
            clean(bijdrage.afzender_naam),
            clean(bijdrage.afzender_adres),
            bijdrage.actor_id,
            clean(bijdrage.onderwerp),
            clean(bijdrage.tekst),
            clean(bijdrage.html),
            clean(bijdrage.kenmerk),
            bijdrage.geautomatiseerd,
            [clean(g) for g in bijdrage.gebreken],
            bijdrage.tijdstip,
        )
        for bijlage in bijdrage.bijlagen:
            await add_bijlage(
                self._connection,
                bijdrage.interactie_id,
                bijlage,
                bijdrage.tijdstip,
                gespreksbijdrage_id=bijdrage_id,
            )
        return bijdrage_id

    async def kenmerken(self, interactie_id: UUID) -> Sequence[str]:
        rows = await self._connection.fetch(
            """select kenmerk from gespreksbijdrage where interactie_id = $1 and kenmerk <> ''
               order by volgnummer desc limit 20""",
            interactie_id,
        )
        return [row["kenmerk"] for row in reversed(rows)]

    async def bereik(self, interactie_id: UUID) -> Sequence[Bereik]:
        rows = await self._connection.fetch(
            """(select 'e-mail' as kanaal, afzender_adres as adres, false as bewezen, 0 as volgorde
                from gespreksbijdrage
                where interactie_id = $1 and richting = 'in' and kanaal = 'e-mail' and afzender_adres <> ''
                order by volgnummer desc limit 1)
               union all
               (select 'e-mail', d.adres, d.geverifieerd_op is not null, case when d.is_standaard then 1 else 2 end
                from digitaal_adres d join interactie i on i.partij_id = d.partij_id
                where i.id = $1 and d.soort = 'email' and i.vastgesteld)
               union all
               (select 'e-mail', d.adres, false, 3
                from digitaal_adres d join betrokkene b on b.id = d.betrokkene_id
                join klantcontact k on k.id = b.klantcontact_id
                where k.interactie_id = $1 and d.soort = 'email' order by k.plaatsgevonden_op desc limit 1)
               order by volgorde""",
            interactie_id,
        )
        return [Bereik(Kanaal(row["kanaal"]), row["adres"], row["bewezen"]) for row in rows]

    async def wens(self, interactie_id: UUID) -> Kanaal | None:
        found = await self._connection.fetchval(
            """select p.voorkeur from partij p join interactie i on i.partij_id = p.id
               where i.id = $1 and i.vastgesteld""",
            interactie_id,
        )
        return Kanaal(found) if found else None
