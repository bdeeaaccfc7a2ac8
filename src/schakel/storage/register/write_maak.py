# SPDX-License-Identifier: EUPL-1.2
"""maak-klantcontact: a klantcontact with all that belongs to it, whole or not at all.

The standard has betrokkene and onderwerpobject; actoren, digitaleAdressen and internetaak are ours, by the same rules.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from schakel.kit.ids import new_id
from schakel.kit.projection import Invalid
from schakel.relatiebeheer.register.invoer import Invoer, read_invoer
from schakel.relatiebeheer.register.lezen import Fault, read_reference
from schakel.relatiebeheer.register.naam import volledige_naam
from schakel.relatiebeheer.register.poorten import Refused
from schakel.relatiebeheer.register.regels import REGELS, assigned
from schakel.storage.register.write_adressen import create_adres
from schakel.storage.register.write_context import Writing
from schakel.storage.register.write_klantcontacten import betrokkene_columns, insert_klantcontact
from schakel.storage.register.write_references import asked, look_up
from schakel.storage.register.write_rows import Columns, columns
from schakel.storage.register.write_taken import check_active, insert_taak

MAAK_KLANTCONTACT = "maak-klantcontact"

#: Each part: its resource, and the reference that is filled in here.
_PARTS = {
    "klantcontact": ("klantcontacten", ""),
    "betrokkene": ("betrokkenen", "hadKlantcontact"),
    "onderwerpobject": ("onderwerpobjecten", "klantcontact"),
    "internetaak": ("internetaken", "aanleidinggevendKlantcontact"),
}
#: What goes into one statement with its klantcontact.
_ALONG = ("betrokkene", "onderwerpobject")
Made = Mapping[str, tuple[str, UUID | None]]


async def maak_klantcontact(writing: Writing, body: Mapping[str, Any]) -> Made:
    """Read and check every part first; what was made, by its name in the answer."""
    parts, faults = _read_parts(writing, body)
    adressen, actoren = _read_adressen(writing, body, faults), _read_actoren(body, faults)
    references = {
        f"{invoer.prefix}{name}": (invoer, target)
        for invoer in [*parts.values(), *adressen]
        for name, target in asked(writing.resource(_resource_of(invoer)), invoer.values).items()
    }
    whole = Invoer()
    named = {name: target for name, (_, target) in references.items()} | {n: ("actoren", a) for n, a in actoren.items()}
    facts = await look_up(writing, whole, named)
    taak = parts.get("internetaak")
    doing = check_active(taak, assigned(taak) or {}, facts) if taak else []
    check_active(whole, actoren, facts)
    if wrong := [*faults, *(i for one in [*parts.values(), *adressen] for i in one.invalid), *whole.invalid]:
        raise Refused(wrong)
    betrokkene = parts.get("betrokkene")
    partij_id = betrokkene.values.get("wasPartij") if betrokkene and betrokkene.values["rol"] == "klant" else None
    ids = {name: new_id() if name in parts else None for name in _ALONG}
    along = [
        (writing.resource(_PARTS[name][0]).table, {"id": ids[name], **_columns(writing, name, parts[name])})
        for name in _ALONG
        if name in parts
    ]
    along += [("actor_klantcontact", {"actor_id": actor_id}) for actor_id in actoren.values()]
    klantcontact_id = await insert_klantcontact(
        writing,
        writing.resource("klantcontacten"),
        parts["klantcontact"].values,
        partij_id,
        volledige_naam(betrokkene.values.get("contactnaam")) if betrokkene else "",
        onvolledig=not actoren,
        along=along,
    )
    made: dict[str, tuple[str, UUID | None]] = {"klantcontact": ("klantcontacten", klantcontact_id)}
    made |= {name: (_PARTS[name][0], ids[name]) for name in _ALONG}
    await _add_adressen(writing, adressen, made["betrokkene"][1])
    if taak:
        made["internetaak"] = ("internetaken", await _add_taak(writing, taak, klantcontact_id, doing))
    return made


def _columns(writing: Writing, name: str, invoer: Invoer) -> Columns:
    resource = writing.resource(_PARTS[name][0])
    return betrokkene_columns(resource, invoer) if name == "betrokkene" else columns(resource, invoer.values)


async def _add_adressen(writing: Writing, adressen: Sequence[Invoer], betrokkene_id: UUID | None) -> None:
    for adres in adressen:
        adres.values["verstrektDoorBetrokkene"] = betrokkene_id
        await create_adres(writing, writing.resource("digitaleadressen"), adres, {})


async def _add_taak(writing: Writing, taak: Invoer, klantcontact_id: UUID, actoren: list[UUID]) -> UUID:
    taak.values["aanleidinggevendKlantcontact"] = klantcontact_id
    interactie_id: UUID = await writing.connection.fetchval(
        "select interactie_id from klantcontact where id = $1", klantcontact_id
    )
    return await insert_taak(writing, writing.resource("internetaken"), taak, interactie_id, actoren)


def _read_parts(writing: Writing, body: Mapping[str, Any]) -> tuple[dict[str, Invoer], list[Invalid]]:
    parts: dict[str, Invoer] = {}
    if body.get("klantcontact") is None:
        return {}, [Invalid("klantcontact", "required", "Dit veld is vereist.")]
    for name, (resource, filled_in) in _PARTS.items():
        if body.get(name) is not None:
            parts[name] = read_invoer(
                writing.resource(resource), body[name], prefix=f"{name}.", leave=frozenset({filled_in})
            )
            if resource in REGELS:
                REGELS[resource](parts[name])
    return parts, []


def _read_adressen(writing: Writing, body: Mapping[str, Any], faults: list[Invalid]) -> list[Invoer]:
    given = body.get("digitaleAdressen") or []
    if not isinstance(given, list):
        faults.append(Invalid("digitaleAdressen", "not_a_list", "Geef een lijst."))
        return []
    if given and body.get("betrokkene") is None:
        faults.append(Invalid("betrokkene", "required", "Een digitaal adres is van een betrokkene. Geef die erbij."))
    resource, leave = writing.resource("digitaleadressen"), frozenset({"verstrektDoorBetrokkene"})
    adressen = [read_invoer(resource, one, prefix=f"digitaleAdressen.{n}.", leave=leave) for n, one in enumerate(given)]
    for adres in adressen:
        REGELS[resource.name](adres)
    return adressen


def _read_actoren(body: Mapping[str, Any], faults: list[Invalid]) -> dict[str, UUID]:
    given = body.get("actoren") or []
    if not isinstance(given, list):
        faults.append(Invalid("actoren", "not_a_list", "Geef een lijst."))
        return {}
    found: dict[str, UUID] = {}
    for n, one in enumerate(given):
        try:
            actor_id = read_reference(f"actoren.{n}", one)
        except Fault as fault:
            faults.append(Invalid(fault.name, fault.code, fault.reason))
            continue
        if actor_id not in found.values():
            found[f"actoren.{n}.uuid"] = actor_id
    return found


def _resource_of(invoer: Invoer) -> str:
    part = invoer.prefix.split(".")[0]
    return _PARTS[part][0] if part in _PARTS else "digitaleadressen"
