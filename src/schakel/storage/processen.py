# SPDX-License-Identifier: EUPL-1.2
"""Processen, modellen and beslissingen in PostgreSQL. State is text, so that nothing in it is put in another order."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from schakel.kit.errors import Conflict, NotFound
from schakel.proceslogica.contract import Beslissing, Gedaan, ModelRij, ProcesRij
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.storage.pool import Connection

_UPLOAD_LOCK = 0x5C4A4D  # an advisory lock, next to those of migrations and basis


class SqlProcessen:
    """Fills proceslogica's port `Processen`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, rij: ProcesRij, at: datetime) -> None:
        await self._connection.execute(
            """insert into proces (id, sleutel, versie, interactie_id, status, toestand, volgende, gewijzigd_op)
               values ($1, $2, $3, $4, $5, $6, $7, $8)""",
            rij.id,
            rij.sleutel,
            rij.versie,
            rij.interactie_id,
            rij.status,
            rij.toestand,
            rij.volgende,
            at,
        )

    async def get(self, proces_id: UUID, *, lock: bool = False) -> ProcesRij:
        row = await self._connection.fetchrow(
            f"""select id, sleutel, versie, interactie_id, status, toestand, volgende
                from proces where id = $1 {"for update" if lock else ""}""",
            proces_id,
        )
        if row is None:
            raise NotFound
        return ProcesRij(**dict(row))

    async def save(self, rij: ProcesRij, at: datetime) -> None:
        """Only on top of the row it was made from, whoever forgot to lock it. Raises Conflict."""
        saved = await self._connection.execute(
            """update proces set status = $2, toestand = $3, volgende = $4, gewijzigd_op = $5
               where id = $1 and volgende = $4 - 1""",
            rij.id,
            rij.status,
            rij.toestand,
            rij.volgende,
            at,
        )
        if saved != "UPDATE 1":
            raise Conflict

    async def add_stap(self, proces_id: UUID, indienen_sleutel: str, gedaan: Gedaan) -> None:
        await self._connection.execute(
            """insert into processtap (proces_id, sleutel, stap, titel, actor_id, gedaan_op)
               values ($1, $2, $3, $4, $5, $6)""",
            proces_id,
            indienen_sleutel,
            gedaan.stap,
            gedaan.titel,
            gedaan.actor_id,
            gedaan.op,
        )

    async def was_submitted(self, proces_id: UUID, indienen_sleutel: str) -> bool:
        found: bool = await self._connection.fetchval(
            "select exists (select from processtap where proces_id = $1 and sleutel = $2)", proces_id, indienen_sleutel
        )
        return found

    async def gedaan(self, proces_id: UUID) -> Sequence[Gedaan]:
        rows = await self._connection.fetch(
            """select stap, titel, actor_id, gedaan_op as op from processtap
               where proces_id = $1 order by volgnummer""",
            proces_id,
        )
        return [Gedaan(**dict(row)) for row in rows]


class SqlModellen:
    """Fills proceslogica's port `Modellen`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        await self._connection.execute("select pg_advisory_xact_lock($1)", _UPLOAD_LOCK)

    async def add(self, rij: ModelRij) -> None:
        await self._connection.execute(
            """insert into procesmodel (versie, sleutel, naam, bestanden, geladen_op, geladen_door)
               values ($1, $2, $3, $4, $5, $6) on conflict (versie) do nothing""",
            rij.versie,
            rij.sleutel,
            rij.naam,
            _pack(rij.bestanden),
            rij.geladen_op,
            rij.geladen_door,
        )

    async def get(self, versie: str) -> ModelRij:
        row = await self._connection.fetchrow("select * from procesmodel where versie = $1", versie)
        if row is None:
            raise NotFound
        return _model(row)

    async def in_force(self, sleutel: str) -> str | None:
        found: str | None = await self._connection.fetchval(
            "select versie from proces_in_kracht where sleutel = $1 order by id desc limit 1", sleutel
        )
        return found

    async def put_in_force(self, sleutels: Sequence[str], versie: str, at: datetime) -> None:
        await self._connection.execute(
            "insert into proces_in_kracht (sleutel, versie, vanaf) select unnest($1::text[]), $2, $3",
            list(sleutels),
            versie,
            at,
        )

    async def versions(self, sleutel: str) -> Sequence[tuple[ModelRij, int]]:
        rows = await self._connection.fetch(
            """select m.*, (select count(*) from proces p where p.versie = m.versie and p.status = 'loopt') as lopend
               from procesmodel m
               join (select versie, max(id) as laatste from proces_in_kracht where sleutel = $1 group by versie) k
                 using (versie)
               order by k.laatste desc""",
            sleutel,
        )
        return [(_model(row), row["lopend"]) for row in rows]


class SqlBeslissingen:
    """Fills proceslogica's port `Beslissingen`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, beslissing: Beslissing, proces_id: UUID | None) -> None:
        await self._connection.execute(
            """insert into beslissing (id, proces_id, sleutel, versie, feiten_hash, feiten, uitkomst, redenen, geraakt,
                 genomen_op, vervalt_op)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
            beslissing.id,
            proces_id,
            beslissing.sleutel,
            beslissing.versie,
            beslissing.feiten_hash,
            json.dumps(beslissing.feiten),
            json.dumps(beslissing.uitkomst),
            beslissing.redenen,
            beslissing.geraakt,
            beslissing.genomen_op,
            vervalt_op("beslissing", beslissing.genomen_op),
        )

    async def of_proces(self, proces_id: UUID) -> Sequence[Beslissing]:
        rows = await self._connection.fetch(
            """select id, sleutel, versie, feiten_hash, feiten, uitkomst, redenen, geraakt, genomen_op
               from beslissing where proces_id = $1 order by volgnummer""",
            proces_id,
        )
        return [_beslissing(row) for row in rows]


def _pack(bestanden: Mapping[str, bytes]) -> str:
    return json.dumps({naam: base64.b64encode(inhoud).decode() for naam, inhoud in bestanden.items()})


def _model(row: asyncpg.Record) -> ModelRij:
    bestanden = {naam: base64.b64decode(inhoud) for naam, inhoud in json.loads(row["bestanden"]).items()}
    return ModelRij(row["versie"], row["sleutel"], row["naam"], bestanden, row["geladen_op"], row["geladen_door"])


def _beslissing(row: asyncpg.Record) -> Beslissing:
    return Beslissing(
        row["id"],
        row["sleutel"],
        row["versie"],
        row["feiten_hash"],
        json.loads(row["feiten"]),
        json.loads(row["uitkomst"]),
        tuple(row["redenen"]),
        tuple(row["geraakt"]),
        row["genomen_op"],
    )
