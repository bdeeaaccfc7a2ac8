# SPDX-License-Identifier: EUPL-1.2
"""Klantcontacten with who took part, what they were about and what came along."""

from schakel.api.klantinteracties.resources.groepen import (
    CONTACTNAAM,
    OBJECT,
    adres_group,
    contains,
    identificator_filters,
    object_filters,
    ranges,
    references,
)
from schakel.kit.projection import Field, Filter, Guard, Hidden, Kind, Relation, Resource, Test, Through
from schakel.regie.doelen import K

ROLLEN = ("klant", "vertegenwoordiger")
_KLANTCONTACT = ("hadKlantcontact",)
_VAN_BETROKKENE = ("hadBetrokkenen", "identificatoren")


def _hidden(*path: str) -> tuple[Hidden, ...]:
    return (Hidden(Guard.VERTROUWELIJK, "vertrouwelijk", path),)


KLANTCONTACTEN = Resource(
    "klantcontacten",
    "klantcontact",
    fields=(
        Field("nummer", column="nummer", nullable=True, max_length=10),
        Field("referentienummer", column="referentienummer", nullable=True, max_length=10),
        Field("kanaal", column="kanaal", required=True, max_length=50),
        Field("onderwerp", column="onderwerp", required=True, max_length=200),
        Field("inhoud", column="inhoud", max_length=1000),
        Field("reactie", column="reactie", max_length=4000),
        Field("indicatieContactGelukt", Kind.BOOL, "indicatie_contact_gelukt", nullable=True),
        Field("hoofdOnderwerpType", Kind.URI, "hoofdonderwerp", max_length=200, omitted=True),
        Field("verdereActieOndernomen", Kind.BOOL, "verdere_actie", default=False),
        Field("taal", column="taal", required=True, max_length=3),
        Field("vertrouwelijk", Kind.BOOL, "vertrouwelijk", required=True),
        Field("plaatsgevondenOp", Kind.MOMENT, "plaatsgevonden_op"),
        Field("metadata", Kind.MAP, "metadata", max_length=255),
    ),
    relations=(
        Relation("gingOverOnderwerpobjecten", "onderwerpobjecten", there="klantcontact_id", many=True, read_only=True),
        Relation(
            "hadBetrokkenActoren",
            "actoren",
            many=True,
            through=Through("actor_klantcontact", "klantcontact_id", "actor_id", "volgnummer"),
            inline=True,
            read_only=True,
        ),
        Relation("omvatteBijlagen", "bijlagen", there="klantcontact_id", many=True, read_only=True),
        Relation("hadBetrokkenen", "betrokkenen", there="klantcontact_id", many=True, read_only=True),
        Relation("leiddeTotInterneTaken", "internetaken", there="klantcontact_id", many=True, read_only=True),
        Relation("wasOnderwerpobject", "onderwerpobjecten", there="was_klantcontact_id", many=True, shown=False),
    ),
    filters=(
        contains("hadBetrokkene__digitaaladres__adres__icontains", "adres", ("hadBetrokkenen", "digitaleAdressen")),
        *references("hadBetrokkene", "id", ("hadBetrokkenen",)),
        Filter("hadBetrokkene__wasPartij", "id", Kind.BOOL, Test.EXISTS, ("hadBetrokkenen", "wasPartij"), keyed=False),
        *identificator_filters("hadBetrokkene__wasPartij__partijIdentificator__", _VAN_BETROKKENE),
        *references("hadBetrokkene__wasPartij", "partij_id", ("hadBetrokkenen",)),
        Filter("indicatieContactGelukt", "indicatie_contact_gelukt", Kind.BOOL, keyed=False),
        contains("inhoud", "inhoud"),
        Filter("kanaal", "kanaal", keyed=False),
        Filter("leiddeTotInterneTaken", "id", Kind.BOOL, Test.EXISTS, ("leiddeTotInterneTaken",), keyed=False),
        Filter("nummer", "nummer"),
        contains("onderwerp", "onderwerp"),
        *object_filters("onderwerpobject__onderwerpobjectidentificator", ("gingOverOnderwerpobjecten",)),
        *references("onderwerpobject", "id", ("gingOverOnderwerpobjecten",)),
        Filter("plaatsgevondenOp", "plaatsgevonden_op", Kind.MOMENT),
        *ranges("plaatsgevondenOp", "plaatsgevonden_op"),
        contains("reactie", "reactie"),
        Filter("referentienummer", "referentienummer"),
        Filter("vertrouwelijk", "vertrouwelijk", Kind.BOOL, keyed=False),
        *object_filters("wasOnderwerpobject__onderwerpobjectidentificator", ("wasOnderwerpobject",)),
        *references("wasOnderwerpobject", "id", ("wasOnderwerpobject",)),
    ),
    expands=(
        "gingOverOnderwerpobjecten",
        "hadBetrokkenen",
        "hadBetrokkenen.digitaleAdressen",
        "hadBetrokkenen.wasPartij",
        "leiddeTotInterneTaken",
        "omvatteBijlagen",
    ),
    orders={"plaatsgevondenOp": "plaatsgevonden_op"},
    hidden=(Hidden(Guard.VERTROUWELIJK, "vertrouwelijk", part="vertrouwelijk"),),
    partijen=(("hadBetrokkenen", "wasPartij"),),
    parts=("openbaar", "vertrouwelijk"),
    counted={"vertrouwelijk": {False: "openbaar", True: "vertrouwelijk"}},
    shows=(K.CONTACTEN,),
)

