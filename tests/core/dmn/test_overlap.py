# SPDX-License-Identifier: EUPL-1.2
"""Overlaps, gaps and hit policies against the slow and simple truth: try every value, and see."""

import itertools
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models import a_table, check_table

from schakel.proceslogica.dmn import ModelRefused

Cell = tuple[str, Callable[[object], bool]]
FACTS = {"leeftijd": "number", "soort": "string", "inwoning": "boolean"}
COLUMNS = list(FACTS.items())
#: Every half between the bounds that the cells use, and beyond: no cell changes its answer anywhere else.
NUMBERS = [Decimal(n) / 2 for n in range(-3, 16)]
VALUES = (NUMBERS, ["a", "b", "c", "d"], [True, False])


def _number_cell(low: int, high: int, form: int) -> Cell:
    low, high = min(low, high), max(low, high)
    return [
        (f"[{low}..{high}]", lambda v: v is not None and low <= v <= high),
        (f"]{low}..{high}[", lambda v: v is not None and low < v < high),
        (f"({low}..{high}]", lambda v: v is not None and low < v <= high),
        (f"< {high}", lambda v: v is not None and v < high),
        (f">= {low}", lambda v: v is not None and v >= low),
        (f"{low}, {high}", lambda v: v in (low, high)),
        (f"not({low}, {high})", lambda v: v not in (low, high)),
        (f"not([{low}..{high}[)", lambda v: not (v is not None and low <= v < high)),
        ("-", lambda v: True),
        ("null", lambda v: v is None),
    ][form]


numbers = st.builds(_number_cell, st.integers(0, 6), st.integers(0, 6), st.integers(0, 9))
texts = st.sampled_from(
    [
        ('"a"', lambda v: v == "a"),
        ('"a","b"', lambda v: v in ("a", "b")),
        ('not("a")', lambda v: v != "a"),
        ('not("b","c")', lambda v: v not in ("b", "c")),
        ("-", lambda v: True),
    ]
)
booleans = st.sampled_from(
    [("true", lambda v: v is True), ("not(true)", lambda v: v is not True), ("-", lambda v: True)]
)
rules = st.lists(st.tuples(numbers, texts, booleans), min_size=1, max_size=4)


def takes(rule: tuple[Cell, ...], facts: tuple[object, ...]) -> bool:
    return all(cell[1](fact) for cell, fact in zip(rule, facts, strict=True))


def rows(found: list[tuple[Cell, ...]], outputs: list[str]) -> list[list[str]]:
    return [[*(cell[0] for cell in rule), output] for rule, output in zip(found, outputs, strict=True)]


@settings(max_examples=300, deadline=None)
@given(rules)
def test_an_overlap_or_a_gap_is_found_exactly_when_some_value_shows_it(found: list[tuple[Cell, ...]]) -> None:
    everything = list(itertools.product(*((*values, None) for values in VALUES)))
    overlapping = {
        (i, j)
        for (i, first), (j, second) in itertools.combinations(enumerate(found, 1), 2)
        if any(takes(first, facts) and takes(second, facts) for facts in everything)
    }
    try:
        model = check_table(FACTS, a_table(COLUMNS, [("uit", "number")], rows(found, ["1"] * len(found))))
    except ModelRefused as refused:
        named = {tuple(int(word) for word in one.cel.split() if word.isdigit()) for one in refused.bevindingen}
        assert named == overlapping
        for one in refused.bevindingen:
            example = tuple(value for _, value in one.voorbeeld)
            first, second = (found[int(word) - 1] for word in one.cel.split() if word.isdigit())
            assert takes(first, example)
            assert takes(second, example)
        return
    assert not overlapping
    gaps = [one for one in model.waarschuwingen if "geen enkele regel" in one.melding]
    uncovered = any(not any(takes(rule, facts) for rule in found) for facts in itertools.product(*VALUES))
    assert bool(gaps) == uncovered
    for one in gaps:
        assert model.decide("besluit", dict(one.voorbeeld)).uitkomst is None


def _expected(policy: str, hit: list[int], outputs: list[str], order: list[str]) -> object:
    results = [outputs[place] for place in hit]
    if policy == "FIRST":
        return results[0] if results else None
    if policy == "PRIORITY":
        return min(results, key=order.index, default=None)
    if policy == "OUTPUT ORDER":
        return tuple(sorted(results, key=order.index))
    return tuple(results)


