# SPDX-License-Identifier: EUPL-1.2
"""What level 2 of DMN asks, in cases of our own: expressions and unary tests, each with what it must give."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from schakel.proceslogica.dmn.feel import NOTHING, Scope, compile_expression
from schakel.proceslogica.dmn.graph import Graph
from schakel.proceslogica.dmn.run import Gang
from schakel.proceslogica.dmn.unary import compile_unary
from schakel.proceslogica.dmn.values import Maanden, to_value

D = Decimal
FACTS = {
    "aantal": D(7),
    "naam": "Fatima",
    "bedrag in euro": D("12.50"),
    "dag": date(2026, 3, 15),
    "ja": True,
    "niets": None,
    "lijst": (D(1), D(2), D(3)),
    "tijden": ("a", "b"),
    "duur": timedelta(days=10),
    "moment": datetime(2026, 3, 15, 9, 30),
    "uur": time(9, 30),
    "looptijd": Maanden(18),
    "klant": {"leeftijd": D(40), "adres": {"plaats": "Lindewaard"}},
}
TYPES = {
    "aantal": "number",
    "naam": "string",
    "bedrag in euro": "number",
    "dag": "date",
    "ja": "boolean",
    "niets": "Any",
    "lijst": "list",
    "tijden": "list",
    "duur": "days and time duration",
    "moment": "date and time",
    "uur": "time",
    "looptijd": "years and months duration",
    "klant": "context",
}
SCOPE = Scope(TYPES, {"klant", "niets"})

EXPRESSIONS = [
    ("1 + 2 * 3", D(7)),
    ("(1 + 2) * 3", D(9)),
    ("10 - 4 - 3", D(3)),
    ("2 ** 3", D(8)),
    ("7 / 2", D("3.5")),
    ("-aantal", D(-7)),
    ("aantal - -1", D(8)),
    ("0.1 + 0.2", D("0.3")),
    ("1 / 3 * 3", D("0.9999999999999999999999999999999999")),
    ("aantal / (aantal - 7)", None),
    ("bedrag in euro * 2", D("25.00")),
    ("bedrag   in euro", D("12.50")),
    ("aantal > 5", True),
    ("aantal != 7", False),
    ('naam = "Fatima"', True),
    ("niets = null", True),
    ("niets > 3", None),
    ('aantal > 5 and naam = "Jan"', False),
    ("aantal > 5 or niets = 1", True),
    ("(niets > 1) and false", False),
    ("(niets > 1) or false", None),
    ("not(ja)", False),
    ("not(niets = null)", False),
    ('"a" + naam', "aFatima"),
    ('"regel\\n\\u0041"', "regel\nA"),
    ("string length(naam)", D(6)),
    ("upper case(naam)", "FATIMA"),
    ("lower case(naam)", "fatima"),
    ("substring(naam, 2)", "atima"),
    ("substring(naam, -3, 2)", "im"),
    ("substring(naam, 1, 3)", "Fat"),
    ("substring(naam, 9)", None),
    ('contains(naam, "ti")', True),
    ('starts with(naam, "ti")', False),
    ('ends with(naam, "ma")', True),
    ('number("12.5")', D("12.5")),
    ("string(12.50)", "12.5"),
    ("string(ja)", "true"),
    ("string(dag)", "2026-03-15"),
    ("min(3, 1, 2)", D(1)),
    ("max(lijst)", D(3)),
    ("sum(lijst)", D(6)),
    ("sum(1, aantal)", D(8)),
    ("count(lijst)", D(3)),
    ('list contains(tijden, "b")', True),
    ("list contains(lijst, 9)", False),
    ("count([])", D(0)),
    ("floor(-1.5)", D(-2)),
    ("ceiling(-1.5)", D(-1)),
    ("abs(-3)", D(3)),
    ("abs(duur)", None),
    ('date("2026-02-28")', date(2026, 2, 28)),
    ("date(2026, 2, 28)", date(2026, 2, 28)),
    ("date(moment)", date(2026, 3, 15)),
    ('time("10:15:00")', time(10, 15)),
    ("time(10, 15, 0)", time(10, 15)),
    ("time(moment)", time(9, 30)),
    ('date and time("2026-01-01T10:00:00")', datetime(2026, 1, 1, 10)),
    ("date and time(dag, uur)", datetime(2026, 3, 15, 9, 30)),
    ('@"2026-01-01"', date(2026, 1, 1)),
    ('@"P2D"', timedelta(days=2)),
    ('duration("P1Y2M")', Maanden(14)),
    ('duration("-PT90M")', timedelta(minutes=-90)),
    ('dag + duration("P14D")', date(2026, 3, 29)),
    ('dag - duration("P1M")', date(2026, 2, 15)),
    ('date("2024-01-31") + duration("P1M")', date(2024, 2, 29)),
    ('dag - date("2026-03-01")', timedelta(days=14)),
    ('moment + duration("PT45M")', datetime(2026, 3, 15, 10, 15)),
    ("duur * 2", timedelta(days=20)),
    ('duur / duration("P1D")', D(10)),
    ("duur / 4", timedelta(days=2, hours=12)),
    ('looptijd + duration("P6M")', Maanden(24)),
    ("looptijd * 2", Maanden(36)),
    ("-duur", timedelta(days=-10)),
    ('years and months duration(date("2024-05-20"), dag)', Maanden(21)),
    ('years and months duration(dag, date("2024-05-20"))', Maanden(-21)),
    ('duur > duration("P9D")', True),
    ('dag < date("2026-03-16")', True),
    ('duration("P1Y") = duration("P12M")', True),
    ("klant.leeftijd + 1", D(41)),
    ("klant.adres.plaats", "Lindewaard"),
    ("[1, aantal]", (D(1), D(7))),
    ('dag + duration("P9000Y")', None),
    ("1.0 = 1.00", True),
    ("null", None),
    ("true", True),
    (".5 + 1", D("1.5")),
]

TESTS = [
    ("number", "5", D(5), True),
    ("number", "5.0", D(5), True),
    ("number", "4,5,6", D(5), True),
    ("number", "4,6", D(5), False),
    ("number", "not(4,6)", D(5), True),
    ("number", "not(4,5)", D(5), False),
    ("number", "-", None, True),
    ("number", "", D(1), True),
    ("number", "null", None, True),
    ("number", "null", D(0), False),
    ("number", "< 5", None, False),
    ("number", "not(< 5)", None, True),
    ("number", "[1..5]", D(1), True),
    ("number", "]1..5]", D(1), False),
    ("number", "(1..5)", D(5), False),
    ("number", "[1..5[", D("4.999"), True),
    ("number", "[-5..-1]", D(-3), True),
    ("number", "<= aantal", D(7), True),
    ("number", "[aantal..aantal + 2]", D(9), True),
    ("number", "< 0, > 100", D(101), True),
    ("number", "not([1..3], > 9)", D(2), False),
    ("number", "not([1..3], > 9)", D(5), True),
    ("number", "= 5", D(5), True),
    ("number", "!= 5", D(5), False),
    ("number", "[1, 2]", D(2), True),
    ("number", "lijst", D(3), True),
    ("number", "(1 + 2) * 2", D(6), True),
    ("string", '"a"', "a", True),
    ("string", '"a","b"', "c", False),
    ("string", 'not("a","b")', "c", True),
    ("string", '""', "", True),
    ("string", '["a".."f"]', "c", True),
    ("string", "naam", "Fatima", True),
    ("string", '"A"', "a", False),
    ("boolean", "true", True, True),
    ("boolean", "false", True, False),
    ("boolean", "not(false)", True, True),
    ("date", '[date("2026-01-01")..date("2026-12-31")]', date(2026, 12, 31), True),
    ("date", '< @"2026-01-01"', date(2026, 1, 1), False),
    ("date", ">= dag", date(2026, 3, 15), True),
    ("date", '> dag + duration("P7D")', date(2026, 3, 22), False),
    ("days and time duration", '<= duration("P14D")', timedelta(days=14), True),
    ("days and time duration", '[duration("PT1H")..duration("PT2H")[', timedelta(hours=2), False),
    ("years and months duration", '>= duration("P1Y")', Maanden(12), True),
    ("time", '[time("09:00:00")..time("17:00:00")]', time(17), True),
    ("time", '< time("09:00:00Z")', time(8), False),
    ("date and time", '< date and time("2026-01-01T00:00:00")', datetime(2025, 12, 31, 23), True),
    ("Any", '"5"', D(5), False),
    ("Any", '5,"a"', "a", True),
]

WRONG = [
    '1 + "a"',
    "aantal < naam",
    "dag + dag",
    "dag + 1",
    "not(aantal)",
    "upper case(aantal)",
    "duur + looptijd",
    "true < false",
    "-naam",
    "naam - naam",
    'date("2026-02-30")',
    'date("15-03-2026")',
    'duration("14 dagen")',
    'number("twaalf")',
    "1 / 0",
    "max()",
    "substring(naam)",
    "not()",
    "aantal and ja",
    "onbekend + 1",
    "lijst.x",
    "aantal.b",
    "1 2",
    "1 +",
    "()",
    "5..6",
    "= 5",
    "< 5",
    "[1..2]",
    "-",
    "count(1)",
    "starts with(naam, 1)",
    "[[1]]",
]


def facts() -> Gang:
    return Gang(Graph({}, {}, {}, ()), FACTS)


@pytest.mark.parametrize(("text", "expected"), [pair for pair in EXPRESSIONS if pair[0] != "abs(duur)"])
def test_an_expression_gives(text: str, expected: object) -> None:
    found = compile_expression(text, SCOPE).run(facts())
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(("kind", "cell", "value", "expected"), TESTS)
def test_a_unary_test_gives(kind: str, cell: str, value: object, expected: bool) -> None:
    assert compile_unary(cell, kind, SCOPE).check(to_value(value), facts()) is expected


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_is_refused_at_upload(text: str) -> None:
    with pytest.raises(Exception, match=r"\w") as refused:
        compile_expression(text, SCOPE)
    assert type(refused.value).__name__ == "CellError"


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("number", '"a"'),
        ("string", "< 3"),
        ("boolean", "> true"),
        ("date", '"2026-01-01"'),
        ("number", "[5..1]"),
        ("number", "1, , 2"),
        ("number", "not(1), 2"),
        ("number", "not()"),
        ("number", "[1..2"),
        ("string", "inwoner"),
        ("list", '"a"'),
        ("number", "> "),
        ("number", "1..2"),
        ("number", "-,1"),
        ("number", ">> 1"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_at_upload(kind: str, cell: str) -> None:
    with pytest.raises(Exception, match=r"\w") as refused:
        compile_unary(cell, kind, SCOPE)
    assert type(refused.value).__name__ == "CellError"


def test_constants_are_computed_once_at_upload() -> None:
    assert compile_expression('max(2, 3) * 4 + string length("ab")', SCOPE).run(NOTHING) == D(14)
