# SPDX-License-Identifier: EUPL-1.2
"""Partijen with their identificatoren, rekeningnummers, categorieen and vertegenwoordigingen."""

from schakel.api.klantinteracties.resources.groepen import (
    CONTACTNAAM,
    IDENTIFICATOREN,
    OBJECTTYPEN,
    REGISTERS,
    adres_filters,
    adres_group,
    identificator_filters,
    references,
)
from schakel.kit.projection import Field, Filter, Guard, Hidden, Kind, Relation, Resource, Test, Through
from schakel.regie.doelen import K

SOORTEN = ("persoon", "organisatie", "contactpersoon")
_VOLLEDIG = Field("volledigeNaam", column="naam", read_only=True)
_CONTACTNAAM = Field("contactnaam", Kind.GROUP, nullable=True, fields=CONTACTNAAM)

PARTIJEN = Resource(
    "partijen",
    "partij",
    fields=(
        Field("nummer", column="nummer", nullable=True, max_length=10),
        Field("interneNotitie", column="interne_notitie", max_length=1000),
        Field("soortPartij", column="soort", required=True, choices=SOORTEN),
        Field("indicatieGeheimhouding", Kind.BOOL, "geheim_gezegd", nullable=True),
        Field("voorkeurstaal", column="taal", max_length=3),
        Field("indicatieActief", Kind.BOOL, "actief", required=True),
        adres_group("bezoekadres"),
        adres_group("correspondentieadres", "correspondentieadres"),
        Field(
            "partijIdentificatie",
            Kind.GROUP,
            nullable=True,
            by="soort",
            variants={
                "persoon": (_CONTACTNAAM, _VOLLEDIG),
                "organisatie": (Field("naam", column="naam", max_length=200),),
                "contactpersoon": (
                    Field("uuid", Kind.UUID, "id", read_only=True),
                    Field("werkteVoorPartij", Kind.REFERENCE, "werkte_voor_id", nullable=True, resource="partijen"),
                    _CONTACTNAAM,
                    _VOLLEDIG,
                ),
            },
        ),
    ),
    relations=(
        Relation("betrokkenen", "betrokkenen", there="partij_id", many=True, read_only=True),
        Relation(
            "categorieRelaties",
            "categorie-relaties",
            there="partij_id",
            many=True,
            read_only=True,
            extra=(
                Field("categorieNaam", column="categorie_naam", nullable=True),
                Field("beginDatum", Kind.DATE, "begin_datum", nullable=True),
                Field("eindDatum", Kind.DATE, "eind_datum", nullable=True),
            ),
        ),
        Relation("digitaleAdressen", "digitaleadressen", there="partij_id", many=True, nullable=True),
        Relation("voorkeursDigitaalAdres", "digitaleadressen", here="voorkeursadres_id", nullable=True),
        Relation(
            "vertegenwoordigden",
            "partijen",
            many=True,
            through=Through("vertegenwoordiging", "vertegenwoordigende", "vertegenwoordigde", "volgnummer"),
            read_only=True,
        ),
        Relation("rekeningnummers", "rekeningnummers", there="partij_id", many=True, nullable=True),
        Relation("voorkeursRekeningnummer", "rekeningnummers", here="voorkeursrekening_id", nullable=True),
        Relation(
            "partijIdentificatoren", "partij-identificatoren", there="partij_id", many=True, inline=True, nullable=True
        ),
        Relation("werkteVoorPartij", "partijen", here="werkte_voor_id", shown=False),
        Relation("vertegenwoordigdDoor", "vertegenwoordigingen", there="vertegenwoordigde", many=True, shown=False),
    ),
    filters=(
        *adres_filters("bezoekadres"),
        *adres_filters("correspondentieadres", "correspondentieadres"),
        Filter("categorierelatie__categorie__naam", "naam", test=Test.ONE_OF, path=("categorieRelaties", "categorie")),
        Filter("indicatieActief", "actief", Kind.BOOL, keyed=False),
        Filter("indicatieGeheimhouding", "geheim_gezegd", Kind.BOOL, keyed=False),
        Filter("nummer", "nummer"),
        *identificator_filters("partijIdentificator__", ("partijIdentificatoren",)),
        Filter("soortPartij", "soort", choices=SOORTEN, keyed=False),
        *identificator_filters("subIdentificatorVan__", ("partijIdentificatoren", "subIdentificatorVan")),
        *references("vertegenwoordigdePartij", "vertegenwoordigende", ("vertegenwoordigdDoor",)),
    ),
    expands=("betrokkenen", "betrokkenen.hadKlantcontact", "categorieRelaties", "digitaleAdressen"),
    always={"zelfstandig": False},
    hidden=(Hidden(Guard.GEHEIM, "geheim", fields=("bezoekadres", "correspondentieadres", "voorkeursDigitaalAdres")),),
    partijen=((),),
    shows=(K.NAAM, K.ADRES, K.BSN),
)

