# SPDX-License-Identifier: EUPL-1.2
"""Finding partijen by name with typos and prefixes, birth date, address, telephone, e-mail or nummer."""

from collections.abc import Sequence

from schakel.kanaalintegratie.lezen import Treffer, Zoekvraag
from schakel.kit.text import searchable
from schakel.relatiebeheer.partijen import searchable_address
from schakel.storage.pool import Connection


def name_parts(zoeknaam: str) -> list[str]:
    """The trigrams of each word, with its start marked twice and its end once, as people type the start right."""
    parts: set[str] = set()
    for word in zoeknaam.split():
        padded = f"  {word} "
        parts.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return sorted(parts)


_BY_NAME = """
with vraag as (select unnest($1::text[]) as deel),
raak as (select n.partij_id, count(*)::float / cardinality($1::text[]) as aandeel
         from naamdeel n join vraag using (deel) group by n.partij_id
         having count(*) >= $2 order by count(*) desc limit 400)
select p.id, p.naam, p.zoeknaam, p.geboortedatum, p.straat, p.huisnummer, p.postcode, p.woonplaats, p.geheim,
       raak.aandeel as score
from raak join partij p on p.id = raak.partij_id
where p.actief and not p.zelfstandig and ($3::date is null or p.geboortedatum = $3)
  and ($4 = '' or p.postcode = $4) and ($5 = '' or p.huisnummer = $5)
order by raak.aandeel desc, length(p.zoeknaam), p.id limit $6"""

_BY_FACTS = """
select p.id, p.naam, p.zoeknaam, p.geboortedatum, p.straat, p.huisnummer, p.postcode, p.woonplaats, p.geheim,
       1.0::float as score
from partij p
where p.actief and not p.zelfstandig and ($1::date is null or p.geboortedatum = $1)
  and ($2 = '' or p.postcode = $2) and ($3 = '' or p.huisnummer = $3)
  and ($4 = '' or exists (select 1 from digitaal_adres d where d.partij_id = p.id and d.zoekadres = $4))
  and ($5 = '' or exists (select 1 from interactie i where i.partij_id = p.id and i.nummer = upper($5)))
order by p.zoeknaam, p.id limit $6"""


async def find_partijen(connection: Connection, vraag: Zoekvraag, limit: int) -> Sequence[Treffer]:
    """Best first. An empty question finds nobody rather than everybody."""
    postcode = "".join(vraag.postcode.split()).upper()
    parts = name_parts(searchable(vraag.woorden))
    if parts:
        rows = await connection.fetch(
            _BY_NAME, parts, max(1, len(parts) // 3), vraag.geboortedatum, postcode, vraag.huisnummer, limit
        )
    elif vraag.geboortedatum or postcode or vraag.adres or vraag.nummer:
        rows = await connection.fetch(
            _BY_FACTS,
            vraag.geboortedatum,
            postcode,
            vraag.huisnummer,
            searchable_address(vraag.adres),
            vraag.nummer,
            limit,
        )
    else:
        return []
    return [
        Treffer(
            partij_id=row["id"],
            naam=row["naam"],
            geboortedatum=row["geboortedatum"],
            adres="" if row["geheim"] else f"{row['straat']} {row['huisnummer']}, {row['woonplaats']}".strip(" ,"),
            geheim=row["geheim"],
            redenen=tuple(_reasons(vraag, row["zoeknaam"])),
            score=row["score"],
        )
        for row in rows
    ]


def _reasons(vraag: Zoekvraag, zoeknaam: str) -> list[str]:
    reasons = []
    words = searchable(vraag.woorden).split()
    if words:
        exact = all(any(part.startswith(word) for part in zoeknaam.split()) for word in words)
        reasons.append("naam" if exact else "naam lijkt erop")
    given = {
        "geboortedatum": vraag.geboortedatum,
        "postcode": vraag.postcode,
        "huisnummer": vraag.huisnummer,
        "adres of nummer": vraag.adres,
        "vraagnummer": vraag.nummer,
    }
    return reasons + [label for label, value in given.items() if value]
