# SPDX-License-Identifier: EUPL-1.2
"""The Klantregister: our own records as one bron of the klantbeeld, and the keys by which bronnen know a klant."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec

from schakel.begrippen.antwoord import Antwoord, Gevonden, Leeg, Onbereikbaar
from schakel.begrippen.bsn import Bsn
from schakel.begrippen.doel import Doel
from schakel.kit.clock import Clock, system_clock
from schakel.kit.errors import NotFound
from schakel.klantbeeld.bron import Klantsleutels
from schakel.klantbeeld.gegevens import Adres, Contactregel, Datum, DigitaalAdres, Gegeven, Verzoekregel, Waarde
from schakel.regie.catalogus import KLANTREGISTER
from schakel.storage.crypto import Kluis
from schakel.storage.pool import Database, StorageUnavailable

# Of contacten and verzoeken only those of which it was established whose they are (invariant 6).
_ADRESSEN = """(select json_agg(json_build_object('soort', d.soort, 'adres', d.adres, 'voorkeur', d.is_standaard,
                    'geverifieerd_op', d.geverifieerd_op) order by d.is_standaard desc, d.soort, d.adres)
               from digitaal_adres d where d.partij_id = p.id)"""
_CONTACTEN = """(select json_agg(c order by c.plaatsgevonden_op desc) from (
    select k.interactie_id, i.nummer, k.kanaal, k.onderwerp, k.plaatsgevonden_op,
           coalesce((select g.richting from gespreksbijdrage g
                     where g.interactie_id = k.interactie_id and g.klantcontact_id = k.id
                     order by g.volgnummer limit 1), 'in') as richting
    from klantcontact k join interactie i on i.id = k.interactie_id
    where i.partij_id = p.id and i.vastgesteld
    order by k.plaatsgevonden_op desc limit 20) c)"""
_VERZOEKEN = """(select json_agg(c order by c.gewijzigd_op desc) from (
    select v.id, v.interactie_id, i.nummer, v.product, v.status, v.uitkomst, v.gewijzigd_op, i.belofte_tekst,
           v.ingediend_op
    from verzoek v join interactie i on i.id = v.interactie_id
    where i.partij_id = p.id and i.vastgesteld
    order by v.gewijzigd_op desc limit 50) c)"""
_CIJFER = """(select n.cijfer from partij_identificator n
              where n.partij_id = p.id and n.soort = 'bsn' order by n.id limit 1)"""

#: What each attribute costs: one expression in the one statement.
_SQL: Mapping[str, str] = {
    "partij.naam": "nullif(p.naam, '')",
    "partij.soort": "p.soort",
    "partij.geboortedatum": "p.geboortedatum",
    "partij.bsn": _CIJFER,
    "partij.geheim": "p.geheim",
    "partij.adres": "array[p.straat, p.huisnummer, p.postcode, p.woonplaats]",
    "partij.digitale_adressen": _ADRESSEN,
    "partij.contacten": _CONTACTEN,
    "partij.verzoeken": _VERZOEKEN,
    "partij.kanaalvoorkeur": "nullif(p.voorkeur, '')",
    "partij.aanspreekvorm": "nullif(p.aanspreekvorm, '')",
    "partij.taal": "nullif(p.taal, '')",
}


def _adres(parts: list[str]) -> Adres | None:
    straat, huisnummer, postcode, woonplaats = parts
    shown = f"{postcode[:4]} {postcode[4:].strip()}".strip()
    regels = tuple(regel for regel in (f"{straat} {huisnummer}".strip(), f"{shown} {woonplaats}".strip()) if regel)
    return Adres(regels, straat, huisnummer, postcode, woonplaats) if regels else None


class Klantregister:
    """Fills klantbeeld's ports `Bron` and `Klanten`."""

    naam = KLANTREGISTER
    attributen = frozenset(_SQL)

    def __init__(self, database: Database, kluis: Kluis, clock: Clock = system_clock) -> None:
        self._database = database
        self._kluis = kluis
        self._clock = clock
        self._read: Mapping[str, Callable[[Any], Waarde | None]] = {
            "partij.geboortedatum": Datum.of,
            "partij.bsn": kluis.decrypt,
            "partij.adres": _adres,
            "partij.digitale_adressen": msgspec.json.Decoder(tuple[DigitaalAdres, ...]).decode,
            "partij.contacten": msgspec.json.Decoder(tuple[Contactregel, ...]).decode,
            "partij.verzoeken": msgspec.json.Decoder(tuple[Verzoekregel, ...]).decode,
        }

    async def vraag(
        self, sleutels: Klantsleutels, attributen: frozenset[str], doel: Doel
    ) -> Antwoord[Mapping[str, Gegeven]]:
        """One statement for all that is asked, and nothing that is not."""
        asked = sorted(attributen & self.attributen)
        columns = ", ".join(f'{_SQL[name]} as "{name}"' for name in asked)  # KB-1: not asked is not read
        try:
            async with self._database.connection() as connection:
                row = await connection.fetchrow(f"select {columns} from partij p where p.id = $1", sleutels.partij_id)
        except StorageUnavailable:
            return Onbereikbaar(self.naam, "is niet te bereiken")
        if row is None:
            return Leeg()
        at = self._clock()
        found = {name: self._value(name, row[name]) for name in asked}
        return Gevonden({name: Gegeven(waarde, at) for name, waarde in found.items() if waarde is not None})

    async def klantsleutels(self, partij_id: UUID) -> Klantsleutels:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                f"select p.geheim, {_CIJFER} as cijfer from partij p where p.id = $1", partij_id
            )
        if row is None:
            raise NotFound
        bsn = Bsn(self._kluis.decrypt(row["cijfer"])) if row["cijfer"] else None
        return Klantsleutels(partij_id, bsn, row["geheim"])

    def _value(self, name: str, raw: Any) -> Waarde | None:
        if raw is None:
            return None
        read = self._read.get(name)
        waarde: Waarde | None = read(raw) if read else raw
        return waarde