IDENTIFICATOREN_VAN_PARTIJEN = Resource(
    "partij-identificatoren",
    "partij_identificator",
    fields=(
        Field("anderePartijIdentificator", column="andere", max_length=200),
        Field(
            "partijIdentificator",
            Kind.GROUP,
            required=True,
            fields=(
                Field("codeObjecttype", column="code_objecttype", required=True, choices=OBJECTTYPEN),
                Field("codeSoortObjectId", column="soort", required=True, choices=tuple(IDENTIFICATOREN)),
                Field("objectId", column="object_id", required=True, max_length=200),
                Field("codeRegister", column="code_register", required=True, choices=REGISTERS),
            ),
        ),
    ),
    relations=(
        Relation("identificeerdePartij", "partijen", here="partij_id", nullable=True),
        Relation("subIdentificatorVan", "partij-identificatoren", here="sub_id", nullable=True),
    ),
    filters=(
        Filter("anderePartijIdentificator", "andere"),
        *identificator_filters("partijIdentificator", (), closed=True),
    ),
    always={"soort": ("bsn", "kvk_nummer", "rsin", "vestigingsnummer")},
    partijen=(("identificeerdePartij",),),
    shows=(K.BSN,),
)

REKENINGNUMMERS = Resource(
    "rekeningnummers",
    "rekeningnummer",
    fields=(
        Field("iban", column="iban", required=True, max_length=34, pattern=r"^[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{1,30}$"),
        Field("bic", column="bic", min_length=8, max_length=11, pattern=r"^[\S]+$", omitted=True),
    ),
    relations=(Relation("partij", "partijen", here="partij_id", nullable=True),),
    filters=(Filter("bic", "bic"), Filter("iban", "iban"), Filter("uuid", "id", Kind.UUID)),
    partijen=(("partij",),),
    shows=(K.NAAM,),
)

CATEGORIEEN = Resource("categorieen", "categorie", fields=(Field("naam", column="naam", max_length=80),))

CATEGORIE_RELATIES = Resource(
    "categorie-relaties",
    "categorie_relatie",
    fields=(
        Field("beginDatum", Kind.DATE, "begin_datum", nullable=True),
        Field("eindDatum", Kind.DATE, "eind_datum", nullable=True),
    ),
    relations=(
        Relation("partij", "partijen", here="partij_id", nullable=True),
        Relation(
            "categorie",
            "categorieen",
            here="categorie_id",
            nullable=True,
            extra=(Field("naam", column="naam", read_only=True),),
        ),
    ),
    filters=(
        Filter("beginDatum", "begin_datum", Kind.DATE, keyed=False),
        Filter("categorie__naam", "naam", path=("categorie",)),
        *references("categorie", "categorie_id"),
        Filter("eindDatum", "eind_datum", Kind.DATE, keyed=False),
        Filter("partij__nummer", "nummer", path=("partij",)),
        *references("partij", "partij_id"),
    ),
    partijen=(("partij",),),
    shows=(K.VOORKEUREN,),
)

VERTEGENWOORDIGINGEN = Resource(
    "vertegenwoordigingen",
    "vertegenwoordiging",
    fields=(),
    relations=(
        Relation("vertegenwoordigendePartij", "partijen", here="vertegenwoordigende", required=True),
        Relation("vertegenwoordigdePartij", "partijen", here="vertegenwoordigde", required=True),
    ),
    filters=(
        *references("vertegenwoordigdePartij", "vertegenwoordigde"),
        *references("vertegenwoordigendePartij", "vertegenwoordigende"),
    ),
    partijen=(("vertegenwoordigendePartij",), ("vertegenwoordigdePartij",)),
    shows=(K.NAAM,),
)
