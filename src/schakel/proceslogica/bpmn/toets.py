# SPDX-License-Identifier: EUPL-1.2
"""Is a drawing sound? Every element is reached, every road ends, and nothing turns round without a person."""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TypeAlias

from schakel.proceslogica.bpmn.model import Knoop, Procesmodel
from schakel.proceslogica.bpmn.tokens import BEGIN, move, moves, roads
from schakel.proceslogica.dmn.findings import Bevinding

MAX_KNOPEN = 200
MAX_MARKINGS = 5_000

#: Where the proces is: the arrows that hold a token, in the order of the drawing.
Marking: TypeAlias = tuple[str, ...]


def inspect(model: Procesmodel) -> list[Bevinding]:
    """Everything that is wrong with the drawing; empty when it is sound."""
    if len(model.knopen) > MAX_KNOPEN:
        return [Bevinding(model.naam, "", f"het proces heeft meer dan {MAX_KNOPEN} onderdelen.")]
    if found := [*_arrows(model), *_degrees(model), *_choices(model)]:
        return found
    if found := [*_reach(model), *_cycles(model), *_steps(model)]:
        return found
    return list(_play(model))


def _arrows(model: Procesmodel) -> Iterator[Bevinding]:
    for stroom in model.stromen:
        if stroom.van not in model.knopen or stroom.naar not in model.knopen:
            yield Bevinding(stroom.naam or stroom.id, "", "deze pijl begint of eindigt bij een onbekend onderdeel.")


def _degrees(model: Procesmodel) -> Iterator[Bevinding]:
    starts = [knoop for knoop in model.knopen.values() if knoop.soort == "start"]
    if len(starts) != 1:
        yield Bevinding(model.naam, "", f"een proces heeft precies één start; dit heeft er {len(starts)}.")
    if not any(knoop.soort == "einde" for knoop in model.knopen.values()):
        yield Bevinding(model.naam, "", "dit proces heeft geen einde.")
    for knoop in model.knopen.values():
        into, out = len(model.erin[knoop.id]), len(model.uit[knoop.id])
        if knoop.soort == "start" and into:
            yield Bevinding(knoop.aanduiding, "", "naar een start loopt geen pijl.")
        if knoop.soort == "einde" and out:
            yield Bevinding(knoop.aanduiding, "", "van een einde vertrekt geen pijl.")
        if knoop.soort != "einde" and not out:
            yield Bevinding(knoop.aanduiding, "", "hier houdt de weg op zonder einde.")
        if knoop.soort in ("start", "stap", "effect", "beslissing") and out > 1:
            yield Bevinding(knoop.aanduiding, "", "hier vertrekken meer pijlen; gebruik een poort.")


def _choices(model: Procesmodel) -> Iterator[Bevinding]:
    for knoop in model.knopen.values():
        out = model.uit[knoop.id]
        if knoop.soort == "keuze" and len(out) > 1:
            if sum(stroom.standaard for stroom in out) != 1:
                yield Bevinding(knoop.aanduiding, "", "deze poort heeft geen standaardpijl voor al het andere.")
            for stroom in out:
                if not stroom.standaard and stroom.voorwaarde is None:
                    yield Bevinding(knoop.aanduiding, stroom.naam or stroom.id, "deze pijl heeft geen voorwaarde.")
        for stroom in out:
            if stroom.voorwaarde and (knoop.soort != "keuze" or stroom.standaard or len(out) == 1):
                yield Bevinding(knoop.aanduiding, stroom.naam or stroom.id, "een voorwaarde telt hier niet mee.")
        if knoop.soort == "wacht":
            for stroom in out:
                if model.knopen[stroom.naar].soort != "stap":
                    yield Bevinding(knoop.aanduiding, stroom.id, "na deze poort komen alleen stappen.")


def _reach(model: Procesmodel) -> Iterator[Bevinding]:
    forward = {id: {stroom.naar for stroom in model.uit[id]} for id in model.knopen}
    backward = {id: {stroom.van for stroom in model.erin[id]} for id in model.knopen}
    reached = _closure(forward, (id for id, knoop in model.knopen.items() if knoop.soort == "start"))
    ending = _closure(backward, (id for id, knoop in model.knopen.items() if knoop.soort == "einde"))
    for id, knoop in model.knopen.items():
        if id not in reached:
            yield Bevinding(knoop.aanduiding, "", "dit onderdeel wordt nooit bereikt.")
        elif id not in ending:
            yield Bevinding(knoop.aanduiding, "", "van hier komt het proces nooit bij een einde.")


