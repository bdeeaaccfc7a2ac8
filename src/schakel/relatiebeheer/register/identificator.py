# SPDX-License-Identifier: EUPL-1.2
"""Identificator: which soorten there are, of which register, and when a number of one is right."""

from typing import Any

from schakel.relatiebeheer.register.invoer import Invoer
from schakel.relatiebeheer.register.waarden import nummer_fault

#: Objecttype and register of each soort; a closed set.
SOORTEN = {
    "bsn": ("natuurlijk_persoon", "brp"),
    "rsin": ("niet_natuurlijk_persoon", "hr"),
    "kvk_nummer": ("niet_natuurlijk_persoon", "hr"),
    "vestigingsnummer": ("vestiging", "hr"),
}
HOOFD, SUB = "kvk_nummer", "vestigingsnummer"


def check_identificator(invoer: Invoer) -> None:
    """The four keys fit each other; the number fits its soort; a vestiging hangs under a kvk_nummer."""
    groep: dict[str, Any] | None = invoer.values.get("partijIdentificator")
    if groep is not None and not invoer.has_faults("partijIdentificator"):
        _check_codes(invoer, groep)
    if invoer.touches("partijIdentificator", "subIdentificatorVan"):
        _check_sub(invoer)


def soort_of(invoer: Invoer) -> str:
    """The soort as it will be; empty when it was not given right."""
    groep = invoer.merged("partijIdentificator") or {}
    return str(groep.get("codeSoortObjectId") or "")


def _check_codes(invoer: Invoer, groep: dict[str, Any]) -> None:
    soort, objecttype, register = groep["codeSoortObjectId"], groep["codeObjecttype"], groep["codeRegister"]
    if objecttype not in {o for o, r in SOORTEN.values() if r == register}:
        invoer.refuse("partijIdentificatorCodeObjecttype", "invalid", "Dit soort object staat niet in dit register.")
    elif SOORTEN[soort][0] != objecttype:
        invoer.refuse("partijIdentificatorCodeSoortObjectId", "invalid", "Dit nummer hoort niet bij dit soort object.")
    elif fault := nummer_fault(soort, groep["objectId"]):
        invoer.refuse("partijIdentificatorObjectId", "invalid", fault)


def _check_sub(invoer: Invoer) -> None:
    soort, sub = soort_of(invoer), invoer.merged("subIdentificatorVan")
    if soort == SUB and sub is None and not invoer.has_faults("subIdentificatorVan"):
        reason = "Een vestigingsnummer hoort bij een kvk_nummer. Geef de identificator daarvan."
        invoer.refuse("subIdentificatorVan", "invalid", reason)
    elif soort and soort != SUB and sub is not None:
        invoer.refuse("subIdentificatorVan", "invalid", "Alleen een vestigingsnummer hoort bij een ander nummer.")
