# SPDX-License-Identifier: EUPL-1.2
"""Columns: what a description names that is not simply a column, as SQL; {t} is the row."""

_ACHTERNAAM = """case when {t}.voornaam = '' and {t}.achternaam = '' and {t}.voorletters = '' then {t}.naam
                 else {t}.achternaam end"""

_EXPRESSIONS: dict[tuple[str, str], str] = {
    ("partij", "geheim_gezegd"): "(case when {t}.geheim_bekend then {t}.geheim end)",
    ("partij", "huisnummer"): "(case when {t}.huisnummer ~ '^[1-9][0-9]{{0,4}}$' then {t}.huisnummer::integer end)",
    ("partij", "postcode"): """(case when length({t}.postcode) = 6
        then left({t}.postcode, 4) || ' ' || right({t}.postcode, 2) else '' end)""",
    # A name of which the parts were never told apart stands where a reader looks first.
    ("partij", "achternaam"): f"({_ACHTERNAAM})",
    ("betrokkene", "achternaam"): f"({_ACHTERNAAM})",
    ("partij_identificator", "code_objecttype"): """(case {t}.soort when 'bsn' then 'natuurlijk_persoon'
        when 'vestigingsnummer' then 'vestiging' else 'niet_natuurlijk_persoon' end)""",
    ("partij_identificator", "code_register"): "(case {t}.soort when 'bsn' then 'brp' else 'hr' end)",
    ("digitaal_adres", "verificatie_datum"): "(({t}.geverifieerd_op at time zone 'Europe/Amsterdam')::date)",
    ("categorie_relatie", "categorie_naam"): "(select c.naam from categorie c where c.id = {t}.categorie_id)",
}


def shown(table: str, column: str, row: str, marker: str) -> str:
    """The value that an answer shows. A bsn leaves the database as ciphertext between markers."""
    if (table, column) == ("partij_identificator", "object_id"):
        cijfer = f"'{marker}' || encode({row}.cijfer, 'hex') || '~'"
        return f"(case when {row}.soort = 'bsn' then {cijfer} else {row}.nummer end)"
    return sought(table, column, row) if (table, column) not in _EXPRESSIONS else _fill(table, column, row)


def sought(table: str, column: str, row: str) -> str:
    """The value that a filter looks at: by the parts of a name as they were given, else as shown."""
    if column == "achternaam" or (table, column) not in _EXPRESSIONS:
        return f"{row}.{column}"
    return _fill(table, column, row)


def _fill(table: str, column: str, row: str) -> str:
    return _EXPRESSIONS[table, column].format(t=row)
