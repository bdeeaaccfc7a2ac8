# SPDX-License-Identifier: EUPL-1.2
"""Bulk: klantcontacten by the thousands. One lot of lines is one transaction, one line in the logboek, a few copies.

A line may name the uuid of its klantcontact. Sent again, it is found to be there and is not made twice.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from schakel.kit.errors import Conflict, SchakelError
from schakel.kit.projection import Api, Guard
from schakel.relatiebeheer.register.lezen import Fault, read_uuid
from schakel.relatiebeheer.register.maak import Maakvraag, read_maak
from schakel.relatiebeheer.register.poorten import Bulkantwoord, Bulkregel, Refused
from schakel.storage.register.reader import RegisterReader
from schakel.storage.register.write_context import Writing
from schakel.storage.register.write_faults import refusals
from schakel.storage.register.write_maak import is_plain, judge, make, references_of, rows_of
from schakel.storage.register.write_references import Facts, References, facts_of, refuse_missing
from schakel.storage.register.write_together import Rows, copy_together

_KLANTCONTACTEN = "klantcontacten"
_TRIES = 5
_BREATH = 25  # lines that are read before others get their turn


@dataclass(slots=True)
class _Regel:
    """One line, read. `references` are what it points to; `faults` what is wrong with the line itself."""

    nummer: int
    vraag: Maakvraag
    uuid: UUID | None
    plain: bool

    def refused(self, status: int = 400) -> Bulkantwoord:
        return Bulkantwoord(self.nummer, status, invalid=self.vraag.faults() if status == 400 else ())


@dataclass(frozen=True, slots=True)
class Bulk:
    """`open_writing` opens a transaction to write in."""

    api: Api
    reader: RegisterReader
    open_writing: Callable[[], AbstractAsyncContextManager[Writing]]

    async def run(self, lots: AsyncIterator[Sequence[Bulkregel]]) -> AsyncGenerator[Sequence[Bulkantwoord], None]:
        """While PostgreSQL keeps one lot, the next one is read."""
        keeping: asyncio.Task[Sequence[Bulkantwoord]] | None = None
        reading: asyncio.Task[Sequence[_Regel] | None] | None = asyncio.create_task(self._next(lots))
        try:
            while reading or keeping:
                if waiting := [task for task in (reading, keeping) if task and not task.done()]:
                    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                if keeping and keeping.done():
                    answers, keeping = keeping.result(), None
                    yield answers
                if reading and reading.done() and keeping is None:
                    regels, reading = reading.result(), None
                    if regels is not None:
                        keeping = asyncio.create_task(self._keep(regels))
                        reading = asyncio.create_task(self._next(lots))
        finally:  # nobody is left to be told
            left = [task for task in (reading, keeping) if task]
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _next(self, lots: AsyncIterator[Sequence[Bulkregel]]) -> Sequence[_Regel] | None:
        """The next lot, read; None when there is none."""
        lot = await anext(lots, None)
        if lot is None:
            return None
        regels = []
        for n, regel in enumerate(lot, 1):
            regels.append(_read(self.api, regel))
            if n % _BREATH == 0:
                await asyncio.sleep(0)
        return regels

    async def _keep(self, regels: Sequence[_Regel]) -> Sequence[Bulkantwoord]:
        """By copies; one by one when the database refuses one of them."""
        singly = False
        for _ in range(_TRIES):
            try:
                async with self.open_writing() as writing:
                    return await self._lot(writing, regels, singly=singly)
            except (asyncpg.DeadlockDetectedError, asyncpg.SerializationError):
                continue  # somebody sends the same lines at this very moment
            except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError):
                singly = True
            except SchakelError as error:
                return [regel.refused(error.status) for regel in regels]
        return [regel.refused(Conflict.status) for regel in regels]

    async def _lot(self, writing: Writing, regels: Sequence[_Regel], *, singly: bool) -> Sequence[Bulkantwoord]:
        references = [references_of(writing, regel.vraag) for regel in regels]
        facts = await facts_of(writing, _targets(regels, references))
        answers: dict[int, Bulkantwoord] = {}
        there, rows, partijen = {uuid for uuid in facts if uuid in _named(regels)}, [], set[UUID]()
        for regel, pointed in zip(regels, references, strict=True):
            if regel.uuid in there:
                answers[regel.nummer] = Bulkantwoord(regel.nummer, 200, regel.uuid)
                continue
            answer, own = await self._one(writing, regel, pointed, facts, singly=singly)
            answers[regel.nummer] = answer
            if answer.uuid is not None:
                there.add(answer.uuid)
                rows += [own] if own else []
                partijen |= _partij(regel.vraag)
        await copy_together(writing.connection, rows)
        if any(answer.status == 201 for answer in answers.values()):
            await self.reader.note(writing.connection, _KLANTCONTACTEN, list(partijen), writing.houder, "aanmaken")
        return list(answers.values())

    async def _one(
        self, writing: Writing, regel: _Regel, references: References, facts: Facts, *, singly: bool
    ) -> tuple[Bulkantwoord, Rows | None]:
        """The answer, and the rows that are still to be copied."""
        vraag = regel.vraag
        refuse_missing(vraag.whole, references, facts)
        try:
            judge(vraag, facts)
            if (
                Guard.VERTROUWELIJK in writing.houder.rechten.lacks
                and vraag.parts["klantcontact"].values["vertrouwelijk"]
            ):
                return regel.refused(403), None  # who may not read it may not write it
            if regel.plain and not singly:
                made, rows = rows_of(writing, vraag, regel.uuid)
                return Bulkantwoord(regel.nummer, 201, made["klantcontact"][1]), rows
            with refusals():
                async with writing.connection.transaction():
                    made = await make(writing, vraag, regel.uuid)
            return Bulkantwoord(regel.nummer, 201, made["klantcontact"][1]), None
        except Refused as refused:
            return Bulkantwoord(regel.nummer, 400, invalid=refused.invalid), None
        except SchakelError as error:
            return regel.refused(error.status), None


def _read(api: Api, regel: Bulkregel) -> _Regel:
    if regel.body is None:
        vraag = Maakvraag()
        vraag.whole.invalid += regel.invalid
        return _Regel(regel.nummer, vraag, None, plain=True)
    vraag, uuid = read_maak(api.resources, regel.body), None
    try:
        uuid = _uuid(regel.body)
    except Fault as fault:
        vraag.whole.refuse(fault.name, fault.code, fault.reason)
    return _Regel(regel.nummer, vraag, uuid, is_plain(regel.body))


def _partij(vraag: Maakvraag) -> set[UUID]:
    return set() if vraag.partij_id is None else {vraag.partij_id}


def _uuid(body: Mapping[str, Any]) -> UUID | None:
    return None if body.get("uuid") is None else read_uuid("uuid", body["uuid"])


def _named(regels: Sequence[_Regel]) -> set[UUID]:
    return {regel.uuid for regel in regels if regel.uuid is not None}


def _targets(regels: Sequence[_Regel], references: Sequence[References]) -> Iterator[tuple[str, UUID]]:
    """Everything to look up for a lot: what its lines point to, and whether they are there themselves."""
    yield from (target for pointed in references for target in pointed.values())
    yield from ((_KLANTCONTACTEN, uuid) for uuid in _named(regels))
