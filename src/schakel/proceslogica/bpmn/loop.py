# SPDX-License-Identifier: EUPL-1.2
"""Walks one instance of a proces: its whole state is the handful of arrows that hold a token.

Why no engine of others walks here. SpiffWorkflow keeps an instance as a tree of all that was and all that may come: it
grows with every turn of a conversation, and pruning it means reaching into its private parts. Its wachtpoort waits for
messages of systems, ours for a person; with a plain knoop in that place it looks ahead round the loop without end.
The rule of `tokens` is the very one by which the upload check has played the drawing to every end, so that an instance
walks only what was shown to stop. SpiffWorkflow keeps what it is good at: whether a file is BPMN at all (`schema`),
and, in the tests, a second opinion on how the same drawing walks.
"""

from collections.abc import Iterable, Iterator, Mapping

from schakel.proceslogica.bpmn.model import Knoop, Procesmodel, Stroom
from schakel.proceslogica.bpmn.tokens import BEGIN, Zet, automatic, move, moves


class Loop:
    """One instance, walking. `feiten` are the caller's; gateways look at them as they are at that moment."""

    def __init__(self, model: Procesmodel, feiten: Mapping[str, object], tokens: Iterable[str] = BEGIN) -> None:
        self._model, self._feiten = model, feiten
        self.tokens = tuple(tokens)

    def advance(self) -> Iterator[Knoop]:
        """Every knoop that is passed without a person, until somebody must act or all is done."""
        while zet := automatic(self._model, self.tokens):
            yield zet.knoop  # before it is passed: a decision fills the facts that the next gateway looks at
            self._pass(zet)

    def steps(self) -> tuple[Knoop, ...]:
        """The steps that may be done now, in the order of the model."""
        now = {zet.knoop.id for zet in moves(self._model, self.tokens) if zet.knoop.soort == "stap"}
        return tuple(knoop for id, knoop in self._model.knopen.items() if id in now)

    def do(self, id: str) -> None:
        """Pass one step that `steps` gave; after a wachtpoort its neighbours are gone."""
        self._pass(next(zet for zet in moves(self._model, self.tokens) if zet.knoop.id == id))

    def _pass(self, zet: Zet) -> None:
        self.tokens = move(self._model, self.tokens, zet, self._road(zet.knoop))

    def _road(self, knoop: Knoop) -> tuple[Stroom, ...]:
        """At a choice the first arrow whose voorwaarde holds, or else the one without."""
        out = self._model.uit[knoop.id]
        if knoop.soort != "keuze":
            return out
        holds = (stroom for stroom in out if stroom.voorwaarde and stroom.voorwaarde.test(self._feiten))
        return (next(holds, None) or next(stroom for stroom in out if stroom.voorwaarde is None),)
