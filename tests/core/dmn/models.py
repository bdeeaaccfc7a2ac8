# SPDX-License-Identifier: EUPL-1.2
"""Writes small DMN models for tests: a table in a few words, with the requirements that it needs."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from schakel.proceslogica.dmn import Definities, check

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def wrap(body: str, namespace: str = NAMESPACE) -> bytes:
    return f'<definitions xmlns="{namespace}" id="model" name="Model" namespace="x">{body}</definitions>'.encode()


def input_data(facts: Mapping[str, str]) -> str:
    return "".join(
        f"<inputData id={quoteattr('in ' + name)} name={quoteattr(name)}>"
        f"<variable name={quoteattr(name)} typeRef={quoteattr(kind)}/></inputData>"
        for name, kind in facts.items()
    )


def requires(facts: Sequence[str] = (), decisions: Sequence[str] = ()) -> str:
    hrefs = [f"<requiredInput href={quoteattr('#in ' + name)}/>" for name in facts]
    hrefs += [f"<requiredDecision href={quoteattr('#' + name)}/>" for name in decisions]
    return "".join(f"<informationRequirement>{href}</informationRequirement>" for href in hrefs)


def text(kind: str, content: str) -> str:
    return f"<{kind}><text>{escape(content)}</text></{kind}>" if content else ""


def a_table(
    inputs: Sequence[tuple[str, str]],
    outputs: Sequence[tuple[str, str]],
    rules: Sequence[Sequence[str]],
    *,
    policy: str = "UNIQUE",
    aggregation: str = "",
    values: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> str:
    """`inputs` and `outputs`: (expression or name, type); the cells of a rule in that order, then perhaps a note."""
    values, defaults = values or {}, defaults or {}
    parts = [f'<decisionTable hitPolicy="{policy}"' + (f' aggregation="{aggregation}"' if aggregation else "") + ">"]
    for expression, kind in inputs:
        parts.append(f"<input><inputExpression typeRef={quoteattr(kind)}><text>{escape(expression)}</text>")
        parts.append("</inputExpression>" + text("inputValues", values.get(expression, "")) + "</input>")
    for name, kind in outputs:
        parts.append(f"<output name={quoteattr(name)} typeRef={quoteattr(kind)}>")
        parts.append(text("outputValues", values.get(name, "")) + text("defaultOutputEntry", defaults.get(name, "")))
        parts.append("</output>")
    for number, rule in enumerate(rules, 1):
        cells = [f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in rule[: len(inputs)]]
        results = rule[len(inputs) : len(inputs) + len(outputs)]
        cells += [f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in results]
        notes = rule[len(inputs) + len(outputs) :]
        cells += [f"<annotationEntry><text>{escape(note)}</text></annotationEntry>" for note in notes]
        parts.append(f'<rule id="r{number}">' + "".join(cells) + "</rule>")
    return "".join(parts) + "</decisionTable>"


def a_decision(name: str, logic: str, facts: Sequence[str] = (), decisions: Sequence[str] = (), kind: str = "") -> str:
    variable = f"<variable name={quoteattr(name)} typeRef={quoteattr(kind)}/>"
    head = f"<decision id={quoteattr(name)} name={quoteattr(name)}>{variable}{requires(facts, decisions)}"
    return f"{head}{logic}</decision>"


def a_literal(expression: str) -> str:
    return f"<literalExpression><text>{escape(expression)}</text></literalExpression>"


def table_model(facts: Mapping[str, str], table: str) -> bytes:
    """One decision `besluit` over these facts."""
    return wrap(input_data(facts) + a_decision("besluit", table, list(facts)))


def check_table(facts: Mapping[str, str], table: str) -> Definities:
    return check(table_model(facts, table))


def check_literal(facts: Mapping[str, str], expression: str, kind: str = "") -> Definities:
    return check(wrap(input_data(facts) + a_decision("besluit", a_literal(expression), list(facts), kind=kind)))