@settings(max_examples=200, deadline=None)
@given(
    rules,
    st.lists(st.sampled_from("xyz"), min_size=4, max_size=4),
    st.permutations("xyz"),
    st.sampled_from(["FIRST", "PRIORITY", "OUTPUT ORDER", "RULE ORDER", "COLLECT"]),
    st.tuples(*(st.sampled_from(values) for values in VALUES)),
)
def test_a_hit_policy_gives_what_its_definition_says(
    found: list[tuple[Cell, ...]], letters: list[str], order: list[str], policy: str, facts: tuple[object, ...]
) -> None:
    outputs = letters[: len(found)]
    table = a_table(
        COLUMNS,
        [("uit", "string")],
        rows(found, [f'"{letter}"' for letter in outputs]),
        policy=policy,
        values={"uit": ",".join(f'"{letter}"' for letter in order)},
    )
    hit = [place for place, rule in enumerate(found) if takes(rule, facts)]
    uitkomst = check_table(FACTS, table).decide("besluit", dict(zip(FACTS, facts, strict=True)))
    assert uitkomst.uitkomst == _expected(policy, hit, outputs, order)
    numbers_hit = [place + 1 for place in hit]
    assert sorted(uitkomst.geraakt[0].regels) == (numbers_hit[:1] if policy == "FIRST" else numbers_hit)


def test_an_overlap_names_both_rules_and_facts_that_show_it() -> None:
    table = a_table([("leeftijd", "number")], [("uit", "number")], [["< 18", "1"], ["[12..65]", "2"], ["> 65", "3"]])
    with pytest.raises(ModelRefused) as refused:
        check_table({"leeftijd": "number"}, table)
    (finding,) = refused.value.bevindingen
    assert finding.cel == "regel 1 en regel 2"
    assert "bijvoorbeeld bij leeftijd: 12" in finding.melding


@pytest.mark.parametrize(
    ("kind", "cells", "refused"),
    [
        ("date", ['< date("2026-01-01")', '>= date("2026-01-01")'], False),
        ("date", ['<= date("2026-01-01")', '>= date("2026-01-01")'], True),
        ("date", ['<= date("2026-01-01")', '> date("2026-01-01")', 'date("2026-01-02")'], True),
        ("date", ['[date("2026-01-01")..date("2026-03-31")]', 'date("2026-04-01")'], False),
        ("days and time duration", ['<= duration("P14D")', '> duration("PT336H")'], False),
        ("days and time duration", ['<= duration("P14D")', '>= duration("PT336H")'], True),
        ("years and months duration", ['< duration("P1Y")', '>= duration("P12M")'], False),
        ("string", ['< "m"', '>= "m"'], False),
        ("string", ['<= "m"', '>= "m"'], True),
        ("boolean", ["true", "false"], False),
        ("boolean", ["not(true)", "false"], True),
        ("number", ["null", "not(null)"], False),
        ("number", ["null", "not(4)"], True),
        ("time", ['< time("12:00:00")', '[time("12:00:00")..time("13:00:00")]'], False),
    ],
)
def test_overlap_per_type(kind: str, cells: list[str], refused: bool) -> None:
    table = a_table([("x", kind)], [("uit", "number")], [[cell, str(n)] for n, cell in enumerate(cells)])
    if refused:
        with pytest.raises(ModelRefused):
            check_table({"x": kind}, table)
    else:
        check_table({"x": kind}, table)


def test_two_columns_of_one_fact_are_seen_as_one() -> None:
    columns = [("leeftijd", "number"), ("leeftijd", "number")]
    rows_ = [[">= 18", "< 65", "1"], [">= 65", "-", "2"], ["< 18", "-", "3"]]
    assert check_table({"leeftijd": "number"}, a_table(columns, [("uit", "number")], rows_)).waarschuwingen == ()


def test_an_overlap_that_only_the_facts_can_show_is_a_warning() -> None:
    rows_ = [["< grens", "1"], [">= grens", "2"]]
    facts = {"leeftijd": "number", "grens": "number"}
    model = check_table(facts, a_table([("leeftijd", "number")], [("uit", "number")], rows_))
    assert "misschien" in model.waarschuwingen[0].melding
    assert model.decide("besluit", {"leeftijd": 17, "grens": 18}).uitkomst == Decimal(1)


def test_any_accepts_agreeing_rules_and_refuses_contradicting_ones() -> None:
    agree = [["< 18", '"nee"'], ["< 12", '"nee"'], [">= 18", '"ja"']]
    columns, outputs = [("leeftijd", "number")], [("uit", "string")]
    model = check_table({"leeftijd": "number"}, a_table(columns, outputs, agree, policy="ANY"))
    assert model.decide("besluit", {"leeftijd": 3}).geraakt[0].regels == (1, 2)
    with pytest.raises(ModelRefused, match="regel 1 en regel 2"):
        check_table({"leeftijd": "number"}, a_table(columns, outputs, [*agree[:1], ["< 12", '"ja"']], policy="ANY"))


def test_first_says_which_rule_is_never_reached() -> None:
    rows_ = [["< 18", "1"], ["[3..10]", "2"], ["-", "3"]]
    model = check_table({"x": "number"}, a_table([("x", "number")], [("uit", "number")], rows_, policy="FIRST"))
    assert [(one.cel, "regel 1" in one.melding) for one in model.waarschuwingen] == [("regel 2", True)]
