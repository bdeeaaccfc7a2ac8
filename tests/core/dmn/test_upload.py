# SPDX-License-Identifier: EUPL-1.2
"""What the upload check refuses, and how it says so: element, rule, column, and what to do."""

import time

import pytest
from models import a_decision, a_literal, a_table, check_table, input_data, requires, wrap

from schakel.proceslogica.dmn import ModelRefused, check

TABLE = a_table([("x", "number")], [("uit", "number")], [["1", "1"]])
GOOD = input_data({"x": "number"}) + a_decision("besluit", TABLE, ["x"])


def melding(xml: bytes) -> str:
    with pytest.raises(ModelRefused) as refused:
        check(xml)
    return refused.value.detail


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_every_version_of_dmn_is_read(namespace: str) -> None:
    assert check(wrap(GOOD, namespace)).sleutels == ("besluit",)


def test_a_doctype_or_entity_is_refused_before_it_can_grow() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    body = GOOD.replace('id="besluit"', 'id="&i;"')
    for encoding in ("utf-8", "utf-16"):
        started = time.perf_counter()
        raw = (bomb + "]>" + wrap(body).decode()).encode(encoding)
        assert "bestand" in melding(raw)
        assert time.perf_counter() - started < 1
    outside = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + wrap(GOOD)
    assert "DOCTYPE" in melding(outside)


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b"", "geen geldige XML"),
        (b"<a/>", "geen DMN-model"),
        (wrap(GOOD, "http://www.omg.org/spec/BPMN/20100524/MODEL"), "geen DMN-model"),
        (b" " * (2 * 1024 * 1024 + 1), "groter dan 2 MB"),
        (b"<" * 100_000, "geen geldige XML"),
        (b"<a>" * 5_000, "geen geldige XML"),
        (wrap(GOOD)[:-30], "geen geldige XML"),
        (wrap(""), "geen beslissing"),
        (wrap("<businessKnowledgeModel name='m'/>" + GOOD), "kennismodel"),
        (wrap("<import name='m' namespace='y' importType='z'/>" + GOOD), "import van een ander model"),
        (wrap("<decisionService name='m'/>" + GOOD), "decision service"),
        (wrap(a_decision("b", "<context/>")), "een context wordt niet ondersteund"),
        (wrap(a_decision("b", "<invocation/>")), "invocation"),
        (wrap(a_decision("b", "")), "precies één"),
        (wrap(a_decision("b", TABLE + a_literal("1"))), "precies één"),
        (
            wrap(GOOD.replace("<inputExpression", "<inputExpression expressionLanguage='python'")),
            "andere taal dan FEEL",
        ),
        (wrap(a_decision("b", a_literal("1"), ["weg"])), "Het vereiste gegeven 'in weg' bestaat niet"),
        (wrap(a_decision("b", a_literal("1"), [], ["weg"])), "De vereiste beslissing 'weg' bestaat niet"),
        (wrap(a_decision("b", a_literal("c"), [], ["c"]) + a_decision("c", a_literal("b"), [], ["b"])), "b → c → b"),
        (wrap(a_decision("b", a_literal("b"), [], ["b"])), "in een kring: b → b"),
        (wrap(a_decision("b", a_literal("x")) + input_data({"x": "number"})), "de naam 'x' is hier niet bekend"),
        (wrap(GOOD + input_data({"x": "number"})), "komt twee keer voor"),
        (wrap(input_data({"true": "boolean"}) + GOOD), "een woord van de regeltaal"),
        (wrap(input_data({"a.b": "boolean"}) + GOOD), "heeft geen punt"),
        (wrap(input_data({"y": "Persoon"}) + GOOD), "het type 'Persoon' bestaat niet"),
        (wrap(GOOD.replace('"UNIQUE"', '"BEST"')), "de hit policy 'BEST' bestaat niet"),
        (wrap(GOOD.replace('"UNIQUE"', '"PRIORITY"')), "lijst met uitvoerwaarden"),
        (wrap(GOOD.replace('"UNIQUE"', '"UNIQUE" aggregation="SUM"')), "optelling"),
        (wrap(GOOD.replace("<inputEntry>", "<inputEntry/><inputEntry>")), "regel 1: Het aantal cellen"),
        (
            wrap(f"<decision id='b' name='b'>{requires(['x'])}</decision>".replace("#in", "elders#in")),
            "een ander model",
        ),
    ],
)
def test_a_model_is_refused_with_its_reason(xml: bytes, said: str) -> None:
    assert said.lower() in melding(xml).lower()


CELL = "<inputEntry><text>1</text>"


