# SPDX-License-Identifier: EUPL-1.2
"""Beeld: the klantbeeld as these screens show it: facts in words with their bron, and the Interacties of the klant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.klantbeeld.beeld import Herkomst, Klantbeeld
from schakel.klantbeeld.gegevens import Adres, Contactregel, Datum, DigitaalAdres, Verzoekregel
from schakel.web.notatie import telefoon

NAAM = ("persoon.naam", "partij.naam")
GEBOREN = ("persoon.geboortedatum", "partij.geboortedatum")
ADRES = ("persoon.adres", "partij.adres")
BEREIK = "partij.digitale_adressen"
CONTACTEN = "partij.contacten"
SAME_AS = {eigen: van for van, eigen in (NAAM, GEBOREN, ADRES)}
PLAIN = {("partij.soort", ("persoon",)), ("partij.taal", ("nld",))}
VERZOEKEN = "partij.verzoeken"


@dataclass(frozen=True, slots=True)
class Feit:
    """One line: what it is, what it says, and where that comes from."""

    label: str
    regels: tuple[str, ...]
    herkomst: Herkomst
    sleutel: str = ""


@dataclass(frozen=True, slots=True)
class Contactgroep:
    """An Interactie with this klant, by its contacts, newest first."""

    interactie_id: UUID
    nummer: str
    onderwerp: str
    laatste_op: datetime
    kanalen: tuple[str, ...]


def naam_of(klantbeeld: Klantbeeld) -> str:
    """As the register of persons has it, else as we know it."""
    return next((str(v.waarde) for sleutel in NAAM if (v := klantbeeld.veld(sleutel))), "Deze klant")


def feiten_of(klantbeeld: Klantbeeld) -> Mapping[str, Sequence[Feit]]:
    """Facts by the title of their sectie, without what is a list of its own or goes without saying.

    What we noted ourselves is there only where it differs from the register that owns it.
    """
    found: dict[str, list[Feit]] = {}
    for sectie in klantbeeld.secties:
        for veld in sectie.velden:
            regels = _regels(veld.waarde)
            owner = klantbeeld.veld(SAME_AS.get(veld.sleutel, ""))
            if not regels or (veld.sleutel, regels) in PLAIN or (owner and _regels(owner.waarde) == regels):
                continue
            found.setdefault(sectie.titel, []).append(Feit(veld.label, regels, veld.herkomst, veld.sleutel))
    return found


def feiten_by_sleutel(klantbeeld: Klantbeeld) -> Mapping[str, Feit]:
    """The same facts, to be laid beside those of another klant."""
    return {feit.sleutel: feit for feiten in feiten_of(klantbeeld).values() for feit in feiten}


def _regels(waarde: object) -> tuple[str, ...]:
    match waarde:
        case bool():
            return ("Ja",) if waarde else ()
        case str():
            return (waarde,)
        case Datum():
            return (waarde.tekst,)
        case Adres():
            return waarde.regels
        case tuple():
            return tuple(adres_regel(item) for item in waarde if isinstance(item, DigitaalAdres))
        case _:
            return ()


def adres_regel(adres: DigitaalAdres) -> str:
    """An e-mail address as it is, a number as one reads it."""
    return adres.adres if "@" in adres.adres else telefoon(adres.adres)


def contacten_of(klantbeeld: Klantbeeld) -> Sequence[Contactgroep]:
    """His Interacties, the one with the latest contact first."""
    veld = klantbeeld.veld(CONTACTEN)
    groups: dict[UUID, list[Contactregel]] = {}
    for regel in veld.waarde if veld and isinstance(veld.waarde, tuple) else ():
        if isinstance(regel, Contactregel):
            groups.setdefault(regel.interactie_id, []).append(regel)
    return [
        Contactgroep(
            interactie_id,
            regels[0].nummer,
            regels[0].onderwerp,
            regels[0].plaatsgevonden_op,
            tuple(dict.fromkeys(regel.kanaal for regel in reversed(regels))),
        )
        for interactie_id, regels in groups.items()
    ]


def verzoeken_of(klantbeeld: Klantbeeld) -> Sequence[Verzoekregel]:
    """His verzoeken, the one that changed last first."""
    veld = klantbeeld.veld(VERZOEKEN)
    return [r for r in (veld.waarde if veld and isinstance(veld.waarde, tuple) else ()) if isinstance(r, Verzoekregel)]