def _cycles(model: Procesmodel) -> Iterator[Bevinding]:
    automatic = {id for id, knoop in model.knopen.items() if knoop.soort != "stap"}
    whole = {id: {stroom.naar for stroom in model.uit[id]} for id in model.knopen}
    bare = {id: whole[id] & automatic for id in automatic}
    for id, knoop in model.knopen.items():
        if id in automatic and id in _closure(bare, bare[id]):
            yield Bevinding(knoop.aanduiding, "", "hier draait het proces rond zonder dat iemand iets doet.")
        elif knoop.soort == "parallel" and id in _closure(whole, whole[id]):
            yield Bevinding(knoop.aanduiding, "", "een parallelle poort in een lus wordt niet ondersteund.")


def _steps(model: Procesmodel) -> Iterator[Bevinding]:
    fasen = {sleutel for sleutel, _ in model.fasen}
    if len(fasen) != len(model.fasen):
        yield Bevinding(model.naam, "", "een fase staat er twee keer.")
    for knoop in model.knopen.values():
        if knoop.soort == "stap" and knoop.fase not in fasen | ({""} if not fasen else set()):
            yield Bevinding(knoop.aanduiding, "fase", "deze stap hoort bij geen fase van het proces.")


def _play(model: Procesmodel) -> Iterator[Bevinding]:
    """Walk through every way it can go; each must be able to end."""
    before: dict[Marking, set[Marking]] = {BEGIN: set()}
    unseen: list[Marking] = [BEGIN]
    while unseen:
        marking = unseen.pop()
        for following in _after(model, marking):
            if twice := _twice(model, following):
                yield Bevinding(twice.aanduiding, "", "dit onderdeel kan twee keer tegelijk aan de beurt komen.")
                return
            if following not in before:
                unseen.append(following)
                if len(before) >= MAX_MARKINGS:
                    yield Bevinding(model.naam, "", "dit proces kan op te veel manieren lopen om na te kijken.")
                    return
            before.setdefault(following, set()).add(marking)
    ending = _closure(before, [()])
    stuck = [marking for marking in before if marking not in ending and marking != BEGIN]
    if stuck:
        dead = next((marking for marking in stuck if not any(moves(model, marking))), stuck[0])
        yield Bevinding(model.doel[dead[0]].aanduiding, "", "hier kan het proces voorgoed blijven wachten.")


def _after(model: Procesmodel, marking: Marking) -> Iterator[Marking]:
    """Every way on. What is automatic and has one way in goes first: it changes nothing for what else may happen."""
    turns = list(moves(model, marking))
    first = next((zet for zet in turns if _has_one_way_in(model, zet.knoop)), None)
    for zet in [first] if first else turns:
        for road in roads(model, zet.knoop):
            yield move(model, marking, zet, road)


def _has_one_way_in(model: Procesmodel, knoop: Knoop) -> bool:
    return knoop.soort in ("einde", "parallel") or (knoop.soort != "stap" and len(model.erin[knoop.id]) <= 1)


def _twice(model: Procesmodel, marking: Marking) -> Knoop | None:
    """The knoop to which two tokens go at once, other than to meet there or to end."""
    seen: set[tuple[str, str]] = set()
    for pijl in marking:
        knoop = model.doel[pijl]
        turn = (knoop.id, pijl if knoop.soort in ("einde", "parallel") else "")
        if turn in seen:
            return knoop
        seen.add(turn)
    return None


def _closure(edges: Mapping[Marking, Set[Marking]] | Mapping[str, Set[str]], begin: Iterable[object]) -> set[object]:
    reached: set[object] = set()
    unseen = list(begin)
    while unseen:
        one = unseen.pop()
        if one not in reached:
            reached.add(one)
            unseen.extend(edges.get(one, ()))  # type: ignore[call-overload]  # both kinds of key are hashable
    return reached
