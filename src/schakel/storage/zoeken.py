# SPDX-License-Identifier: EUPL-1.2
"""Finding partijen by name with typos and prefixes, birth date, address, telephone, e-mail or nummer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from schakel.kanaalintegratie.gelijkenis import GENOEG, likeness, telling
from schakel.kanaalintegratie.lezen import Treffer, Zoekvraag
from schakel.kanaalintegratie.zoekvraag import e164
from schakel.kit.text import searchable
from schakel.relatiebeheer.partijen import searchable_address
from schakel.relatiebeheer.register.poorten import PartijZoekvraag
from schakel.storage.naamdelen import sharing
from schakel.storage.pool import Connection

#: How many names are looked at closely; those with most parts in common come first.
_CLOSELY, _MOST = 100, 1_000
_FIELDS = "p.id, p.naam, p.zoeknaam, p.geboortedatum, p.straat, p.huisnummer, p.postcode, p.woonplaats, p.geheim"
# A toevoeging is in a column of its own, or was given as part of the number.
_HUISNUMMERS = "(upper(p.huisnummer), upper(p.huisnummer || p.toevoeging))"

_BY_NAME = f"""
select {_FIELDS} from unnest($1::uuid[], $2::int[]) v (id, plaats) join partij p on p.id = v.id
where p.actief and not p.zelfstandig and ($3 = '' or ($3 in {_HUISNUMMERS} and ($4 or not p.geheim)))
order by v.plaats, length(p.zoeknaam), p.id limit {_CLOSELY}"""


@dataclass(frozen=True, slots=True)
class _Leads:
    """What may lead to a partij whose address is geheim: a digital adres, a place."""

    adres: bool
    place: bool


async def find_partijen(connection: Connection, vraag: Zoekvraag, limit: int) -> Sequence[Treffer]:
    """Best first, for a medewerker. An empty question finds nobody rather than everybody."""
    words = searchable(vraag.woorden).split()
    adressen = [vraag.adres] if vraag.adres else []
    best = await _rank(connection, vraag, adressen, words, limit, _Leads(adres=True, place=False))  # A23
    return [_treffer(row, score, vraag, words) for score, row in best[:limit]]


async def search_partijen(connection: Connection, vraag: PartijZoekvraag, *, geheim: bool) -> Sequence[UUID]:
    """Best first, for another program: always the same ones, whatever page of them it looks at.

    Who may not see a geheim address does not get there by one either.
    """
    asked = Zoekvraag(
        woorden=vraag.naam, geboortedatum=vraag.geboortedatum, postcode=vraag.postcode, huisnummer=vraag.huisnummer
    )
    adressen = [adres if "@" in adres else e164(adres) or adres for adres in vraag.adressen]
    words = searchable(vraag.naam).split()
    best = await _rank(connection, asked, adressen, words, _CLOSELY, _Leads(adres=geheim, place=geheim))
    return [row["id"] for _, row in best]


async def _rank(
    connection: Connection,
    vraag: Zoekvraag,
    adressen: Sequence[str],
    words: Sequence[str],
    limit: int,
    leads: _Leads,
) -> Sequence[tuple[float, asyncpg.Record]]:
    if vraag.geboortedatum or vraag.postcode or adressen or vraag.nummer:
        rows = await _by_facts(connection, vraag, adressen, leads)
    elif words:
        rows = await _by_name(connection, vraag, words, limit, leads)
    else:
        return []
    scored = [(likeness(words, row["zoeknaam"].split()) if words else 1.0, row) for row in rows]
    return sorted((pair for pair in scored if pair[0] >= GENOEG), key=lambda pair: (-pair[0], pair[1]["zoeknaam"]))


async def _by_name(
    connection: Connection, vraag: Zoekvraag, words: Sequence[str], limit: int, leads: _Leads
) -> Sequence[asyncpg.Record]:
    found = await sharing(connection, words, limit, None if vraag.huisnummer else _MOST)
    ids, places = list(found), list(found.values())
    return await connection.fetch(_BY_NAME, ids, places, _huisnummer(vraag), leads.place)


async def _by_facts(
    connection: Connection, vraag: Zoekvraag, adressen: Sequence[str], leads: _Leads
) -> Sequence[asyncpg.Record]:
    """Who fits every fact. One statement for these facts alone, so that each finds its index."""
    given: list[object] = []

    def bind(value: object) -> str:
        given.append(value)
        return f"${len(given)}"

    sql = f"select {_FIELDS} from partij p where p.actief and not p.zelfstandig"
    if vraag.geboortedatum:
        sql += f" and p.geboortedatum = {bind(vraag.geboortedatum)}"
    if (not leads.place and (vraag.postcode or vraag.huisnummer)) or (not leads.adres and adressen):
        sql += " and not p.geheim"  # A23: that somebody lives here is what must stay secret
    if vraag.postcode:
        sql += f" and p.postcode = {bind(''.join(vraag.postcode.split()).upper())}"
    if vraag.huisnummer:
        sql += f" and {bind(_huisnummer(vraag))} in {_HUISNUMMERS}"
    for adres in adressen:
        sql += f""" and p.id = any (array(select d.partij_id from digitaal_adres d
                                          where d.zoekadres = any({bind(_spellings(adres))}::text[])))"""
    if vraag.nummer:
        sql += f""" and p.id in (select i.partij_id from interactie i
                                 where i.nummer = {bind(vraag.nummer.upper())} and i.vastgesteld)"""
    return await connection.fetch(f"{sql} order by p.zoeknaam, p.id limit 500", *given)


def _huisnummer(vraag: Zoekvraag) -> str:
    return "".join(vraag.huisnummer.split()).upper()


def _spellings(adres: str) -> list[str]:
    """A Dutch number is kept with or without its country, as it was given."""
    adres = searchable_address(adres)
    return [adres, f"0{adres[3:]}", f"0031{adres[3:]}"] if adres.startswith("+31") else [adres]


def _treffer(row: asyncpg.Record, score: float, vraag: Zoekvraag, words: Sequence[str]) -> Treffer:
    return Treffer(
        partij_id=row["id"],
        naam=row["naam"],
        geboortedatum=row["geboortedatum"],
        adres="" if row["geheim"] else _adres(row),
        geheim=row["geheim"],
        redenen=tuple(_reasons(vraag, words, row["zoeknaam"].split())),
        score=score,
    )


def _adres(row: asyncpg.Record) -> str:
    postcode = f"{row['postcode'][:4]} {row['postcode'][4:]}".strip()
    parts = (f"{row['straat']} {row['huisnummer']}".strip(), f"{postcode} {row['woonplaats']}".strip())
    return ", ".join(filter(None, parts))


def _reasons(vraag: Zoekvraag, words: Sequence[str], zoeknaam: Sequence[str]) -> list[str]:
    """Why this one, in sentences for the medewerker."""
    reasons = []
    if words and all(word in zoeknaam for word in telling(words)):
        reasons.append("Naam klopt.")
    elif words and all(any(part.startswith(word) for part in zoeknaam) for word in telling(words)):
        reasons.append("Begin van de naam klopt.")
    elif words:
        reasons.append("Naam lijkt erop.")
    if vraag.geboortedatum:
        reasons.append("Geboortedatum klopt.")
    if vraag.postcode and vraag.huisnummer:
        reasons.append("Postcode en huisnummer kloppen.")
    elif vraag.postcode:
        reasons.append("Postcode klopt.")
    elif vraag.huisnummer:
        reasons.append("Huisnummer klopt.")
    if vraag.adres:
        kind = "E-mailadres" if "@" in vraag.adres else "Nummer"
        reasons.append(f"{kind} hoort bij deze klant. Dat bewijst niet wie u spreekt.")  # invariant 6
    if vraag.nummer:
        reasons.append(f"Vraag {vraag.nummer.upper()} is van deze klant.")
    return reasons
