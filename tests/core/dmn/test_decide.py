# SPDX-License-Identifier: EUPL-1.2
"""Deciding: facts in, outcome with reasons out; the same facts give the same hash, however they are delivered."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import a_decision, a_literal, a_table, check_literal, check_table, input_data, wrap

from schakel.proceslogica.dmn import (
    BeslissingOnbekend,
    BeslissingOnmogelijk,
    Definities,
    FeitOngeldig,
    FeitOntbreekt,
    ModelRefused,
    Waarde,
    check,
)

FACTS = {"inwoning": "boolean", "leeftijd": "number", "relatie": "string", "datum aangifte": "date"}
RULES = [
    ["false", "-", "-", '"niemand"', "-"],
    ["true", "< 16", "-", '"ouder of voogd"', 'duration("P5D")'],
    ["true", ">= 16", '"partner","ouder"', '"niemand"', "-"],
    ["true", ">= 16", 'not("partner","ouder")', '"hoofdbewoner"', 'duration("P5D")', "Beleidsregel inwoning"],
]


@pytest.fixture(scope="module")
def inwoning() -> Definities:
    inputs = [("inwoning", "boolean"), ("leeftijd", "number"), ("relatie", "string")]
    outputs = [("toestemming van", "string"), ("termijn", "days and time duration")]
    return check_table(FACTS, a_table(inputs, outputs, RULES))


def test_a_decision_names_the_rule_the_reasons_and_the_facts_used(inwoning: Definities) -> None:
    facts = {"inwoning": True, "leeftijd": 32, "relatie": "oom", "datum aangifte": "2026-11-24"}
    uitkomst = inwoning.decide("besluit", facts)
    assert uitkomst.uitkomst == {"toestemming van": "hoofdbewoner", "termijn": timedelta(days=5)}
    assert uitkomst.geraakt[0].regels == (4,)
    assert uitkomst.geraakt[0].regel_ids == ("r4",)
    assert uitkomst.redenen[0].kolommen == (
        "inwoning: ja, is ja",
        "leeftijd: 32, is minstens 16",
        "relatie: oom, is geen van: partner, ouder",
    )
    assert uitkomst.redenen[0].toelichting == "Beleidsregel inwoning"
    assert uitkomst.gebruikt == {"inwoning": True, "leeftijd": Decimal(32), "relatie": "oom"}
    assert uitkomst.versie == inwoning.versie
    assert len(uitkomst.versie) == 64


def test_only_what_a_rule_asks_is_needed(inwoning: Definities) -> None:
    assert inwoning.decide("besluit", {"inwoning": False}).gebruikt == {"inwoning": False}
    with pytest.raises(FeitOntbreekt) as missing:
        inwoning.decide("besluit", {"inwoning": True, "relatie": "oom"})
    assert missing.value.naam == "leeftijd"
    assert missing.value.detail == "Het gegeven 'leeftijd' ontbreekt."


def test_an_empty_fact_is_not_a_missing_one(inwoning: Definities) -> None:
    uitkomst = inwoning.decide("besluit", {"inwoning": None})
    assert uitkomst.uitkomst is None
    assert uitkomst.geraakt[0].regels == ()
    assert "Geen enkele regel past" in uitkomst.redenen[0].toelichting


@pytest.mark.parametrize("value", ["twaalf", True, [1], {"a": 1}, float("nan"), 10**60, b"12", "1e5"])
def test_a_fact_of_another_kind_is_refused_without_showing_it(inwoning: Definities, value: object) -> None:
    with pytest.raises(FeitOngeldig) as refused:
        inwoning.decide("besluit", {"inwoning": True, "leeftijd": value})
    assert refused.value.detail == "Het gegeven 'leeftijd' klopt niet: verwacht wordt een getal."


def _as_form(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: str(value).lower() for name, value in facts.items()}


@pytest.mark.norm("KR-1")
@given(st.booleans(), st.integers(0, 120), st.sampled_from(["oom", "partner", "ouder"]), st.randoms())
def test_the_same_facts_however_delivered_give_the_same_hash(
    inwoning: Definities, woont_in: bool, leeftijd: int, relatie: str, random: object
) -> None:
    facts: dict[str, object] = {"inwoning": woont_in, "leeftijd": leeftijd, "relatie": relatie}
    shuffled = list(facts.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ways = [facts, dict(shuffled), _as_form(facts), facts | {"leeftijd": Decimal(f"{leeftijd}.00")}]
    ways += [facts | {"leeftijd": float(leeftijd), "datum aangifte": "2026-01-01", "kanaal": "balie"}]
    taken = [inwoning.decide("besluit", way) for way in ways]
    assert len({uitkomst.input_hash for uitkomst in taken}) == 1
    assert len({(uitkomst.redenen, uitkomst.geraakt) for uitkomst in taken}) == 1
    other = inwoning.decide("besluit", facts | {"inwoning": not woont_in})
    assert other.input_hash != taken[0].input_hash


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        ("", (Decimal(10), Decimal(5))),
        ("SUM", Decimal(15)),
        ("MIN", Decimal(5)),
        ("MAX", Decimal(10)),
        ("COUNT", Decimal(2)),
    ],
)
def test_collect_adds_up(aggregation: str, expected: Waarde) -> None:
    rules = [["< 18", "10"], ["> 3", "5"], ["> 60", "7"]]
    table = a_table([("x", "number")], [("uit", "number")], rules, policy="COLLECT", aggregation=aggregation)
    model = check_table({"x": "number"}, table)
    assert model.decide("besluit", {"x": 10}).uitkomst == expected


def test_collect_without_a_hit() -> None:
    def decide(aggregation: str) -> Waarde:
        table = a_table([("x", "number")], [("uit", "number")], [["1", "1"]], policy="COLLECT", aggregation=aggregation)
        return check_table({"x": "number"}, table).decide("besluit", {"x": 2}).uitkomst

    assert [decide(one) for one in ("", "SUM", "COUNT")] == [(), None, Decimal(0)]


def test_priority_over_two_outputs_and_a_default() -> None:
    rules = [["> 1", '"laag"', "1"], ["> 2", '"hoog"', "2"], ["> 3", '"hoog"', "1"]]
    outputs = [("risico", "string"), ("klasse", "number")]
    values = {"risico": '"hoog","laag"', "klasse": "1,2"}
    defaults = {"risico": '"laag"', "klasse": "2"}
    table = a_table([("x", "number")], outputs, rules, policy="PRIORITY", values=values, defaults=defaults)
    model = check_table({"x": "number"}, table)
    assert model.decide("besluit", {"x": 4}).geraakt[0].regels == (3, 2, 1)
    assert model.decide("besluit", {"x": 4}).uitkomst == {"risico": "hoog", "klasse": Decimal(1)}
    assert model.decide("besluit", {"x": 0}).uitkomst == {"risico": "laag", "klasse": Decimal(2)}
    assert model.waarschuwingen == ()


def test_two_rules_that_meet_at_run_time_only_are_said_so() -> None:
    facts = {"x": "number", "grens": "number"}
    model = check_table(facts, a_table([("x", "number")], [("uit", "number")], [["< grens", "1"], ["> 5", "2"]]))
    with pytest.raises(BeslissingOnmogelijk, match="regel 1 en 2"):
        model.decide("besluit", {"x": 7, "grens": 9})


def test_allowed_values_bound_the_facts_and_the_gaps() -> None:
    table = a_table(
        [("soort", "string")], [("uit", "number")], [['"a"', "1"], ['"b"', "2"]], values={"soort": '"a","b"'}
    )
    model = check_table({"soort": "string"}, table)
    assert model.waarschuwingen == ()
    with pytest.raises(FeitOngeldig, match="een van: a, b"):
        model.decide("besluit", {"soort": "c"})


def test_a_graph_of_decisions_asks_only_for_what_it_needs() -> None:
    risico = a_table([("leeftijd", "number")], [("risico", "string")], [["< 18", '"hoog"'], [">= 18", '"laag"']])
    besluit = a_table(
        [("spoed", "boolean"), ("risico", "string"), ("klant.woonplaats", "string")],
        [("weg", "string"), ("dagen", "number")],
        [
            ["true", "-", "-", '"bellen"', "1"],
            ["false", '"hoog"', "-", '"balie"', "basis + 2"],
            ["false", '"laag"', "-", '"post"', "9"],
        ],
    )
    model = check(
        wrap(
            input_data({"leeftijd": "number", "spoed": "boolean", "klant": "", "basis": "number"})
            + a_decision("besluit", besluit, ["spoed", "klant", "basis"], ["risico"])
            + a_decision("risico", risico, ["leeftijd"])
            + a_decision("tekst", a_literal('besluit.weg + " binnen " + string(besluit.dagen)'), [], ["besluit"])
        )
    )
    uitkomst = model.decide("tekst", {"spoed": False, "leeftijd": 12, "basis": 3})
    assert uitkomst.uitkomst == "balie binnen 5"
    assert [one.tabel for one in uitkomst.geraakt] == ["risico", "besluit"]
    assert set(uitkomst.gebruikt) == {"spoed", "leeftijd", "basis"}
    assert set(model.decide("besluit", {"spoed": True}).gebruikt) == {"spoed"}
    assert [table.vereist for table in model.tables()] == [("risico",), (), ("besluit",)]
    with pytest.raises(BeslissingOnbekend):
        model.decide("iets", {})


def test_a_part_of_a_fact_is_found_inside_it_and_named_in_full() -> None:
    model = check_literal({"klant": ""}, "klant.adres.plaats")
    uitkomst = model.decide("besluit", {"klant": {"adres": {"plaats": "Lindewaard"}, "bsn": "x"}})
    assert uitkomst.uitkomst == "Lindewaard"
    assert uitkomst.gebruikt == {"klant.adres.plaats": "Lindewaard"}
    assert uitkomst.input_hash == model.decide("besluit", {"klant.adres.plaats": "Lindewaard"}).input_hash
    with pytest.raises(FeitOntbreekt, match="klant.adres"):
        model.decide("besluit", {"klant": {}})


def test_a_date_from_a_form_is_a_date() -> None:
    model = check_literal({"dag": "date"}, 'dag + duration("P56D")')
    assert model.decide("besluit", {"dag": "2026-01-01"}).uitkomst == date(2026, 2, 26)


@pytest.mark.norm("GE-10")
def test_a_table_is_ready_to_show(inwoning: Definities) -> None:
    (table,) = inwoning.tables()
    assert [kolom.label for kolom in (*table.invoer, *table.uitvoer)] == [
        "inwoning",
        "leeftijd",
        "relatie",
        "toestemming van",
        "termijn",
    ]
    assert (table.regels[3].id, table.regels[3].nummer, table.regels[3].invoer[2]) == (
        "r4",
        4,
        'not("partner","ouder")',
    )


def test_an_unsupported_or_unreadable_chain_is_refused() -> None:
    names = [f"b{n}" for n in range(15)]
    chain = [a_decision(name, a_literal("1"), [], names[n + 1 : n + 2]) for n, name in enumerate(names)]
    for order in (chain, chain[::-1]):
        with pytest.raises(ModelRefused, match="na elkaar"):
            check(wrap("".join(order)))
