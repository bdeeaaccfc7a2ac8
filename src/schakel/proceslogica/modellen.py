# SPDX-License-Identifier: EUPL-1.2
"""Modellen: which versions there are, which is in force, and the switch from one to the next (PL-4)."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from schakel.kit.errors import NotFound
from schakel.proceslogica.contract import ModelRij, Modelversie, Proceswerk
from schakel.proceslogica.dmn import Bevinding, ModelRefused
from schakel.proceslogica.pakket import Gelezen, Pakket, assemble, read_models, table_name

MAX_KEPT = 64


class Kast:
    """Pakketten by version, ready for use. A version never changes, so what is kept is never stale."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Pakket] = OrderedDict()

    async def of(self, werk: Proceswerk, versie: str) -> Pakket:
        """Raises NotFound."""
        if versie in self._kept:
            self._kept.move_to_end(versie)
            return self._kept[versie]
        return self.keep(assemble((await werk.modellen.get(versie)).bestanden.values()))

    async def in_force(self, werk: Proceswerk, sleutel: str) -> Pakket:
        """The version by which new work goes now, asked each time: a switch is seen at once. Raises NotFound."""
        versie = await werk.modellen.in_force(sleutel)  # PL-4
        if versie is None:
            raise NotFound
        return await self.of(werk, versie)

    def keep(self, pakket: Pakket) -> Pakket:
        self._kept[pakket.versie] = pakket
        while len(self._kept) > MAX_KEPT:
            self._kept.popitem(last=False)
        return pakket


async def upload(
    werk: Proceswerk, kast: Kast, bestanden: Mapping[str, bytes], at: datetime, door: UUID | None
) -> Modelversie:
    """Check new files together with those in force that they do not replace, and switch. Raises ModelRefused."""
    new = read_models(bestanden.values())
    await werk.modellen.lock()
    base = await _base(werk, kast, new)
    pakket = assemble([*new.names, *(_kept(base, new) if base else ())])
    rij = ModelRij(pakket.versie, pakket.sleutels[0], pakket.naam, dict(pakket.bestanden), at, door)
    await werk.modellen.add(rij)
    await werk.modellen.put_in_force(pakket.sleutels, pakket.versie, at)  # PL-4: one switch for every kanaal
    kast.keep(pakket)
    return _modelversie(rij, pakket.versie, 0, pakket)


async def versies(werk: Proceswerk, kast: Kast, sleutel: str) -> Sequence[Modelversie]:
    """Every version, newest first. Raises NotFound."""
    current = await werk.modellen.in_force(sleutel)
    if current is None:
        raise NotFound
    return [
        _modelversie(rij, current, lopend, await kast.of(werk, rij.versie))
        for rij, lopend in await werk.modellen.versions(sleutel)
    ]


async def _base(werk: Proceswerk, kast: Kast, new: Gelezen) -> Pakket | None:
    """What is in force now for the proces or the decisions in these files."""
    keys = [model.sleutel for model in new.models] + new.beslissingen
    found = {versie for sleutel in keys if (versie := await werk.modellen.in_force(sleutel))}
    if len(found) > 1:
        raise ModelRefused([Bevinding("bestand", "", "deze modellen horen nu bij verschillende processen.")])
    return await kast.of(werk, found.pop()) if found else None


def _kept(base: Pakket, new: Gelezen) -> list[bytes]:
    """The files in force that the new ones leave alone. A proces leaves only when another takes its place."""
    replaced = set(new.names.values())
    if base.model and new.models:
        replaced.add(f"{base.model.sleutel}.bpmn")
    replaced |= {table_name(each) for each in base.definities if set(new.beslissingen) & set(each.sleutels)}
    return [xml for name, xml in base.bestanden.items() if name not in replaced]


def _modelversie(rij: ModelRij, current: str, lopend: int, pakket: Pakket) -> Modelversie:
    return Modelversie(
        rij.sleutel,
        rij.versie,
        rij.naam,
        rij.geladen_op,
        rij.geladen_door,
        rij.versie == current,
        lopend,
        tuple(rij.bestanden),
        pakket.waarschuwingen,
    )
