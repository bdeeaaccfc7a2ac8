# SPDX-License-Identifier: EUPL-1.2
"""Cells from anywhere: each one parses or is refused with a sentence, in bounded time, and nothing else happens."""

import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models import a_table, check_literal, check_table, table_model

from schakel.kit.errors import SchakelError
from schakel.proceslogica.dmn import Bevinding, Definities, ModelRefused, check

FACTS = {"leeftijd": "number", "soort klant": "string", "dag": "date", "klant": ""}
FILLED = {"leeftijd": 20, "soort klant": "inwoner", "dag": "2026-11-24", "klant": {"naam": "x"}}
PIECES = [
    "leeftijd",
    "soort klant",
    "dag",
    "klant.naam",
    "not(",
    "max(",
    "date(",
    'date("2026-01-01")',
    'duration("P1D")',
    "(",
    ")",
    "[",
    "]",
    "..",
    ",",
    "<",
    ">=",
    "=",
    "+",
    "-",
    "*",
    "/",
    "**",
    "9",
    "0.5",
    "99999999999999999999",
    '"a"',
    "null",
    "true",
    "and",
    "or",
    "__import__",
    ".",
    "'",
    "\\",
    '"',
    "@",
    "{",
    "for x in",
    "if",
    "string(",
    "sum(",
    "count(",
    " ",
    "²",
    "\u2028",
]
PYTHON = [
    "__import__('os').system('id')",
    "lambda x: x",
    "open('/etc/passwd').read()",
    "[x for x in y]",
    "1 if True else 2",
    "().__class__.__bases__",
    'exec("1")',
    "leeftijd.__class__",
    "{'a': 1}",
    "f'{leeftijd}'",
    "leeftijd == 3",
    "leeftijd; 1",
    "True",
    "None",
    "not leeftijd",
    "print(1)",
    'eval("1")',
    "leeftijd in (1, 2)",
    "soort klant.upper()",
    "today()",
    "now()",
    "for i in [1] return i",
    "if leeftijd > 1 then 2 else 3",
    "some x in [1] satisfies x",
    'matches("a", "a*")',
    "function(x) x",
    "{a: 1}",
    "leeftijd between 1 and 2",
    "x.y",
    "leeftijd[1]",
]

cells = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(PYTHON)
).map(lambda cell: "".join(c for c in cell if c.isprintable() or c in "\n\t"))


def parses_or_refuses(model: bytes) -> Definities | None:
    started = time.perf_counter()
    found: tuple[Bevinding, ...] = ()
    definities = None
    try:
        definities = check(model)
    except ModelRefused as refused:
        found = refused.bevindingen
    assert definities or found
    assert all(finding.melding for finding in found)
    assert time.perf_counter() - started < 5
    return definities


@settings(max_examples=400, deadline=None)
@given(cells, cells)
def test_any_text_in_any_cell_parses_or_is_refused(asked: str, given_: str) -> None:
    table = a_table([("leeftijd", "number")], [("uit", "")], [[asked, given_]], policy="FIRST")
    if definities := parses_or_refuses(table_model(FACTS, table)):
        with suppress(SchakelError):  # a fact that a cell asks for and that is not there
            definities.decide("besluit", FILLED)


@settings(max_examples=200, deadline=None)
@given(cells)
def test_any_text_as_input_expression_parses_or_is_refused(expression: str) -> None:
    table = a_table([(expression, "")], [("uit", "string")], [["-", '"a"'], ["1", '"b"']], policy="RULE ORDER")
    parses_or_refuses(table_model(FACTS, table))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_sentence(raw: bytes) -> None:
    assert parses_or_refuses(raw) is None


@pytest.mark.parametrize("cell", PYTHON)
def test_what_looks_like_python_or_more_than_s_feel_is_refused_naming_the_cell(cell: str) -> None:
    for rule, place in (([cell, "1"], "kolom leeftijd"), (["-", cell], "kolom uit")):
        with pytest.raises(ModelRefused) as refused:
            check_table(
                FACTS, a_table([("leeftijd", "number")], [("uit", "number")], [["1", "1"], rule], policy="FIRST")
            )
        assert [(one.element, one.cel) for one in refused.value.bevindingen] == [("besluit", f"regel 2, {place}")]


@pytest.mark.parametrize(
    "cell",
    [
        "9" * 900,
        "(" * 400 + "1" + ")" * 400,
        "-" * 900 + "1",
        "+".join(["leeftijd"] * 100),
        "9**9**9**9**9",
        "x" * 5000,
        "2 ** 999999999999",
        "max(" * 200 + "1" + ")" * 200,
        "[" * 500,
        '"' + "\\u0041" * 160 + '"',
        "1," * 499 + "1",
    ],
)
def test_nothing_can_hang(cell: str) -> None:
    started = time.perf_counter()
    for rule in ([cell, "1"], ["-", cell]):
        with suppress(ModelRefused):
            check_table(FACTS, a_table([("leeftijd", "number")], [("uit", "")], [rule], policy="FIRST")).decide(
                "besluit", FILLED
            )
    assert time.perf_counter() - started < 2


def test_powers_and_growing_texts_stay_small() -> None:
    model = check_literal({"n": "number"}, "n ** n")
    assert model.decide("besluit", {"n": 999999}).uitkomst is None
    assert model.decide("besluit", {"n": 3}).uitkomst == Decimal(27)
    assert check_literal({"s": "string"}, "s + s").decide("besluit", {"s": "x" * 6000}).uitkomst is None
