# SPDX-License-Identifier: EUPL-1.2
"""The API as a whole: a persoon and an organisatie, with no way to look for them but their uuid."""

from importlib.resources import files

from schakel.kit.projection import Api, Field, Kind, Resource
from schakel.regie.doelen import K

_ADRES = Field(
    "adres",
    Kind.GROUP,
    "adres",
    nullable=True,
    fields=(
        Field("nummeraanduidingId", max_length=16, pattern=r"^[0-9]{16}$", omitted=True),
        Field("straatnaam", max_length=255),
        Field("huisnummer", Kind.INT, nullable=True),
        Field("huisnummertoevoeging", max_length=20),
        Field("postcode", max_length=7, pattern=r"^[1-9][0-9]{3} [A-Z]{2}$", omitted=True),
        Field("stad", max_length=255),
        Field("adresregel1", max_length=80),
        Field("adresregel2", max_length=80),
        Field("adresregel3", max_length=80),
        Field("land", min_length=2, max_length=2, omitted=True),
    ),
)

PERSOON = Resource(
    "persoon",
    "persoon",
    fields=(
        Field("geboortedatum", Kind.DATE, "geboortedatum", required=True),
        Field("overlijdensdatum", Kind.DATE, "overlijdensdatum", nullable=True),
        Field("geslachtsnaam", column="geslachtsnaam", required=True, max_length=200),
        Field("geslacht", column="geslacht", choices=("m", "v", "o", "")),
        Field("voorvoegsel", column="voorvoegsel", max_length=10),
        Field("voornamen", column="voornamen", max_length=200),
        _ADRES,
    ),
    shows=(K.NAAM, K.GEBOORTE, K.ADRES),
)

ORGANISATIE = Resource(
    "organisatie",
    "organisatie",
    fields=(
        Field("handelsnaam", column="handelsnaam", required=True, max_length=255),
        Field("oprichtingsdatum", Kind.DATE, "oprichtingsdatum", nullable=True),
        Field("opheffingsdatum", Kind.DATE, "opheffingsdatum", nullable=True),
        _ADRES,
    ),
    shows=(K.NAAM, K.ADRES),
)

CONTACTGEGEVENS = Api(
    "/contactgegevens/api/v1",
    "1.1.1",
    {resource.name: resource for resource in (ORGANISATIE, PERSOON)},
    overlay=files(__package__).joinpath("overlay.yaml").read_bytes(),
)
