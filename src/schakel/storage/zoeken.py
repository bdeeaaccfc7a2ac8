# SPDX-License-Identifier: EUPL-1.2
"""Finding partijen by name with typos and prefixes, birth date, address, telephone, e-mail or nummer."""

from collections.abc import Sequence

import asyncpg

from schakel.kanaalintegratie.gelijkenis import GENOEG, likeness, telling
from schakel.kanaalintegratie.lezen import Treffer, Zoekvraag
from schakel.kit.text import searchable
from schakel.relatiebeheer.partijen import searchable_address
from schakel.storage.pool import Connection

#: How many names are looked at closely; the trigrams have put the likely ones first.
_CLOSELY = 100
#: One typing error spoils at most four trigrams, so of the five rarest at least one is right.
_RAREST = 5
_COUNTED = 3000

_FIELDS = "p.id, p.naam, p.zoeknaam, p.geboortedatum, p.straat, p.huisnummer, p.postcode, p.woonplaats, p.geheim"

_BY_NAME = f"""
with vraag as (
  select d.deel, (select count(*) from (select from naamdeel n where n.deel = d.deel limit {_COUNTED}) few) as aantal
  from unnest($1::text[]) as d(deel)),
zeldzaam as (select deel from vraag where aantal > 0 order by aantal limit {_RAREST}),
raak as (select n.partij_id, count(*) as aantal from naamdeel n join zeldzaam using (deel)
         group by n.partij_id order by count(*) desc limit 2000),
dichtbij as (select r.partij_id, count(*) as aantal from raak r join naamdeel n using (partij_id)
             where n.deel = any($1::text[]) group by r.partij_id)
select {_FIELDS} from dichtbij d join partij p on p.id = d.partij_id
where p.actief and not p.zelfstandig and ($2 = '' or (upper(p.huisnummer) = $2 and not p.geheim))
order by d.aantal desc, length(p.zoeknaam), p.id limit {_CLOSELY}"""


def name_parts(zoeknaam: str) -> list[str]:
    """The trigrams of each word, with its start marked twice and its end once, as people type the start right."""
    return sorted({part for word in zoeknaam.split() for part in _trigrams(f"  {word} ")})


def typed_parts(words: Sequence[str]) -> list[str]:
    """Of what was typed: only the telling words, and the last one may not be ended yet."""
    *whole, last = telling(words)
    return name_parts(" ".join(whole)) + sorted(_trigrams(f"  {last}"))


def _trigrams(padded: str) -> set[str]:
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


async def find_partijen(connection: Connection, vraag: Zoekvraag, limit: int) -> Sequence[Treffer]:
    """Best first. An empty question finds nobody rather than everybody."""
    words = searchable(vraag.woorden).split()
    if vraag.geboortedatum or vraag.postcode or vraag.adres or vraag.nummer:
        rows = await _by_facts(connection, vraag)
    elif words:
        parts = list(dict.fromkeys(typed_parts(words)))
        rows = await connection.fetch(_BY_NAME, parts, vraag.huisnummer.upper())
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
