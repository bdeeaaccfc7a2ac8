# SPDX-License-Identifier: EUPL-1.2
"""How an instance walks: as SpiffWorkflow, an engine of others, walks the same drawing; and over its own wachtpoort."""

import itertools
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.task_parsers import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.defaults import NoneTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from schakel.proceslogica.bpmn.lezen import read_bpmn
from schakel.proceslogica.bpmn.loop import Loop
from schakel.proceslogica.bpmn.toets import inspect
from schakel.proceslogica.bpmn.voorwaarde import understand

from .tekenen import STANDAARD, knoop, pijlen, stap, wrap

EFFECT = '<s:effect soort="vraag_feedback"/>'
MAX_STEPS = 40
Blok = tuple[str, list["Blok"]]

blokken = st.recursive(
    st.sampled_from([("stap", []), ("effect", [])]),
    lambda inner: st.one_of(
        st.tuples(st.just("reeks"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("parallel"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("keuze"), st.lists(inner, min_size=2, max_size=2)),
    ),
    max_leaves=8,
)


class Tekening:
    """A drawing of nested blocks: every branch comes together again. `lus`: at the end it may go back to the start."""

    def __init__(self, blok: Blok, lus: bool) -> None:
        self._number = itertools.count(1)
        self.body, self.arrows = "", list[tuple[str, str, str]]()
        self._add("startEvent", "begin")
        first = self._add("exclusiveGateway", "terug") if lus else "begin"
        if lus:
            self.arrows.append(("begin", "terug", ""))
        last = self._step(self._blok(first, blok))
        if lus:
            self.arrows += [(last, "opnieuw", ""), ("opnieuw", "terug", "verder"), ("opnieuw", "einde", STANDAARD)]
            self._add("exclusiveGateway", "opnieuw", ' default="opnieuw_einde"')
        else:
            self.arrows.append((last, "einde", ""))
        self._add("endEvent", "einde")
        self.xml = wrap(self.body + pijlen(self.arrows))

    def _add(self, kind: str, id: str, attributes: str = "") -> str:
        self.body += knoop(kind, id, EFFECT if kind == "serviceTask" else "", attributes)
        return id

    def _step(self, before: str) -> str:
        id = f"k{next(self._number)}"
        self.body += stap(id)
        self.arrows.append((before, id, ""))
        return id

    def _blok(self, before: str, blok: Blok) -> str:
        """Draw a block behind a knoop; gives the knoop where it ends."""
        kind, parts = blok
        if kind == "stap":
            return self._step(before)
        if kind == "effect":
            id = self._add("serviceTask", f"k{next(self._number)}")
            self.arrows.append((before, id, ""))
            return id
        if kind == "reeks":
            for part in parts:
                before = self._blok(before, part)
            return before
        number = next(self._number)
        gateway = "parallelGateway" if kind == "parallel" else "exclusiveGateway"
        fork, join = f"k{number}", self._add(gateway, f"k{number}_samen")
        self.arrows.append((before, fork, ""))
        for place, part in enumerate(parts):
            entry = self._add("serviceTask", f"k{number}_{place}")
            wanneer = "" if kind == "parallel" else (STANDAARD, f"k{number}_waar")[place]
            self.arrows += [(fork, entry, wanneer), (self._blok(entry, part), join, "")]
        self._add(gateway, fork, f' default="{fork}_{fork}_0"' if kind == "keuze" else "")
        return join


class _Engine(PythonScriptEngine):
    """Evaluates our voorwaarden, not Python."""

    def __init__(self, feiten: Mapping[str, object]) -> None:
        super().__init__()
        self._feiten = feiten

    def evaluate(self, task: object, expression: str, external_context: object = None) -> bool:
        return understand(expression).test(self._feiten)


class _Effect(NoneTask):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.manual = False


class _Parser(BpmnParser):
    OVERRIDE_PARSER_CLASSES = {full_tag("serviceTask"): (TaskParser, _Effect)}


class Theirs:
    """SpiffWorkflow on the same file."""

    def __init__(self, xml: bytes, feiten: Mapping[str, object]) -> None:
        parser = _Parser()
        parser.add_bpmn_str(xml)
        self._flow = BpmnWorkflow(parser.get_spec("proef"), script_engine=_Engine(feiten))

    def _ready(self) -> Iterator[Task]:
        return (task for task in self._flow.tasks.values() if task.state == TaskState.READY)

    def steps(self) -> list[str]:
        self._flow.do_engine_steps()
        return sorted(task.task_spec.name for task in self._ready())

    def do(self, id: str) -> None:
        next(task for task in self._ready() if task.task_spec.name == id).run()


@settings(max_examples=150, deadline=None)
@given(blokken, st.booleans(), st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=MAX_STEPS))
def test_every_drawing_of_blocks_walks_as_another_engine_walks_it(
    blok: Blok, lus: bool, choices: list[tuple[int, bool]]
) -> None:
    straight = Tekening(blok, lus=False).xml
    xml = Tekening(blok, lus and b"parallelGateway" not in straight).xml  # a parallel poort in a lus is refused
    model = read_bpmn(xml)
    assert inspect(model) == []
    feiten: dict[str, object] = {}
    ours, theirs = Loop(model, feiten), Theirs(xml, feiten)
    for number, (choice, verdict) in enumerate(choices):
        last = number == len(choices) - 1
        feiten |= {f"{id}_waar": verdict for id in model.knopen} | {"verder": verdict and not last}
        list(ours.advance())
        steps = [knoop.id for knoop in ours.steps()]
        assert sorted(steps) == theirs.steps()
        if not steps:
            assert ours.tokens == ()
            return
        stap = steps[choice % len(steps)]
        ours = Loop(model, feiten, ours.tokens)  # only this is kept between two steps
        ours.do(stap)
        theirs.do(stap)


def of(steps: int) -> Iterator[tuple[str, str, str]]:
    yield from [("begin", "of", ""), ("stop", "einde", ""), ("of", "stop", "")]
    for number in range(steps):
        yield from [("of", f"s{number}", ""), (f"s{number}", "of", "")]


@pytest.mark.parametrize("steps", [1, 12])
def test_a_wachtpoort_offers_its_steps_and_the_first_one_done_takes_the_others_away(steps: int) -> None:
    ids = ["stop", *(f"s{number}" for number in range(steps))]
    kinds = [("startEvent", "begin"), ("eventBasedGateway", "of"), ("endEvent", "einde")]
    body = "".join(knoop(*each) for each in kinds) + "".join(map(stap, ids))
    model = read_bpmn(wrap(body + pijlen(of(steps))))
    assert inspect(model) == []
    loop = Loop(model, {})
    for turn in range(200):
        assert [each.id for each in loop.advance()] == (["begin", "of"] if turn == 0 else ["of"])
        assert [each.id for each in loop.steps()] == ids
        loop.do(f"s{turn % steps}")
        assert loop.steps() == ()
        assert loop.tokens == (f"s{turn % steps}_of",)
    list(loop.advance())
    loop.do("stop")
    assert [each.id for each in loop.advance()] == ["einde"]
    assert loop.tokens == ()
