# SPDX-License-Identifier: EUPL-1.2
"""Pakket: one version of a proces with its decisions, checked as one whole and ready to work with."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from schakel.proceslogica.bpmn.lezen import read_bpmn
from schakel.proceslogica.bpmn.model import Knoop, Procesmodel
from schakel.proceslogica.bpmn.toets import inspect
from schakel.proceslogica.bpmn.xml import is_bpmn
from schakel.proceslogica.dmn import Bevinding, Definities, ModelRefused, check
from schakel.proceslogica.feiten import names_kanaal

MAX_FILES = 20
_OUTPUT = re.compile(r"[a-z][a-z0-9_]{0,63}")
_TYPES = {"getal": "number", "datum": "date", "ja_nee": "boolean", "bijlage": "boolean"}


@dataclass(frozen=True, slots=True)
class Gelezen:
    """Files that were each read, not yet looked at together. `names`: under which name each is kept."""

    models: list[Procesmodel]
    tables: list[Definities]
    names: dict[bytes, str]

    @property
    def beslissingen(self) -> list[str]:
        return [sleutel for each in self.tables for sleutel in each.sleutels]


@dataclass(frozen=True)
class Pakket:
    """`versie`: hash over the content of all files. `bestanden`: one name per model, whatever they were called."""

    versie: str
    bestanden: Mapping[str, bytes]
    model: Procesmodel | None
    definities: tuple[Definities, ...]

    @cached_property
    def beslissingen(self) -> Mapping[str, Definities]:
        """Where each decision is found."""
        return {sleutel: each for each in self.definities for sleutel in each.sleutels}

    @cached_property
    def names(self) -> frozenset[str]:
        """Every fact that the proces can know."""
        return frozenset(_sources(self.model, self.beslissingen)) if self.model else frozenset()

    @cached_property
    def bijlagen(self) -> frozenset[str]:
        """The facts that are documents: a decision sees only whether they are there, whatever their name (KR-1)."""
        knopen = self.model.knopen.values() if self.model else ()
        velden = [veld for knoop in knopen for veld in (knoop.stap.velden if knoop.stap else ())]
        return frozenset(veld.sleutel for veld in velden if veld.soort == "bijlage")

    @property
    def sleutels(self) -> tuple[str, ...]:
        """The keys that this version answers for: the proces first."""
        return (*((self.model.sleutel,) if self.model else ()), *self.beslissingen)

    @property
    def naam(self) -> str:
        return self.model.naam if self.model else self.definities[0].naam

    @property
    def waarschuwingen(self) -> tuple[Bevinding, ...]:
        return tuple(one for each in self.definities for one in each.waarschuwingen)


def outputs_of(definities: Definities, sleutel: str) -> tuple[str, ...]:
    """The facts that a decision adds: its outputs by name, or itself when it has one."""
    table = definities.graph.decisions[sleutel].raw.table
    if table is None or len(table.outputs) == 1:
        return (sleutel,)
    return tuple(output.name for output in table.outputs)


def read_models(bestanden: Iterable[bytes]) -> Gelezen:
    """Raises ModelRefused with what is wrong in any of them."""
    files = list(dict.fromkeys(bestanden))
    if not files or len(files) > MAX_FILES:
        raise ModelRefused([Bevinding("bestand", "", f"bied 1 tot {MAX_FILES} verschillende bestanden aan.")])
    found: list[Bevinding] = []
    gelezen = Gelezen([], [], {})
    for xml in files:
        try:
            if is_bpmn(xml):
                gelezen.models.append(read_bpmn(xml))
                gelezen.names[xml] = f"{gelezen.models[-1].sleutel}.bpmn"
            else:
                gelezen.tables.append(check(xml))
                gelezen.names[xml] = table_name(gelezen.tables[-1])
        except ModelRefused as refusal:
            found += refusal.bevindingen
    if len(gelezen.models) > 1:
        found.append(Bevinding(gelezen.models[1].naam, "", "bied één proces tegelijk aan."))
    if found:
        raise ModelRefused(found)
    return gelezen


def table_name(definities: Definities) -> str:
    """The name under which a DMN model is kept."""
    return f"{definities.id or definities.sleutels[0]}.dmn"


def assemble(bestanden: Iterable[bytes]) -> Pakket:
    """Check models together and make them one version. Raises ModelRefused with everything that is wrong."""
    gelezen = read_models(bestanden)
    model = gelezen.models[0] if gelezen.models else None
    found = [*_doubles(gelezen), *_kanaal(model, gelezen.tables)]
    if model:
        found += inspect(model)
    if model and not found:
        found += _samenhang(model, {sleutel: each for each in gelezen.tables for sleutel in each.sleutels})
    if found:
        raise ModelRefused(found)
    versie = sha256("".join(sorted(sha256(xml).hexdigest() for xml in gelezen.names)).encode()).hexdigest()
    return Pakket(versie, {name: xml for xml, name in gelezen.names.items()}, model, tuple(gelezen.tables))


def _doubles(gelezen: Gelezen) -> Iterator[Bevinding]:
    keys = gelezen.beslissingen
    for sleutel in sorted({sleutel for sleutel in keys if keys.count(sleutel) > 1}):
        yield Bevinding(sleutel, "", "deze beslissing staat in twee bestanden.")
    if len(set(gelezen.names.values())) < len(gelezen.names):
        yield Bevinding("bestand", "", "twee bestanden hebben hetzelfde model-id.")


def _kanaal(model: Procesmodel | None, tables: list[Definities]) -> Iterator[Bevinding]:
    """KR-1: nothing that decides may look at the kanaal."""
    said = "het kanaal mag nooit meetellen: op elk kanaal dezelfde uitkomst."
    for each in tables:
        for name in (name for name in each.gegevens if names_kanaal(name)):
            yield Bevinding(name, "", said)
        for beeld in each.tables():
            cells = [(kolom.expressie, f"kolom {kolom.label}") for kolom in beeld.invoer]
            cells += [(cell, f"regel {r.nummer}") for r in beeld.regels for cell in (*r.invoer, *r.uitvoer)]
            for text, cel in [*cells, (beeld.expressie, "")]:
                if names_kanaal(text):
                    yield Bevinding(beeld.naam, cel, said)
    for stroom in model.stromen if model else ():
        if stroom.voorwaarde and any(names_kanaal(name) for name in stroom.voorwaarde.namen):
            yield Bevinding(stroom.naam or stroom.id, "voorwaarde", said)


def _sources(model: Procesmodel, beslissingen: Mapping[str, Definities]) -> dict[str, str]:
    """Every fact with the FEEL type it has; empty when that is not known."""
    sources = dict.fromkeys(model.feiten, "")
    for knoop in model.knopen.values():
        for veld in knoop.stap.velden if knoop.stap else ():
            sources[veld.sleutel] = _TYPES.get(veld.soort, "string")
        if knoop.beslissing in beslissingen:
            for name in outputs_of(beslissingen[knoop.beslissing], knoop.beslissing):
                sources.setdefault(name, "")
    return sources


def _samenhang(model: Procesmodel, beslissingen: Mapping[str, Definities]) -> Iterator[Bevinding]:
    """Does the drawing find its decisions, and do both find their facts?"""
    sources = _sources(model, beslissingen)
    asked: dict[str, str] = {}
    for knoop in model.knopen.values():
        yield from _velden(knoop, asked)
        for name, feit in knoop.effect.feiten.items() if knoop.effect else ():
            if feit not in sources:
                yield Bevinding(knoop.aanduiding, name, f"het feit '{feit[:40]}' komt nergens vandaan.")
        if knoop.soort == "beslissing" and knoop.beslissing not in beslissingen:
            yield Bevinding(knoop.aanduiding, "", f"de beslissing '{knoop.beslissing}' is er niet bij.")
    for stroom in model.stromen:
        for name in sorted(stroom.voorwaarde.namen - sources.keys()) if stroom.voorwaarde else ():
            yield Bevinding(stroom.naam or stroom.id, "voorwaarde", f"het feit '{name}' komt nergens vandaan.")
    used = {
        id(beslissingen[sleutel]): beslissingen[sleutel] for sleutel in sorted(model.beslissingen & beslissingen.keys())
    }
    for definities in used.values():
        yield from _gegevens(definities, sources)
    for sleutel in sorted(model.beslissingen & beslissingen.keys()):
        for output in outputs_of(beslissingen[sleutel], sleutel):
            if not _OUTPUT.fullmatch(output) or output == "typename":
                yield Bevinding(sleutel, output, "de naam van een uitkomst heeft alleen kleine letters, cijfers en _.")


def _velden(knoop: Knoop, asked: dict[str, str]) -> Iterator[Bevinding]:
    for veld in knoop.stap.velden if knoop.stap else ():
        if asked.setdefault(veld.sleutel, veld.soort) != veld.soort:
            yield Bevinding(knoop.aanduiding, veld.sleutel, "dit veld heeft bij een andere stap een andere soort.")


def _gegevens(definities: Definities, sources: Mapping[str, str]) -> Iterator[Bevinding]:
    for name, kind in definities.gegevens.items():
        base = name.partition(".")[0]
        if base not in sources:
            yield Bevinding(definities.naam, name, "dit gegeven vraagt niemand en geeft niemand.")
        elif sources[base] and kind in _TYPES.values() and sources[base] != kind:
            yield Bevinding(definities.naam, name, f"de regels verwachten {kind}, het formulier geeft {sources[base]}.")
