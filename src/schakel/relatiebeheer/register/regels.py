# SPDX-License-Identifier: EUPL-1.2
"""Regels: what must hold between the fields of one resource, whoever writes it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from schakel.relatiebeheer.register.identificator import check_identificator
from schakel.relatiebeheer.register.invoer import EVERYTHING, Invoer
from schakel.relatiebeheer.register.waarden import is_email, telefoon_fault

VERWERKT = "verwerkt"


def check_klantcontact(invoer: Invoer) -> None:
    """A contact that succeeded asks for no further action; the spelling of the code is the standard's server's own."""
    fields = ("indicatieContactGelukt", "verdereActieOndernomen")
    if invoer.touches(*fields) and all(invoer.merged(name) is True for name in fields):
        reason = "Het contact is gelukt, dus er is geen verdere actie ondernomen."
        invoer.refuse(EVERYTHING, "no-further-action-when-contact-succesful", reason)


def check_digitaal_adres(invoer: Invoer) -> None:
    """The adres fits its soort, also when only the soort changes; a standaard is the standaard of a partij."""
    if invoer.touches("adres", "soortDigitaalAdres") and not invoer.has_faults("adres", "soortDigitaalAdres"):
        fault = adres_fault(str(invoer.merged("soortDigitaalAdres") or ""), str(invoer.merged("adres") or ""))
        if fault:
            invoer.refuse("adres", "invalid", fault)
    unowned = invoer.merged("verstrektDoorPartij") is None and not invoer.has_faults("verstrektDoorPartij")
    if invoer.values.get("isStandaardAdres") and unowned:
        invoer.refuse("isStandaardAdres", "invalid", "Alleen een adres van een partij kan het standaardadres zijn.")


def adres_fault(soort: str, adres: str) -> str:
    """What is wrong with an adres of this soort; empty when nothing is."""
    if soort == "email" and not is_email(adres):
        return "Dit is geen geldig e-mailadres."
    return telefoon_fault(adres) if soort == "telefoonnummer" else ""


def check_interne_taak(invoer: Invoer) -> None:
    """One or more actoren, said in one of two ways; only what is verwerkt has a moment at which it was."""
    single, many = (name in invoer.values for name in ("toegewezenAanActor", "toegewezenAanActoren"))
    wrong = invoer.has_faults("toegewezenAanActor", "toegewezenAanActoren")
    if not wrong and ((single and many) or not (single or many or invoer.partial)):
        invoer.refuse(EVERYTHING, "invalid", "Geef toegewezenAanActor of toegewezenAanActoren: een van de twee.")
    if invoer.values.get("toegewezenAanActoren") == []:
        invoer.refuse("toegewezenAanActoren", "empty", "Geef ten minste één actor.")
    is_open = invoer.merged("status") != VERWERKT and not invoer.has_faults("status")
    if invoer.values.get("afgehandeldOp") and is_open:
        invoer.refuse("afgehandeldOp", "invalid", "Alleen een taak die verwerkt is, heeft dit moment.")


def assigned(invoer: Invoer) -> Mapping[str, UUID] | None:
    """The actoren of an interne taak in their order, by the name to use in an error; None when none were given."""
    if (single := invoer.values.get("toegewezenAanActor")) is not None:
        return {"toegewezenAanActor.uuid": single}
    many = invoer.values.get("toegewezenAanActoren")
    return {f"toegewezenAanActoren.{n}.uuid": actor for n, actor in enumerate(many)} if many else None


def afgehandeld_op(invoer: Invoer, at: datetime) -> datetime | None:
    """When a taak was done: as given, else as known, else now; never for one that is open (again)."""
    if invoer.merged("status") != VERWERKT:
        return None
    moment: datetime | None = invoer.merged("afgehandeldOp")
    return moment or at


def check_vertegenwoordiging(invoer: Invoer) -> None:
    """Nobody stands in for himself."""
    other = invoer.merged("vertegenwoordigdePartij")
    if other is not None and other == invoer.merged("vertegenwoordigendePartij"):
        invoer.refuse("vertegenwoordigdePartij", "invalid", "Een partij vertegenwoordigt niet zichzelf.")


def check_partij(invoer: Invoer) -> None:
    """A new soort brings its own identificatie; what is preferred is among what is given."""
    soort = invoer.values.get("soortPartij")
    changes = invoer.current and soort is not None and soort != invoer.current["soortPartij"]
    known = "partijIdentificatie" in invoer.values or invoer.has_faults("partijIdentificatie")
    if changes and invoer.partial and not known:
        reason = "Bij een andere soort partij hoort een andere partijIdentificatie. Geef die erbij."
        invoer.refuse("partijIdentificatie", "required", reason)
    for one, many in (
        ("voorkeursDigitaalAdres", "digitaleAdressen"),
        ("voorkeursRekeningnummer", "rekeningnummers"),
    ):
        voorkeur = invoer.values.get(one)
        if voorkeur is not None and voorkeur not in (invoer.merged(many) or ()):
            invoer.refuse(one, "invalid", f"Dit staat niet bij {many} van deze partij.")


#: By the name of the resource on the wire.
REGELS: Mapping[str, Callable[[Invoer], None]] = {
    "klantcontacten": check_klantcontact,
    "digitaleadressen": check_digitaal_adres,
    "internetaken": check_interne_taak,
    "vertegenwoordigingen": check_vertegenwoordiging,
    "partijen": check_partij,
    "partij-identificatoren": check_identificator,
}
