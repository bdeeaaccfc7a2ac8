# SPDX-License-Identifier: EUPL-1.2
"""Walks a proces on SpiffWorkflow, which gets knopen and arrows only: no file, no text to run, no facts.

The spec is built once per model; an instance is a short text of its own (PL-4: it is pinned to the spec it began on).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import ExclusiveGateway, NoneTask, ParallelGateway
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from schakel.proceslogica.bpmn.model import Knoop, Procesmodel

#: One task of the tree: its parent's place (-1 for the root), its name and its state.
Rij: TypeAlias = tuple[int, str, int]

_PREFIX = "k:"  # keeps our ids apart from the names that SpiffWorkflow makes up
_MAX_TURNS = 1_000


class _Voorwaarden(PythonScriptEngine):  # type: ignore[misc]  # untyped library
    """Stands where SpiffWorkflow would run Python. An expression is the id of an arrow, and its test is ours."""

    def __init__(self, model: Procesmodel, feiten: Mapping[str, object]) -> None:
        self._model, self._feiten = model, feiten

    def validate(self, expression: str) -> None:
        if expression not in self._model.voorwaarden:
            raise ValueError(expression)

    def evaluate(self, task: object, expression: str, external_context: object = None) -> bool:
        return self._model.voorwaarden[expression].test(self._feiten)

    def execute(self, task: object, script: str, external_context: object = None) -> None:
        raise NotImplementedError

    def call_service(self, task: object, **kwargs: object) -> None:
        raise NotImplementedError


class Baan:
    """What SpiffWorkflow knows of one model: built once, shared by all its instances."""

    def __init__(self, model: Procesmodel) -> None:
        self.model = model
        self.spec = BpmnProcessSpec(name="proces")
        kinds = {"keuze": ExclusiveGateway, "parallel": ParallelGateway}
        specs = {id: kinds.get(knoop.soort, NoneTask)(self.spec, _PREFIX + id) for id, knoop in model.knopen.items()}
        for id, knoop in model.knopen.items():
            if knoop.soort == "start":
                self.spec.start.connect(specs[id])
            elif knoop.soort == "einde":
                specs[id].connect(self.spec.end)
            for stroom in model.uit[id]:
                if stroom.voorwaarde:
                    specs[id].connect_outgoing_if(stroom.id, specs[stroom.naar])
                else:
                    specs[id].connect(specs[stroom.naar])


class Loop:
    """One instance, walking. `feiten` are the caller's; gateways look at them as they are at that moment."""

    def __init__(self, baan: Baan, feiten: Mapping[str, object], toestand: Sequence[Rij] = ()) -> None:
        self._model = baan.model
        engine = _Voorwaarden(baan.model, feiten)
        if toestand:
            self._flow = BpmnWorkflow(baan.spec, script_engine=engine, deserializing=True)
            self._restore(toestand, baan.spec)
        else:
            self._flow = BpmnWorkflow(baan.spec, script_engine=engine)

    def advance(self) -> Iterator[Knoop]:
        """Every knoop that is passed without a person, until somebody must act or all is done."""
        for _ in range(_MAX_TURNS):
            ready = next((task for task in self._ready() if not self._is_step(task)), None)
            if ready is None:
                return
            knoop = self._knoop(ready)
            if knoop is not None:
                yield knoop  # before it is passed: a decision fills the facts that the next gateway looks at
            ready.run()
        raise RuntimeError(self._model.sleutel)  # the upload check lets no such model in

    def steps(self) -> tuple[Knoop, ...]:
        """The steps that may be done now, in the order of the model."""
        now = {knoop.id for task in self._ready() if (knoop := self._knoop(task)) and knoop.soort == "stap"}
        return tuple(knoop for id, knoop in self._model.knopen.items() if id in now)

    def do(self, id: str) -> None:
        """Pass one step that `steps` gave; after an event gateway its neighbours are gone."""
        task = next(task for task in self._ready() if task.task_spec.name == _PREFIX + id)
        before = self._knoop(task.parent)
        if before is not None and before.soort == "wacht":
            for other in task.parent.children:
                if other is not task:
                    other.cancel()
        task.run()

    def save(self) -> list[Rij]:
        """The tree of tasks, parents first."""
        rows: list[Rij] = []
        root = self._flow.task_tree
        todo: list[tuple[Any, int]] = [(root, -1)]
        if not self._model.has_parallel:  # then the past is one line, and nothing ever looks back at it
            rows.append((-1, root.task_spec.name, root.state))
            todo = [(self._present(root), 0)] if not self._flow.is_completed() else []
        while todo:
            task, parent = todo.pop()
            rows.append((parent, task.task_spec.name, task.state))
            todo += [(child, len(rows) - 1) for child in reversed(task.children)]
        return rows

    def _present(self, root: Any) -> Any:
        """The last finished task under which everything unfinished hangs."""
        task = root
        while True:
            open_children = [child for child in task.children if _has_open(child)]
            if len(open_children) != 1 or not open_children[0].has_state(TaskState.FINISHED_MASK):
                return task if task is not root else open_children[0]
            task = open_children[0]

    def _restore(self, rows: Sequence[Rij], spec: Any) -> None:
        tasks: list[Any] = []
        for parent, name, state in rows:
            above = tasks[parent] if parent >= 0 else None
            tasks.append(Task(self._flow, spec.task_specs[name], above, state=state))
        self._flow.task_tree = tasks[0]

    def _ready(self) -> list[Any]:
        return [task for task in self._flow.tasks.values() if task.state == TaskState.READY]

    def _is_step(self, task: Any) -> bool:
        knoop = self._knoop(task)
        return knoop is not None and knoop.soort == "stap"

    def _knoop(self, task: Any) -> Knoop | None:
        name = task.task_spec.name if task is not None else ""
        return self._model.knopen.get(name.removeprefix(_PREFIX)) if name.startswith(_PREFIX) else None


def _has_open(task: Any) -> bool:
    return any(one.has_state(TaskState.NOT_FINISHED_MASK) for one in task)
