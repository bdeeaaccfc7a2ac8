# SPDX-License-Identifier: EUPL-1.2
"""Finding partijen by name with typos and prefixes, birth date, address, telephone, e-mail or nummer."""

from collections.abc import Sequence

import asyncpg

from schakel.kanaalintegratie.gelijkenis import GENOEG, likeness, telling
from schakel.kanaalintegratie.lezen import Treffer, Zoekvraag
from schakel.kit.text import searchable
from schakel.relatiebeheer.partijen import searchable_address
from schakel.storage.pool import Connection

#: How many names are looked at closely; those with most parts in common come first.
_CLOSELY = 100
#: Errors and beginnings are looked for in so many signs; the rest only ranks.
_HEAD, _BEGIN = 7, 4
_FIELDS = "p.id, p.naam, p.zoeknaam, p.geboortedatum, p.straat, p.huisnummer, p.postcode, p.woonplaats, p.geheim"

_BY_NAME = f"""
with vraag as (select * from unnest($1::text[], $2::int[]) as v(deel, woord)),
raak as (select n.partij_id, count(distinct v.woord) as woorden, count(*) as delen
         from naamdeel n join vraag v using (deel) group by n.partij_id
         order by 2 desc, 3 desc limit case when $3 = '' then 1000 end)
select {_FIELDS} from raak r join partij p on p.id = r.partij_id
where p.actief and not p.zelfstandig and ($3 = '' or (upper(p.huisnummer) = $3 and not p.geheim))
order by r.woorden desc, r.delen desc, length(p.zoeknaam), p.id limit {_CLOSELY}"""


def name_parts(zoeknaam: str) -> list[str]:
    """By what a name is found: each telling word, that word with one sign less, and its beginnings.

    Two words with one typing error between them always share a part; that is why no extension is needed.
    """
    found: set[str] = set()
    for word in telling(zoeknaam.split()):
        found |= _with_errors(word) | {_beginning(word, n) for n in range(2, min(len(word), _BEGIN) + 1)}
    return sorted(found)


def typed_parts(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """The parts of what was typed, and of which word each is. One letter alone only ranks."""
    found = [
        (part, n)
        for n, word in enumerate(telling(words))
        if len(word) > 1
        for part in _with_errors(word) | {_beginning(word, _BEGIN)}
    ]
    return [part for part, _ in found], [n for _, n in found]


def _with_errors(word: str) -> set[str]:
    head = word[:_HEAD]
    return {head} | ({head[:n] + head[n + 1 :] for n in range(len(head))} if len(head) > 2 else set())


def _beginning(word: str, length: int) -> str:
    return f"^{word[:length]}"


async def find_partijen(connection: Connection, vraag: Zoekvraag, limit: int) -> Sequence[Treffer]:
    """Best first. An empty question finds nobody rather than everybody."""
    words = searchable(vraag.woorden).split()
    if vraag.geboortedatum or vraag.postcode or vraag.adres or vraag.nummer:
        rows = await _by_facts(connection, vraag)
    elif words:
        parts, numbers = typed_parts(words)
        rows = await connection.fetch(_BY_NAME, parts, numbers, vraag.huisnummer.upper())
    else:
        return []
    scored = [(likeness(words, row["zoeknaam"].split()) if words else 1.0, row) for row in rows]
    best = sorted((pair for pair in scored if pair[0] >= GENOEG), key=lambda pair: (-pair[0], pair[1]["zoeknaam"]))
    return [_treffer(row, score, vraag, words) for score, row in best[:limit]]


async def _by_facts(connection: Connection, vraag: Zoekvraag) -> Sequence[asyncpg.Record]:
    """Who fits every fact. One statement for these facts alone, so that each finds its index."""
    given: list[object] = []

    def bind(value: object) -> str:
        given.append(value)
        return f"${len(given)}"

    sql = f"select {_FIELDS} from partij p where p.actief and not p.zelfstandig"
    if vraag.geboortedatum:
        sql += f" and p.geboortedatum = {bind(vraag.geboortedatum)}"
    if vraag.postcode or vraag.huisnummer:
        sql += " and not p.geheim"  # A23: that somebody lives here is what must stay secret
    if vraag.postcode:
        sql += f" and p.postcode = {bind(''.join(vraag.postcode.split()).upper())}"
    if vraag.huisnummer:
        sql += f" and upper(p.huisnummer) = {bind(vraag.huisnummer.upper())}"
    if vraag.adres:
        sql += f""" and p.id in (select d.partij_id from digitaal_adres d
                                 where d.zoekadres = any({bind(_spellings(vraag.adres))}::text[]))"""
    if vraag.nummer:
        sql += f""" and p.id in (select i.partij_id from interactie i
                                 where i.nummer = {bind(vraag.nummer.upper())} and i.vastgesteld)"""
    return await connection.fetch(f"{sql} order by p.zoeknaam, p.id limit 500", *given)


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
