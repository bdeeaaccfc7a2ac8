# SPDX-License-Identifier: EUPL-1.2
"""Groepen: the groups of fields and the pairs of filters that several resources share."""

from schakel.kit.projection import Field, Filter, Kind, Test

ADRES = (
    Field("nummeraanduidingId", column="nummeraanduiding_id", max_length=16, pattern=r"^[0-9]{16}$", omitted=True),
    Field("straatnaam", column="straat", max_length=255),
    Field("huisnummer", Kind.INT, "huisnummer", nullable=True),
    Field("huisnummertoevoeging", column="toevoeging", max_length=20),
    Field("postcode", column="postcode", max_length=7, pattern=r"^[1-9][0-9]{3} [A-Z]{2}$", omitted=True),
    Field("stad", column="woonplaats", max_length=255),
    Field("adresregel1", column="adresregel1", max_length=80),
    Field("adresregel2", column="adresregel2", max_length=80),
    Field("adresregel3", column="adresregel3", max_length=80),
    Field("land", column="land", min_length=2, max_length=2, omitted=True),
)
CONTACTNAAM = (
    Field("voorletters", column="voorletters", max_length=10),
    Field("voornaam", column="voornaam", max_length=200),
    Field("voorvoegselAchternaam", column="voorvoegsel", max_length=10),
    Field("achternaam", column="achternaam", max_length=200),
)
OBJECT = (
    Field("objectId", column="object_id", max_length=200),
    Field("codeObjecttype", column="soort_object", max_length=200),
    Field("codeRegister", column="register", max_length=200),
    Field("codeSoortObjectId", column="soort_object_id", max_length=200),
)
TELEFOON = r"^(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})$"

#: objecttype and register of each soort that the standard knows; a closed set.
IDENTIFICATOREN = {
    "bsn": ("natuurlijk_persoon", "brp"),
    "kvk_nummer": ("niet_natuurlijk_persoon", "hr"),
    "rsin": ("niet_natuurlijk_persoon", "hr"),
    "vestigingsnummer": ("vestiging", "hr"),
}
OBJECTTYPEN = ("natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging")
REGISTERS = ("brp", "hr")


def adres_group(name: str, column: str = "") -> Field:
    """An adres in a column of its own, or in the columns of the row."""
    return Field(name, Kind.GROUP, column, nullable=True, fields=ADRES)


def adres_filters(name: str, column: str = "") -> tuple[Filter, ...]:
    """The parts of an adres that can be asked for; `column.part` is a part of a group in one column."""
    parts = [part for part in ADRES if part.name[:5] in ("numme", "adres", "land")]
    return tuple(
        Filter(name + part.name[0].upper() + part.name[1:], f"{column}.{part.name}" if column else part.column)
        for part in parts
    )


def references(name: str, column: str, path: tuple[str, ...] = ()) -> tuple[Filter, Filter]:
    """`name__uuid` and `name__url`, which mean the same."""
    return (
        Filter(f"{name}__uuid", column, Kind.UUID, path=path),
        Filter(f"{name}__url", column, Kind.UUID, path=path, url=True),
    )


def object_filters(prefix: str, path: tuple[str, ...] = ()) -> tuple[Filter, ...]:
    """The four keys of a reference; together they mean one reference."""
    return tuple(
        Filter(f"{prefix}{field.name[0].upper()}{field.name[1:]}", field.column, path=path, keyed=keyed)
        for field, keyed in zip(OBJECT, (True, False, False, False), strict=True)
    )


def identificator_filters(prefix: str, path: tuple[str, ...], *, closed: bool = False) -> tuple[Filter, ...]:
    """The four keys of an identificator; together they mean one identificator.

    Type and register follow from the soort, so that all three ask for a set of soorten. `closed`: a code outside the
    standard is an error, not an empty answer.
    """
    sets: dict[str, dict[str, tuple[str, ...]]] = {
        "codeObjecttype": {t: tuple(s for s, (o, _) in IDENTIFICATOREN.items() if o == t) for t in OBJECTTYPEN},
        "codeRegister": {r: tuple(s for s, (_, g) in IDENTIFICATOREN.items() if g == r) for r in REGISTERS},
        "codeSoortObjectId": {soort: (soort,) for soort in IDENTIFICATOREN},
    }
    own = prefix[-1] != "_"  # partijIdentificatorCodeRegister, but partijIdentificator__codeRegister
    codes = tuple(
        Filter(
            prefix + (name[0].upper() + name[1:] if own else name),
            "soort",
            path=path,
            keyed=False,
            codes=values,
            choices=tuple(values) if closed else (),
        )
        for name, values in sets.items()
    )
    return (*codes, Filter(prefix + ("ObjectId" if own else "objectId"), "blind", path=path, secret=True))


def ranges(name: str, column: str) -> tuple[Filter, ...]:
    """Since, after, until and before a moment, spelled as the standard does for a date; an extension of ours."""
    tests = {"gt": Test.AFTER, "gte": Test.SINCE, "lt": Test.BEFORE, "lte": Test.UNTIL}
    return tuple(Filter(f"{name}__{end}", column, Kind.MOMENT, test, keyed=False) for end, test in tests.items())


def contains(name: str, column: str, path: tuple[str, ...] = ()) -> Filter:
    """Part of a text, whatever the capitals."""
    return Filter(name, column, test=Test.CONTAINS, path=path)
