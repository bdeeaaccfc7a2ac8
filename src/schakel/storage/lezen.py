# SPDX-License-Identifier: EUPL-1.2
"""The reading side: one statement per screen."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from schakel.begrippen.virusoordeel import Virusoordeel
from schakel.kanaalintegratie.lezen import (
    MEEST,
    Aanwezige,
    Interactiebeeld,
    Klantcontactenlijst,
    Treffer,
    Werkregel,
    Werkstand,
    Werkvoorraad,
    Zoekvraag,
)
from schakel.kit.errors import NotFound
from schakel.storage.pool import Database
from schakel.storage.zoeken import find_partijen

_INTERACTIE_DECODER = msgspec.json.Decoder(Interactiebeeld)
_OF_KLANT_DECODER = msgspec.json.Decoder(Klantcontactenlijst)

_WERK = """
select i.id, i.nummer, i.onderwerp, coalesce(nullif(p.naam, ''), nullif(v.naam, ''), '') as naam, i.vastgesteld,
       i.begonnen_kanaal as kanaal, i.product, i.status, i.team, i.spoed, i.formeel, i.alarm, i.laatste_op,
       i.belofte_op, i.stil_sinds, i.regiehouder, coalesce(a.naam, '') as regiehouder_naam, i.partij_id,
       i.voorgesteld_id
