# SPDX-License-Identifier: EUPL-1.2
"""Schrijven: rows of one resource, set by set. What the rules of this database refuse is found by halving the set."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from schakel.kit.projection import Api, Resource
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.relatiebeheer.overname.poorten import Verschil
from schakel.storage.overname.huis import after, insert_sql
from schakel.storage.overname.rijen import LATER, ZOALS_GEGEVEN, Rij
from schakel.storage.pool import Connection
from schakel.storage.register.write_context import House

#: What a rule means when a row does not fit it, by the end of its name.
_REDENEN = {
    "digitaal_adres_uniek": "het adres staat er dubbel; het is bewaard zoals het was",
    "digitaal_adres_standaard": "er zijn twee standaardadressen van deze soort; dit is bewaard zoals het was",
    "digitaal_adres_referentie": "de referentie staat er dubbel; het adres is bewaard zoals het was",
    "partij_identificator_uniek": "dit nummer staat bij nog een partij; het is bewaard zoals het was",
    "partij_identificator_vestiging": "dit vestigingsnummer staat er dubbel; het is bewaard zoals het was",
    "partij_identificator_per_partij": "deze partij heeft twee nummers van deze soort; het is bewaard zoals het was",
    "partij_identificator_sub": "het vestigingsnummer hangt onder geen kvk_nummer; het is bewaard zoals het was",
}
_TAKEN = "was hier al in gebruik"
_TRIES = 5


@dataclass(slots=True)
class Uitkomst:
    """What became of a set."""

    nieuw: set[UUID] = field(default_factory=set)
    later: list[Rij] = field(default_factory=list)
    verschillen: list[Verschil] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Schrijver:
    """Writes rows of one resource within one transaction. `again`: what is not there by now will not come."""

    connection: Connection
    house: House
    api: Api
    resource: Resource
    at: datetime
    bijwerken: bool
    again: bool

    async def write(self, rijen: Sequence[Rij]) -> Uitkomst:
        uitkomst = Uitkomst()
        ready = await self._with_references(rijen, uitkomst)
        await self._insert(ready, uitkomst)
        if not self.again:
            uitkomst.later += [rij for rij in ready if rij.later]
        else:
            await self._link([rij for rij in ready if rij.later], uitkomst)
        return uitkomst

    async def _with_references(self, rijen: Sequence[Rij], uitkomst: Uitkomst) -> list[Rij]:
        """Those whose references are there. The others wait, or go without."""
        ways = [(r.here, r.resource, r.name, r.required) for r in self.resource.relations if not r.many and r.shown]
        ways = [way for way in ways if rijen and way[0] in rijen[0].columns]
        missing: dict[str, set[UUID]] = {}
        for column, other, _, _ in ways:
            missing[column] = await self._missing(other, (rij.columns[column] for rij in rijen))
        actoren = await self._missing("actoren", (actor for rij in rijen for actor in rij.actoren))
        return [rij for rij in rijen if self._fits(rij, ways, missing, actoren, uitkomst)]

    async def _missing(self, resource: str, given: Iterable[object]) -> set[UUID]:
        asked = {uuid for uuid in given if isinstance(uuid, UUID)}
        if not asked:
            return set()
        sql = f"select id from {self.api.resources[resource].table} where id = any($1)"
        return asked - {row["id"] for row in await self.connection.fetch(sql, list(asked))}

    def _fits(
        self, rij: Rij, ways: Sequence[tuple[str, str, str, bool]], missing: dict[str, set[UUID]], actoren: set[UUID],
        uitkomst: Uitkomst,
    ) -> bool:  # fmt: skip
        absent = [(column, name, must) for column, _, name, must in ways if rij.columns[column] in missing[column]]
        lost = [actor for actor in rij.actoren if actor in actoren]
        if (absent or lost) and not self.again:
            uitkomst.later.append(rij)
            return False
        if lost:
            rij.actoren = [actor for actor in rij.actoren if actor not in actoren]
            uitkomst.verschillen.append(self._verschil(rij, "toegewezenAanActoren", "een actor is er niet"))
        for column, name, must in absent:
            uitkomst.verschillen.append(self._verschil(rij, name, "wijst naar iets dat er niet is"))
            rij.columns[column] = None
            if must:
                return False
        return True

    def _verschil(self, rij: Rij, veld: str, reden: str) -> Verschil:
        return Verschil(self.resource.name, rij.uuid, veld, reden)

    async def _insert(self, rijen: Sequence[Rij], uitkomst: Uitkomst) -> None:
        if not rijen:
            return
        try:
            async with self.connection.transaction():
                uitkomst.nieuw |= await self._insert_set(rijen)
        except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as fault:
            if len(rijen) == 1:
                await self._insert_one(rijen[0], fault, uitkomst)
                return
            half = len(rijen) // 2
            await self._insert(rijen[:half], uitkomst)
            await self._insert(rijen[half:], uitkomst)

    async def _insert_one(self, rij: Rij, fault: asyncpg.PostgresError, uitkomst: Uitkomst) -> None:
        """As given where that can be, with what must give way named."""
        for _ in range(_TRIES):
            rule = fault.constraint_name or ""
            if fault.table_name not in (None, self.resource.table):
                raise fault  # a rule of the house about what it adds: not about this row
            if not self._give_way(rij, rule, uitkomst):
                break
            try:
                async with self.connection.transaction():
                    uitkomst.nieuw |= await self._insert_set([rij])
                    return
            except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as next_fault:
                fault = next_fault
        reden = f"past niet in deze database ({fault.constraint_name or type(fault).__name__})"
        uitkomst.verschillen.append(self._verschil(rij, "hele regel", reden))

    def _give_way(self, rij: Rij, rule: str, uitkomst: Uitkomst) -> bool:
        for column in ("referentienummer", "nummer"):
            if rule == f"{self.resource.table}_{column}_key" and rij.columns.get(column) is not None:
                rij.columns[column] = None
                uitkomst.verschillen.append(self._verschil(rij, column, _TAKEN))
                return True
        if self.resource.table in ZOALS_GEGEVEN and not rij.columns["zoals_gegeven"] and rule in _REDENEN:
            rij.columns["zoals_gegeven"] = True
            uitkomst.verschillen.append(self._verschil(rij, "hele regel", _REDENEN[rule]))
            return True
        return False

    async def _insert_set(self, rijen: Sequence[Rij]) -> set[UUID]:
        """COPY into a table beside it, and from there what is new; those that are there already only with bijwerken."""
        table, names = self.resource.table, tuple(rijen[0].columns)
        columns = ", ".join(names)
        await self.connection.execute("drop table if exists nieuw")
        await self.connection.execute(
            f"""create temp table nieuw on commit drop as
                select 0::bigint as plaats_, {columns} from {table} with no data"""
        )
        records = [(n, *(rij.columns[name] for name in names)) for n, rij in enumerate(rijen)]
        await self.connection.copy_records_to_table("nieuw", records=records, columns=("plaats_", *names))
        if self.bijwerken:
            await self._correct(table, names)
        rows = await self.connection.fetch(insert_sql(table, names), *self._house_values(table))
        new = {row["id"] for row in rows}
        touched = rijen if self.bijwerken else [rij for rij in rijen if rij.uuid in new]
        await after(self.connection, table, touched)
        return new

    async def _correct(self, table: str, names: Sequence[str]) -> None:
        """What is there already becomes what it is in the bron; what it was stays readable as history."""
        await self.connection.execute(
            f"""insert into wijziging (resource, resource_id, soort, moment, wie, vervalt_op, vorige)
                select $1, t.id, 'correctie', $2, 'Overname', $3, to_jsonb(t) - 'volgnummer'
                from {table} t join nieuw n on n.id = t.id""",
            self.resource.name,
            self.at,
            vervalt_op("klantcontact", self.at),
        )
        changes = ", ".join(_change(name) for name in names if name not in ("id", "aangemaakt_op", "onvolledig"))
        await self.connection.execute(f"update {table} t set {changes} from nieuw n where n.id = t.id")

    def _house_values(self, table: str) -> tuple[object, ...]:
        return (f"{self.house.prefix}-", self.house.dienst.standaardteam) if table == "klantcontact" else ()

    async def _link(self, rijen: Sequence[Rij], uitkomst: Uitkomst) -> None:
        """The references that go round, now that all rows are there."""
        for column, other in LATER.get(self.resource.name, {}).items():
            pairs = [(rij, rij.later[column]) for rij in rijen if column in rij.later]
            missing = await self._missing(other, (uuid for _, uuid in pairs))
            uitkomst.verschillen += [
                self._verschil(rij, column.removesuffix("_id"), "wijst naar iets dat er niet is")
                for rij, uuid in pairs
                if uuid in missing
            ]
            there = [(rij.uuid, uuid) for rij, uuid in pairs if uuid not in missing]
            await self.connection.execute(
                f"""update {self.resource.table} t set {column} = v.naar
                    from unnest($1::uuid[], $2::uuid[]) v (id, naar) where t.id = v.id""",
                *(list(side) for side in (zip(*there, strict=True) if there else ((), ()))),
            )


def _change(name: str) -> str:
    return f"{name} = coalesce(n.{name}, t.{name})" if name == "nummer" else f"{name} = n.{name}"


def partijen_in(resource: Resource, rijen: Iterable[Rij]) -> Iterator[UUID]:
    """Whom these rows are about, for the logboek."""
    names: tuple[Any, ...] = ("partij_id", "vertegenwoordigende", "vertegenwoordigde")
    for rij in rijen:
        found = [rij.uuid] if resource.table == "partij" else [rij.columns.get(name) for name in names]
        yield from (uuid for uuid in found if isinstance(uuid, UUID))
