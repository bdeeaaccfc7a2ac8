# SPDX-License-Identifier: EUPL-1.2
"""Rijen: the JSON of another register's row as columns of ours. Nothing is refused here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from schakel.kit.projection import Resource
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.relatiebeheer.overname.lezen import read_moment, read_uuid, read_values
from schakel.relatiebeheer.partijen import searchable_address
from schakel.relatiebeheer.register.identificator import SOORTEN
from schakel.relatiebeheer.register.naam import volledige_naam
from schakel.storage.crypto import Kluis
from schakel.storage.register.write_partijen import naam_columns
from schakel.storage.register.write_rows import Columns, columns

#: References that go round in a circle: written when all rows are there.
LATER = {"partijen": {"werkte_voor_id": "partijen", "voorkeursadres_id": "digitaleadressen",
                      "voorkeursrekening_id": "rekeningnummers"}}  # fmt: skip
ZOALS_GEGEVEN = frozenset({"digitaal_adres", "partij_identificator"})


@dataclass(slots=True)
class Rij:
    """One row: its columns, those for later, and the actoren of a taak in their order."""

    uuid: UUID
    cijfer: bytes
    columns: Columns
    later: dict[str, UUID] = field(default_factory=dict)
    actoren: list[UUID] = field(default_factory=list)


def make_rij(kluis: Kluis, resource: Resource, uuid: UUID, cijfer: bytes, body: Mapping[str, Any], at: datetime) -> Rij:
    """All of a row that is not found elsewhere in the database."""
    values = read_values(resource, body)
    row = columns(resource, {name: value for name, value in values.items() if name != "partijIdentificator"})
    rij = Rij(uuid, cijfer, {"id": uuid, **row})
    if resource.name in _HOUSE:
        _HOUSE[resource.name](rij, values, body, at)
    if resource.table == "partij_identificator":
        rij.columns |= _identificator(kluis, values["partijIdentificator"] or {}, rij.columns)
    if resource.table in ZOALS_GEGEVEN:
        rij.columns.setdefault("zoals_gegeven", False)
    for column in LATER.get(resource.name, {}):
        if isinstance(given := rij.columns.pop(column, None), UUID):
            rij.later[column] = given
    return rij


def _partij(rij: Rij, values: Mapping[str, Any], body: Mapping[str, Any], at: datetime) -> None:
    row = rij.columns
    row |= naam_columns(values["soortPartij"], _no_nulls(values["partijIdentificatie"]))
    row |= {"aangemaakt_op": at, "gewijzigd_op": at, "vervalt_op": vervalt_op("partij", at), "zelfstandig": False}


def _no_nulls(identificatie: Mapping[str, Any] | None) -> Mapping[str, Any]:
    return {name: value for name, value in (identificatie or {}).items() if value is not None}


def _klantcontact(rij: Rij, values: Mapping[str, Any], body: Mapping[str, Any], at: datetime) -> None:
    when: datetime = values["plaatsgevondenOp"] or at
    kept_from = vervalt_op("klantcontact", min(when, at))
    rij.columns |= {"plaatsgevonden_op": when, "onvolledig": True, "vervalt_op": kept_from}


def _betrokkene(rij: Rij, values: Mapping[str, Any], body: Mapping[str, Any], at: datetime) -> None:
    rij.columns |= {"naam": volledige_naam(values["contactnaam"]), "klantrol": "burger"}
    rij.columns["rol"] = rij.columns["rol"] or "klant"


def _adres(rij: Rij, values: Mapping[str, Any], body: Mapping[str, Any], at: datetime) -> None:
    rij.columns |= {"zoekadres": searchable_address(str(rij.columns["adres"])), "verstrekt_op": at}


def _taak(rij: Rij, values: Mapping[str, Any], body: Mapping[str, Any], at: datetime) -> None:
    rij.columns["toegewezen_op"] = read_moment(body.get("toegewezenOp")) or at
    given = body.get("toegewezenAanActoren") or [body.get("toegewezenAanActor")]
    rij.actoren = list(dict.fromkeys(uuid for one in given if (uuid := read_uuid(one)) is not None))


def _expires(rij: Rij, values: Mapping[str, Any], body: Mapping[str, Any], at: datetime) -> None:
    rij.columns["vervalt_op"] = vervalt_op("partij", at)


_HOUSE = {
    "partijen": _partij, "klantcontacten": _klantcontact, "betrokkenen": _betrokkene, "digitaleadressen": _adres,
    "internetaken": _taak, "persoon": _expires, "organisatie": _expires,
}  # fmt: skip


def _identificator(kluis: Kluis, groep: Mapping[str, Any], row: Columns) -> Columns:
    """A bsn leaves the memory as ciphertext only; what is no soort of the standard may be one, so that does too."""
    soort, nummer = groep.get("codeSoortObjectId", ""), groep.get("objectId", "")
    found: Columns = {"soort": soort, "register": groep.get("codeRegister", ""), "nummer": "", "cijfer": None}
    if soort not in SOORTEN:
        andere = row.get("andere") or soort
        return found | {
            "soort": "overig", "andere": andere, "cijfer": kluis.encrypt(nummer),
            "blind": kluis.blind("overig", f"{row['id']}:{nummer}"), "zoals_gegeven": True,
        }  # fmt: skip
    if soort == "bsn":
        return found | {"cijfer": kluis.encrypt(nummer), "blind": kluis.blind("bsn", nummer)}
    return found | {"nummer": nummer, "blind": nummer.encode()}