from interactie i
left join partij p on p.id = i.partij_id
left join partij v on v.id = i.voorgesteld_id
left join actor a on a.id = i.regiehouder
where i.status in ('open', 'wacht_op_gemeente') and {wie}
order by i.belofte_op nulls last, i.id limit $2"""
_VAN_MIJ, _VAN_TEAM = "i.regiehouder = $1", "i.team = $1"
_AANGEBODEN = """i.id in (select o.interactie_id from overdracht o
                         where o.naar_team = $1 and o.status = 'aangeboden')"""
_STAND = """
select i.id from interactie i where i.status in ('open', 'wacht_op_gemeente') and {wie}
order by i.belofte_op nulls last, i.id limit $2"""
_TOTALEN = """
select (select count(*) from (select 1 from interactie
        where regiehouder = $1 and status in ('open', 'wacht_op_gemeente') limit $3) m) as van_mij,
       (select count(*) from (select 1 from interactie
        where team = $2 and status in ('open', 'wacht_op_gemeente') limit $3) t) as van_team"""

_INTERACTIE = """
select json_build_object(
  'id', i.id, 'nummer', i.nummer, 'onderwerp', i.onderwerp, 'product', i.product, 'soort', i.soort,
  'formeel', i.formeel, 'spoed', i.spoed, 'status', i.status, 'team', i.team, 'team_naam', t.naam,
  'regiehouder', i.regiehouder, 'regiehouder_naam', coalesce(a.naam, ''),
  'begonnen_kanaal', i.begonnen_kanaal, 'begonnen_op', i.begonnen_op, 'belofte_op', i.belofte_op,
  'belofte_tekst', i.belofte_tekst, 'belofte_klok', i.belofte_klok, 'beantwoord_op', i.beantwoord_op,
  'stil_sinds', i.stil_sinds, 'alarm', i.alarm, 'vastgesteld', i.vastgesteld, 'versie', i.versie,
  'partij_id', i.partij_id, 'naam', coalesce(p.naam, ''), 'voorgesteld_id', i.voorgesteld_id,
  'voorgesteld_naam', coalesce(v.naam, ''), 'proces_id', i.proces_id,
  'verwant', (select json_build_object('id', w.id, 'nummer', w.nummer) from interactie w where w.id = i.verwant_id),
  'verwijzers', coalesce((select json_agg(json_build_object('id', w.id, 'nummer', w.nummer))
                          from interactie w where w.verwant_id = i.id), '[]'),
  'overdrachten', coalesce((select json_agg(json_build_object('id', o.id, 'van_team', vt.naam, 'naar_team', nt.naam,
                      'reden', o.reden, 'status', o.status, 'aangeboden_op', o.aangeboden_op, 'soort', o.soort,
                      'tot', o.tot, 'antwoord', o.antwoord, 'bundel', nullif(o.bundel, '')::json)
                      order by o.aangeboden_op desc)
                    from overdracht o join team vt on vt.sleutel = o.van_team join team nt on nt.sleutel = o.naar_team
                    where o.interactie_id = i.id), '[]'),
  'bijdragen', coalesce((
     select json_agg(json_build_object(
       'id', g.id, 'kanaal', g.kanaal, 'richting', g.richting, 'tijdstip', g.tijdstip, 'onderwerp', g.onderwerp,
       'tekst', g.tekst, 'html', g.html, 'afzender_naam', g.afzender_naam, 'afzender_adres', g.afzender_adres,
       'actor_naam', coalesce(ga.naam, ''), 'geautomatiseerd', g.geautomatiseerd, 'gebreken', to_json(g.gebreken),
       'origineel_id', g.origineel_id, 'bericht_id', b.id, 'bezorging', coalesce(b.status, ''),
       'bezorgd_op', b.bezorgd_op, 'inhoudsklasse', coalesce(b.inhoudsklasse, ''),
       'redenen', to_json(coalesce(b.redenen, '{}')), 'onbekend', coalesce(b.onbekend, 0),
       'tweelingen', (select count(*) from origineel tw where tw.tweeling_van = g.origineel_id),
       'bijlagen', coalesce((select json_agg(json_build_object('id', x.id, 'naam', x.naam, 'mediatype', x.mediatype,
                              'grootte', x.grootte, 'controle', x.controle))
                            from bijlage x where x.gespreksbijdrage_id = g.id), '[]'))
       order by g.volgnummer desc)
     from gespreksbijdrage g left join actor ga on ga.id = g.actor_id
     left join bericht b on b.kenmerk = g.kenmerk and g.richting = 'uit'
     where g.interactie_id = i.id), '[]')
)::text
from interactie i
join team t on t.sleutel = i.team
left join actor a on a.id = i.regiehouder
left join partij p on p.id = i.partij_id
left join partij v on v.id = i.voorgesteld_id
where i.id = $1"""


# Of a contact without bijdrage (posted by another program) the klantcontact itself says it.
_OF_KLANT = """
select json_build_object('totaal', (select count(*) from interactie i join klantcontact k on k.interactie_id = i.id
                                    where i.partij_id = $1 and i.vastgesteld),
  'regels', coalesce((select json_agg(c) from (
    select k.interactie_id, i.nummer, k.kanaal, coalesce(g.richting, 'in') as richting, k.onderwerp,
           case when k.vertrouwelijk then '' else left(coalesce(nullif(g.tekst, ''), k.inhoud), 300) end as tekst,
           coalesce((select string_agg(a.naam, ', ' order by a.naam) from actor_klantcontact x
                     join actor a on a.id = x.actor_id where x.klantcontact_id = k.id), '') as wie,
           k.plaatsgevonden_op as tijdstip, k.vertrouwelijk
    from interactie i join klantcontact k on k.interactie_id = i.id
    left join lateral (select richting, tekst from gespreksbijdrage b
                       where b.klantcontact_id = k.id order by b.volgnummer limit 1) g on true
    where i.partij_id = $1 and i.vastgesteld
    order by k.plaatsgevonden_op desc, k.volgnummer desc offset $2 limit $3) c), '[]'))"""


class SqlLezer:
    """Fills kanaalintegratie's port `Lezer`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def werkvoorraad(self, team: str, actor_id: UUID, *, alleen_mij: bool, limit: int = 50) -> Werkvoorraad:
        wie, sleutel = (_VAN_MIJ, actor_id) if alleen_mij else (_VAN_TEAM, team)
        async with self._database.connection() as connection:
            rows = await connection.fetch(_WERK.format(wie=wie), sleutel, limit)
            offered = await connection.fetch(_WERK.format(wie=_AANGEBODEN), team, limit)
            totals = await connection.fetchrow(_TOTALEN, actor_id, team, MEEST)
        assert totals is not None
        regels, aangeboden = ([Werkregel(**dict(row)) for row in found] for found in (rows, offered))
        return Werkvoorraad(regels, totals["van_mij"], totals["van_team"], aangeboden)

    async def werkstand(self, team: str, actor_id: UUID, *, alleen_mij: bool, limit: int = 50) -> Werkstand:
        wie, sleutel = (_VAN_MIJ, actor_id) if alleen_mij else (_VAN_TEAM, team)
        async with self._database.connection() as connection:
            rows = await connection.fetch(_STAND.format(wie=wie), sleutel, limit)
            totals = await connection.fetchrow(_TOTALEN, actor_id, team, MEEST)
        assert totals is not None
        return Werkstand([row["id"] for row in rows], totals["van_mij"], totals["van_team"])

    async def interactie(self, interactie_id: UUID) -> Interactiebeeld:
        async with self._database.connection() as connection:
            found = await connection.fetchval(_INTERACTIE, interactie_id)
        if found is None:
            raise NotFound
        return _INTERACTIE_DECODER.decode(found)

    async def aanwezigen(self, interactie_id: UUID, behalve: UUID, since: datetime) -> Sequence[Aanwezige]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select a.naam, w.schrijft, w.gezien_op from aanwezigheid w join actor a on a.id = w.actor_id
                   where w.interactie_id = $1 and w.actor_id <> $2 and w.gezien_op > $3 order by a.naam""",
                interactie_id,
                behalve,
                since,
            )
        return [Aanwezige(**dict(row)) for row in rows]

    async def concept(self, interactie_id: UUID, actor_id: UUID) -> tuple[str, datetime | None]:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                "select tekst, bewaard_op from antwoordconcept where interactie_id = $1 and actor_id = $2",
                interactie_id,
                actor_id,
            )
        return (row["tekst"], row["bewaard_op"]) if row else ("", None)

    async def zoek(self, vraag: Zoekvraag, limit: int = 20) -> Sequence[Treffer]:
        async with self._database.connection() as connection:
            return await find_partijen(connection, vraag, limit)

    async def interactie_met_nummer(self, nummer: str) -> UUID | None:
        async with self._database.connection() as connection:
            found: UUID | None = await connection.fetchval(
                "select id from interactie where nummer = $1", nummer.upper()
            )
        return found

    async def bijlage(self, bijlage_id: UUID) -> tuple[UUID, str, str, bytes, Virusoordeel]:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                "select interactie_id, naam, mediatype, inhoud, controle from bijlage where id = $1", bijlage_id
            )
        if row is None:
            raise NotFound
        return row["interactie_id"], row["naam"], row["mediatype"], row["inhoud"], Virusoordeel(row["controle"])

    async def origineel(self, origineel_id: UUID) -> tuple[UUID | None, bytes, Sequence[Virusoordeel]]:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                """select g.interactie_id, o.inhoud,
                     array(select controle from bijlage b where b.gespreksbijdrage_id = g.id) as controles
                   from origineel o
                   left join gespreksbijdrage g on g.origineel_id = coalesce(o.tweeling_van, o.id) where o.id = $1""",
                origineel_id,
            )
        if row is None:
            raise NotFound
        return row["interactie_id"], row["inhoud"], [Virusoordeel(found) for found in row["controles"]]

    async def of_klant(self, partij_id: UUID, skip: int, limit: int) -> Klantcontactenlijst:
        async with self._database.connection() as connection:
            return _OF_KLANT_DECODER.decode(await connection.fetchval(_OF_KLANT, partij_id, skip, limit))

    async def teams(self) -> Sequence[tuple[str, str]]:
        async with self._database.connection() as connection:
            return [(row["sleutel"], row["naam"]) for row in await connection.fetch("select * from team order by naam")]