BETROKKENEN = Resource(
    "betrokkenen",
    "betrokkene",
    fields=(
        adres_group("bezoekadres", "bezoekadres"),
        adres_group("correspondentieadres", "correspondentieadres"),
        Field("contactnaam", Kind.GROUP, nullable=True, fields=CONTACTNAAM),
        Field("volledigeNaam", column="naam", read_only=True),
        Field("rol", column="rol", required=True, choices=ROLLEN),
        Field("organisatienaam", column="organisatienaam", max_length=200),
        Field("initiator", Kind.BOOL, "initiator", required=True),
    ),
    relations=(
        Relation("wasPartij", "partijen", here="partij_id", nullable=True),
        Relation("hadKlantcontact", "klantcontacten", here="klantcontact_id", required=True),
        Relation("digitaleAdressen", "digitaleadressen", there="betrokkene_id", many=True, read_only=True),
        Relation("identificatoren", "partij-identificatoren", "partij_id", "partij_id", many=True, shown=False),
    ),
    filters=(
        Filter("contactnaamAchternaam", "achternaam"),
        Filter("contactnaamVoorletters", "voorletters"),
        Filter("contactnaamVoornaam", "voornaam"),
        Filter("contactnaamVoorvoegselAchternaam", "voorvoegsel"),
        Filter("hadKlantcontact__nummer", "nummer", path=_KLANTCONTACT),
        Filter("hadKlantcontact__referentienummer", "referentienummer", path=_KLANTCONTACT),
        *references("hadKlantcontact", "klantcontact_id"),
        Filter("organisatienaam", "organisatienaam"),
        Filter("verstrektedigitaalAdres__adres", "adres", path=("digitaleAdressen",)),
        *references("verstrektedigitaalAdres", "id", ("digitaleAdressen",)),
        Filter("wasPartij__nummer", "nummer", path=("wasPartij",)),
        *identificator_filters("wasPartij__partijIdentificator__", ("identificatoren",)),
        *references("wasPartij", "partij_id"),
    ),
    expands=("digitaleAdressen",),
    hidden=_hidden(*_KLANTCONTACT),
    partijen=(("wasPartij",),),
    shows=(K.NAAM, K.CONTACTEN),
)