@pytest.mark.parametrize(
    ("before", "after", "cel"),
    [
        (CELL, "<inputEntry>1", "regel 1, kolom 1"),
        (CELL, "<inputEntry><literalExpression><text>1</text></literalExpression>", "regel 1, kolom 1"),
        (CELL, "<inputEntry><text>1<script>2</script></text>", "regel 1, kolom 1"),
        (CELL, "<inputEntry><text>1</text><text>2</text>", "regel 1, kolom 1"),
        (CELL, "<inputEntry><text>1</text><z:script xmlns:z='z'>2</z:script>", "regel 1, kolom 1"),
        ("<outputEntry>", "<outputEntry><functionDefinition/>", "regel 1, kolom 2"),
        ("</rule>", "<script>import os</script></rule>", "regel 1"),
        ("</inputExpression>", "<importedValues/></inputExpression>", "kolom 1"),
        ("</decisionTable>", "<script>import os</script></decisionTable>", ""),
        ("<decisionTable", "<script>import os</script><decisionTable", ""),
    ],
)
def test_what_nobody_would_read_is_refused_and_never_passed_over(before: str, after: str, cel: str) -> None:
    """A cell that is silently empty would match everything."""
    xml = wrap(GOOD.replace(before, after, 1))
    with pytest.raises(ModelRefused) as refused:
        check(xml)
    assert {(one.element, one.cel) for one in refused.value.bevindingen} == {("besluit", cel)}


@pytest.mark.parametrize(
    ("before", "after", "element"),
    [
        ('name="Model"', 'name="Model" expressionLanguage="python"', "Model"),
        ('name="Model"', 'name="Model" typeLanguage="http://www.java.com/java"', "Model"),
        ("<inputEntry>", "<inputEntry expressionLanguage='javascript'>", "besluit"),
        (
            "<inputData",
            "<itemDefinition name='T' typeLanguage='java'><typeRef>x</typeRef></itemDefinition><inputData",
            "T",
        ),
    ],
)
def test_another_language_than_feel_is_refused_wherever_it_is_named(before: str, after: str, element: str) -> None:
    with pytest.raises(ModelRefused) as refused:
        check(wrap(GOOD).replace(before.encode(), after.encode(), 1))
    assert [one.element for one in refused.value.bevindingen] == [element]


@pytest.mark.parametrize(
    "language", ["feel", "http://www.omg.org/spec/FEEL/20140401", "https://www.omg.org/spec/DMN/20191111/FEEL/"]
)
def test_feel_by_any_of_its_names_is_read(language: str) -> None:
    named = f'name="Model" expressionLanguage="{language}" typeLanguage="{language}"'
    assert check(wrap(GOOD).replace(b'name="Model"', named.encode())).sleutels == ("besluit",)


def test_everything_wrong_is_said_at_once_with_its_place() -> None:
    rules = [["nee", "1"], ["< 5", '"tekst"'], ['"a"', "x +"], ["1", "3"]]
    with pytest.raises(ModelRefused) as refused:
        check_table({"x": "number"}, a_table([("x", "number")], [("uit", "number")], rules, values={"uit": "1,2"}))
    assert [(one.element, one.cel) for one in refused.value.bevindingen] == [
        ("besluit", "regel 1, kolom x"),
        ("besluit", "regel 2, kolom uit"),
        ("besluit", "regel 3, kolom x"),
        ("besluit", "regel 3, kolom uit"),
        ("besluit", "regel 4, kolom uit"),
    ]
    assert "tekst hoort tussen dubbele aanhalingstekens" in refused.value.bevindingen[0].melding


def test_item_definitions_give_types_parts_and_allowed_values() -> None:
    items = (
        '<itemDefinition name=\'Soort\'><typeRef>string</typeRef><allowedValues><text>"a","b"</text></allowedValues>'
        "</itemDefinition><itemDefinition name='Klant'><itemComponent name='eerste leeftijd'><typeRef>number</typeRef>"
        "</itemComponent><itemComponent name='soort'><typeRef>Soort</typeRef></itemComponent></itemDefinition>"
    )
    table = a_table([("klant.eerste leeftijd", ""), ("klant.soort", "")], [("uit", "number")], [["> 3", '"a"', "1"]])
    good = wrap(items + input_data({"klant": "Klant"}) + a_decision("besluit", table, ["klant"]))
    facts = {"klant": {"eerste leeftijd": "4", "soort": "a"}}
    assert check(good).decide("besluit", facts).geraakt[0].regels == (1,)
    assert "getal is niet te vergelijken met tekst" in melding(good.replace(b"&gt; 3", b'"x"'))
    assert "bestaat niet" in melding(good.replace(b"klant.soort", b"klant.naam"))


def test_a_table_of_five_hundred_rules_is_checked_in_seconds() -> None:
    rules = [[f"[{n * 10}..{n * 10 + 9}]", '"a","b"', str(n)] for n in range(500)]
    started = time.perf_counter()
    check_table({"x": "number", "y": "string"}, a_table([("x", "number"), ("y", "string")], [("uit", "number")], rules))
    assert time.perf_counter() - started < 5
    assert "te groot" in melding(wrap(GOOD.replace("</rule>", "</rule>" + "<rule/>" * 1000)))
