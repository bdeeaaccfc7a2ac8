# SPDX-License-Identifier: EUPL-1.2
"""Maak: what is said about one klantcontact and all that belongs to it, in one body.

The standard has betrokkene and onderwerpobject; actoren, digitaleAdressen and internetaak are ours, by the same rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from schakel.kit.projection import Invalid, Resource
from schakel.relatiebeheer.register.invoer import Invoer, read_invoer
from schakel.relatiebeheer.register.lezen import Fault, read_reference
from schakel.relatiebeheer.register.regels import REGELS

#: Each part: its resource, and the reference that is filled in with the klantcontact.
PARTS = {
    "klantcontact": ("klantcontacten", ""),
    "betrokkene": ("betrokkenen", "hadKlantcontact"),
    "onderwerpobject": ("onderwerpobjecten", "klantcontact"),
    "internetaak": ("internetaken", "aanleidinggevendKlantcontact"),
}
_ADRESSEN = "digitaleadressen"


@dataclass(slots=True)
class Maakvraag:
    """A klantcontact to be made. `actoren` by the name to use in an error; `invalid` of what is no part's own."""

    parts: dict[str, Invoer] = field(default_factory=dict)
    adressen: list[Invoer] = field(default_factory=list)
    actoren: dict[str, UUID] = field(default_factory=dict)
    whole: Invoer = field(default_factory=Invoer)

    def invoeren(self) -> Iterator[tuple[str, Invoer]]:
        """Every part with the name of its resource."""
        yield from ((PARTS[name][0], invoer) for name, invoer in self.parts.items())
        yield from ((_ADRESSEN, invoer) for invoer in self.adressen)

    def faults(self) -> list[Invalid]:
        """All that is wrong with it."""
        return [*self.whole.invalid, *(wrong for _, invoer in self.invoeren() for wrong in invoer.invalid)]

    @property
    def partij_id(self) -> UUID | None:
        """The klant, where he is known."""
        betrokkene = self.parts.get("betrokkene")
        known = betrokkene is not None and betrokkene.values.get("rol") == "klant"
        found: UUID | None = betrokkene.values.get("wasPartij") if betrokkene is not None and known else None
        return found


def read_maak(resources: Mapping[str, Resource], body: Mapping[str, Any]) -> Maakvraag:
    """Every part by its own rules."""
    vraag = Maakvraag()
    if body.get("klantcontact") is None:
        vraag.whole.refuse("klantcontact", "required", "Dit veld is vereist.")
        return vraag
    for name, (resource, filled_in) in PARTS.items():
        if body.get(name) is not None:
            leave = frozenset({filled_in})
            invoer = read_invoer(resources[resource], body[name], prefix=f"{name}.", leave=leave)
            if resource in REGELS:
                REGELS[resource](invoer)
            vraag.parts[name] = invoer
    _read_adressen(vraag, resources[_ADRESSEN], body)
    _read_actoren(vraag, body)
    return vraag


def _read_adressen(vraag: Maakvraag, resource: Resource, body: Mapping[str, Any]) -> None:
    given = body.get("digitaleAdressen") or []
    if not isinstance(given, list):
        vraag.whole.refuse("digitaleAdressen", "not_a_list", "Geef een lijst.")
        return
    if given and body.get("betrokkene") is None:
        vraag.whole.refuse("betrokkene", "required", "Een digitaal adres is van een betrokkene. Geef die erbij.")
    for n, one in enumerate(given):
        leave = frozenset({"verstrektDoorBetrokkene"})
        adres = read_invoer(resource, one, prefix=f"digitaleAdressen.{n}.", leave=leave)
        REGELS[resource.name](adres)
        vraag.adressen.append(adres)


def _read_actoren(vraag: Maakvraag, body: Mapping[str, Any]) -> None:
    given = body.get("actoren") or []
    if not isinstance(given, list):
        vraag.whole.refuse("actoren", "not_a_list", "Geef een lijst.")
        return
    for n, one in enumerate(given):
        try:
            actor_id = read_reference(f"actoren.{n}", one)
        except Fault as fault:
            vraag.whole.refuse(fault.name, fault.code, fault.reason)
            continue
        if actor_id not in vraag.actoren.values():
            vraag.actoren[f"actoren.{n}.uuid"] = actor_id