DIGITALE_ADRESSEN = Resource(
    "digitaleadressen",
    "digitaal_adres",
    fields=(
        Field("adres", column="adres", required=True, max_length=80),
        Field("soortDigitaalAdres", column="soort", required=True, choices=("email", "telefoonnummer", "overig")),
        Field("isStandaardAdres", Kind.BOOL, "is_standaard"),
        Field("omschrijving", column="omschrijving", max_length=40),
        Field("referentie", column="referentie", max_length=50, pattern=r"^[-a-zA-Z0-9_]+$", omitted=True),
        Field("verificatieDatum", Kind.DATE, "verificatie_datum", nullable=True),
    ),
    relations=(
        Relation("verstrektDoorBetrokkene", "betrokkenen", here="betrokkene_id", nullable=True),
        Relation("verstrektDoorPartij", "partijen", here="partij_id", nullable=True),
        Relation("identificatoren", "partij-identificatoren", "partij_id", "partij_id", many=True, shown=False),
    ),
    filters=(
        Filter("adres", "adres"),
        contains("adres__icontains", "adres"),
        Filter("isGeverifieerd", "geverifieerd_op", Kind.BOOL, Test.PRESENT, keyed=False),
        Filter("isStandaardAdres", "is_standaard", Kind.BOOL, keyed=False),
        contains("omschrijving", "omschrijving"),
        Filter("referentie", "referentie"),
        Filter("soortDigitaalAdres", "soort", choices=("email", "overig", "telefoonnummer"), keyed=False),
        Filter("verificatieDatum", "verificatie_datum", Kind.DATE, keyed=False),
        Filter("verificatieDatum__gt", "verificatie_datum", Kind.DATE, Test.AFTER, keyed=False),
        Filter("verificatieDatum__gte", "verificatie_datum", Kind.DATE, Test.SINCE, keyed=False),
        Filter("verificatieDatum__lt", "verificatie_datum", Kind.DATE, Test.BEFORE, keyed=False),
        Filter("verificatieDatum__lte", "verificatie_datum", Kind.DATE, Test.UNTIL, keyed=False),
        Filter("verstrektDoorBetrokkene__rol", "rol", path=("verstrektDoorBetrokkene",), choices=ROLLEN, keyed=False),
        *references("verstrektDoorBetrokkene", "betrokkene_id"),
        *identificator_filters("verstrektDoorPartij__partijIdentificator__", ("identificatoren",)),
        Filter(
            "verstrektDoorPartij__soortPartij",
            "soort",
            path=("verstrektDoorPartij",),
            choices=("contactpersoon", "organisatie", "persoon"),
            keyed=False,
        ),
        *references("verstrektDoorPartij", "partij_id"),
    ),
    expands=(
        "verstrektDoorBetrokkene",
        "verstrektDoorBetrokkene.hadKlantcontact",
        "verstrektDoorBetrokkene.hadKlantcontact.leiddeTotInterneTaken",
    ),
    hidden=(
        Hidden(Guard.GEHEIM, "geheim", ("verstrektDoorPartij",)),
        *_hidden("verstrektDoorBetrokkene", "hadKlantcontact"),
    ),
    partijen=(("verstrektDoorPartij",), ("verstrektDoorBetrokkene", "wasPartij")),
    shows=(K.BEREIKBAARHEID,),
)

ONDERWERPOBJECTEN = Resource(
    "onderwerpobjecten",
    "onderwerpobject",
    fields=(Field("onderwerpobjectidentificator", Kind.GROUP, nullable=True, fields=OBJECT),),
    relations=(
        Relation("klantcontact", "klantcontacten", here="klantcontact_id", nullable=True),
        Relation("wasKlantcontact", "klantcontacten", here="was_klantcontact_id", nullable=True),
    ),
    filters=(
        *references("klantcontact", "klantcontact_id"),
        *object_filters("onderwerpobjectidentificator"),
        *references("wasKlantcontact", "was_klantcontact_id"),
    ),
    hidden=(*_hidden("klantcontact"), *_hidden("wasKlantcontact")),
    partijen=(("klantcontact", "hadBetrokkenen", "wasPartij"),),
    shows=(K.CONTACTEN,),
)

BIJLAGEN = Resource(
    "bijlagen",
    "bijlage_verwijzing",
    fields=(Field("bijlageidentificator", Kind.GROUP, nullable=True, fields=OBJECT),),
    relations=(Relation("wasBijlageVanKlantcontact", "klantcontacten", here="klantcontact_id", nullable=True),),
    filters=(
        *object_filters("bijlageidentificator"),
        Filter("klantcontact__uuid", "klantcontact_id", Kind.UUID),
    ),
    hidden=_hidden("wasBijlageVanKlantcontact"),
    partijen=(("wasBijlageVanKlantcontact", "hadBetrokkenen", "wasPartij"),),
    shows=(K.CONTACTEN,),
)
