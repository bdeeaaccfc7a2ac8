# SPDX-License-Identifier: EUPL-1.2
"""Actoren, the klantcontacten they had and the interne taken they were given."""

from schakel.api.klantinteracties.resources.groepen import (
    OBJECT,
    TELEFOON,
    contains,
    object_filters,
    ranges,
    references,
)
from schakel.api.klantinteracties.resources.klantcontacten import KLANTCONTACTEN
from schakel.kit.projection import Field, Filter, Guard, Hidden, Kind, Relation, Resource, Through
from schakel.regie.doelen import K

SOORTEN = ("medewerker", "geautomatiseerde_actor", "organisatorische_eenheid")
STATUSSEN = ("te_verwerken", "verwerkt")
_FUNCTIE = Field("functie", required=True, max_length=40)
_OMSCHRIJVING = Field("omschrijving", max_length=200)
_EMAIL = Field("emailadres", Kind.EMAIL, max_length=254, omitted=True)

ACTOREN = Resource(
    "actoren",
    "actor",
    fields=(
        Field("naam", column="naam", required=True, max_length=200),
        Field("soortActor", column="soort", required=True, choices=SOORTEN),
        Field("indicatieActief", Kind.BOOL, "actief"),
        Field("actoridentificator", Kind.GROUP, nullable=True, fields=OBJECT),
        Field(
            "actorIdentificatie",
            Kind.GROUP,
            "identificatie",
            nullable=True,
            omitted=True,
            by="soort",
            variants={
                "medewerker": (
                    _FUNCTIE,
                    _EMAIL,
                    Field("telefoonnummer", required=True, max_length=20, pattern=TELEFOON, omitted=True),
                ),
                "geautomatiseerde_actor": (_FUNCTIE, _OMSCHRIJVING),
                "organisatorische_eenheid": (
                    _OMSCHRIJVING,
                    _EMAIL,
                    Field("faxnummer", max_length=20),
                    Field("telefoonnummer", max_length=20, pattern=TELEFOON, omitted=True),
                ),
            },
        ),
    ),
    filters=(
        *object_filters("actoridentificator"),
        Filter("indicatieActief", "actief", Kind.BOOL, keyed=False),
        contains("naam", "naam"),
        Filter("soortActor", "soort", choices=SOORTEN, keyed=False),
    ),
)

ACTORKLANTCONTACTEN = Resource(
    "actorklantcontacten",
    "actor_klantcontact",
    fields=(),
    relations=(
        Relation("actor", "actoren", here="actor_id", required=True),
        Relation("klantcontact", "klantcontacten", here="klantcontact_id", required=True),
    ),
    filters=(*references("actor", "actor_id"), *references("klantcontact", "klantcontact_id")),
    hidden=(Hidden(Guard.VERTROUWELIJK, "vertrouwelijk", ("klantcontact",)),),
    partijen=(("klantcontact", "hadBetrokkenen", "wasPartij"),),
    shows=(K.CONTACTEN,),
)

_ACTOREN_VAN_TAAK = Through("interne_taak_actor", "interne_taak_id", "actor_id", "volgorde")

INTERNE_TAKEN = Resource(
    "internetaken",
    "interne_taak",
    fields=(
        Field("nummer", column="nummer", nullable=True, max_length=10),
        Field("referentienummer", column="referentienummer", nullable=True, max_length=10),
        Field("gevraagdeHandeling", column="gevraagde_handeling", required=True, max_length=200),
        Field("toelichting", column="toelichting", max_length=1000),
        Field("status", column="status", required=True, choices=STATUSSEN),
        Field("toegewezenOp", Kind.MOMENT, "toegewezen_op", read_only=True),
        Field("afgehandeldOp", Kind.MOMENT, "afgehandeld_op", nullable=True),
    ),
    relations=(
        Relation("aanleidinggevendKlantcontact", "klantcontacten", here="klantcontact_id", required=True),
        Relation("toegewezenAanActor", "actoren", many=True, through=_ACTOREN_VAN_TAAK, first=True),
        Relation("toegewezenAanActoren", "actoren", many=True, through=_ACTOREN_VAN_TAAK),
    ),
    filters=(
        *references("aanleidinggevendKlantcontact", "klantcontact_id"),
        Filter("actoren__naam", "naam", path=("toegewezenAanActoren",)),
        Filter("klantcontact__nummer", "nummer", path=("aanleidinggevendKlantcontact",)),
        Filter("klantcontact__referentienummer", "referentienummer", path=("aanleidinggevendKlantcontact",)),
        Filter("klantcontact__uuid", "klantcontact_id", Kind.UUID),
        Filter("nummer", "nummer"),
        *ranges("afgehandeldOp", "afgehandeld_op"),
        Filter("referentienummer", "referentienummer"),
        Filter("status", "status", choices=STATUSSEN, keyed=False),
        *references("toegewezenAanActor", "id", ("toegewezenAanActoren",)),
        Filter("toegewezenOp", "toegewezen_op", Kind.MOMENT),
        *ranges("toegewezenOp", "toegewezen_op"),
    ),
    expands=(
        "aanleidinggevendKlantcontact",
        *(f"aanleidinggevendKlantcontact.{name}" for name in KLANTCONTACTEN.expands),
        "toegewezenAanActoren",
    ),
    expand_shown=False,
    orders={"afgehandeldOp": "afgehandeld_op", "toegewezenOp": "toegewezen_op"},
    always={"klantcontact_id": None},
    hidden=(Hidden(Guard.VERTROUWELIJK, "vertrouwelijk", ("aanleidinggevendKlantcontact",)),),
    partijen=(("aanleidinggevendKlantcontact", "hadBetrokkenen", "wasPartij"),),
    parts=STATUSSEN,
    counted={"status": {status: status for status in STATUSSEN}},
    shows=(K.VERZOEKEN,),
)
