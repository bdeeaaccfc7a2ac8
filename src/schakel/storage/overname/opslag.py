# SPDX-License-Identifier: EUPL-1.2
"""Opslag: where a register moves to; fills the port `Opslag`. Every step is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg
import msgspec

from schakel.kit.clock import Clock, system_clock
from schakel.kit.errors import Conflict
from schakel.kit.ids import new_id
from schakel.kit.projection import Api, Resource
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.regie.doelen import VRAAG
from schakel.regie.logboek import Verwerkingssoort, pseudonym
from schakel.relatiebeheer.overname.poorten import Fase, Overnamestand, Pagina, Verschil
from schakel.storage.overname.controle import Controle
from schakel.storage.overname.nummers import open_taken, set_numbers
from schakel.storage.overname.rijen import make_rij
from schakel.storage.overname.schrijven import Schrijver, partijen_in
from schakel.storage.overname.stand import read_stand
from schakel.storage.pool import Connection, Database
from schakel.storage.register.write_context import House

_BATCH = 1_000
#: A set is small beside its table, which has no statistics yet while it fills.
_BY_INDEX = "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off"
_WAITING = ":later"  # behind the name of a resource: rows that wait for others


class AndereOvername(Conflict):
    """One at a time, and one that stopped is finished first."""

    title = "Er is al een overname bezig"
    advice = "Maak die eerst af: geef hetzelfde commando met dezelfde --url."


@dataclass(slots=True)
class SqlOpslag:
    """`name_key` is the key of the pseudonyms in the logboek."""

    database: Database
    house: House
    name_key: bytes
    clock: Clock = system_clock
    _id: UUID = field(default=UUID(int=0))
    _bijwerken: bool = False

    async def begin(self, bron: str, resources: Sequence[str], *, bijwerken: bool) -> Overnamestand:
        """A new overname, or the one that was not finished."""
        async with self.database.transaction() as connection:
            found = await connection.fetchrow("select * from overname where geeindigd_op is null for update")
            if found is not None and found["bron"] != bron:
                raise AndereOvername
            if found is None:
                await connection.execute("truncate overname_rij, overname_gezien")
                found = await self._new(connection, bron, resources, bijwerken)
            else:
                await connection.execute(
                    "update overname set fout = '', bijgewerkt_op = $2 where id = $1", found["id"], self.clock()
                )
            self._id, self._bijwerken = found["id"], found["bijwerken"]
            return await read_stand(connection, self._id)

    async def _new(
        self, connection: Connection, bron: str, resources: Sequence[str], bijwerken: bool
    ) -> asyncpg.Record:
        at = self.clock()
        row = await connection.fetchrow(
            """insert into overname (id, bron, bijwerken, begonnen_op, bijgewerkt_op) values ($1, $2, $3, $4, $4)
               returning *""",
            new_id(), bron, bijwerken, at,
        )  # fmt: skip
        assert row is not None  # returning
        await connection.execute(
            """insert into overname_resource (overname_id, resource, volgorde)
               select $1, naam, plaats from unnest($2::text[]) with ordinality v (naam, plaats)""",
            row["id"], list(resources),
        )  # fmt: skip
        return row

    async def keep(self, resource: str, number: int, pagina: Pagina, *, laatste: bool) -> int:
        """Keep a page that was fetched, as ciphertext; gives how many rows of this resource there are now."""
        async with self.database.transaction() as connection:
            kept = await self._keep(connection, resource, number, pagina)
            total: int = await connection.fetchval(
                """update overname_resource set pagina = greatest(pagina, $3), gehaald = gehaald + $4, klaar = $5,
                     aantal = greatest($6, case when $5 then aantal else 0 end)
                   where overname_id = $1 and resource = $2 returning gehaald""",
                self._id, resource, number, kept, laatste, pagina.aantal,
            )  # fmt: skip
            await self._touch(connection)
            return total

    async def _keep(self, connection: Connection, resource: str, number: int, pagina: Pagina) -> int:
        """Newest first, so the first row of the first page has place 0."""
        kluis, size = self.house.kluis, 1_000
        rows = [(uuid, number * size + n, kluis.encrypt(raw.decode())) for n, (uuid, raw) in enumerate(pagina.rijen)]
        kept: int = await connection.fetchval(
            """with erbij as (
                 insert into overname_rij (resource, uuid, plaats, cijfer)
                 select distinct on (uuid) $1, uuid, plaats, cijfer
                 from unnest($2::uuid[], $3::bigint[], $4::bytea[]) v (uuid, plaats, cijfer)
                 on conflict do nothing returning 1)
               select count(*) from erbij""",
            resource, [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows],
        )  # fmt: skip
        return kept

    async def enter(self, fase: Fase) -> None:
        """The next fase begins."""
        async with self.database.connection() as connection:
            await connection.execute("update overname set stand = $2 where id = $1", self._id, fase)

    async def write(self, api: Api, resource: Resource, *, again: bool) -> int:
        """Write the next oldest rows that were fetched; 0 when none are left."""
        async with self.database.transaction() as connection:
            await connection.execute(_BY_INDEX)
            return await self._write(connection, api, resource, again=again)

    async def _write(
        self, connection: Connection, api: Api, resource: Resource, *, again: bool, bijwerken: bool = False
    ) -> int:
        name = resource.name + (_WAITING if again else "")
        staged = await connection.fetch(
            """delete from overname_rij where resource = $1 and uuid in (
                 select uuid from overname_rij where resource = $1 order by plaats desc limit $2)
               returning uuid, plaats, cijfer""",
            name, _BATCH,
        )  # fmt: skip
        if not staged:
            return 0
        at, kluis = self.clock(), self.house.kluis
        rijen = [
            make_rij(kluis, resource, row["uuid"], row["cijfer"], msgspec.json.decode(kluis.decrypt(row["cijfer"])), at)
            for row in sorted(staged, key=lambda row: -int(row["plaats"]))
        ]
        schrijver = Schrijver(connection, self.house, api, resource, at, bijwerken, again)
        uitkomst = await schrijver.write(rijen)
        places = {row["uuid"]: row["plaats"] for row in staged}
        await connection.executemany(
            "insert into overname_rij (resource, uuid, plaats, cijfer) values ($1, $2, $3, $4)",
            [(resource.name + _WAITING, rij.uuid, places[rij.uuid], rij.cijfer) for rij in uitkomst.later],
        )
        await self._note(connection, uitkomst.verschillen)
        await self._log(connection, resource, sorted(set(partijen_in(resource, rijen))))
        await connection.execute(
            "update overname_resource set geschreven = geschreven + $3 where overname_id = $1 and resource = $2",
            self._id, resource.name, len(uitkomst.nieuw),
        )  # fmt: skip
        await self._touch(connection)
        return len(staged)

    async def settle(self) -> None:
        """The numbers to come lie beyond those that came in; open taken stand in the werkvoorraad."""
        async with self.database.transaction() as connection:
            await set_numbers(connection)
        while await open_taken(self.database, self.house):
            pass

    async def compare(self, api: Api, resource: Resource, number: int, pagina: Pagina) -> int:
        """Hold a page against what is here, and write what came since the first reading."""
        async with self.database.transaction() as connection:
            await connection.execute(_BY_INDEX)
            controle = Controle(connection, self.house.kluis, api, resource, self._id)
            fresh = await controle.not_seen(pagina)
            behind = await controle.missing(fresh)
            if self._bijwerken:
                behind |= await controle.differing(fresh)
            if behind:
                late = [(uuid, raw) for uuid, raw in fresh if uuid in behind]
                await self._keep(connection, resource.name, number, Pagina(len(late), True, late))
                for again in (False, True):
                    while await self._write(connection, api, resource, again=again, bijwerken=self._bijwerken):
                        pass
            await self._note(connection, await controle.hold(fresh, number, pagina.aantal))
            await self._touch(connection)
        return len(fresh)

    async def stop(self, fout: str) -> None:
        """It cannot go on now; the sentence says why."""
        async with self.database.connection() as connection:
            await connection.execute("update overname set fout = $2 where id = $1", self._id, fout)

    async def finish(self) -> Overnamestand:
        """Done, with what differs; nothing of the bron stays behind but its rows in their own places."""
        async with self.database.transaction() as connection:
            await connection.execute("truncate overname_rij, overname_gezien")
            await connection.execute(
                "update overname set stand = 'klaar', geeindigd_op = $2, bijgewerkt_op = $2 where id = $1",
                self._id, self.clock(),
            )  # fmt: skip
            return await read_stand(connection, self._id)

    async def _touch(self, connection: Connection) -> None:
        await connection.execute("update overname set bijgewerkt_op = $2 where id = $1", self._id, self.clock())

    async def _note(self, connection: Connection, verschillen: Sequence[Verschil]) -> None:
        await connection.executemany(
            """insert into overname_verschil (overname_id, resource, uuid, veld, reden) values ($1, $2, $3, $4, $5)
               on conflict do nothing""",
            [(self._id, one.resource, one.uuid, one.veld, one.reden) for one in verschillen],
        )

    async def _log(self, connection: Connection, resource: Resource, partijen: Sequence[UUID]) -> None:
        """Whose data came in, in the transaction in which they did."""
        if not partijen:
            return
        at = self.clock()
        await connection.execute(
            """insert into verwerking (moment, wie, functie, doel, activiteit, soort, bronnen, gezien, betrokkenen,
                 vervalt_op) values ($1, 'Overname', 'Automatisch', $2, $3, $4, '{Open Klant}', $5, $6, $7)""",
            at, VRAAG.sleutel, f"{resource.name} overnemen", Verwerkingssoort.AUTOMATISCH, list(resource.shows),
            [pseudonym(self.name_key, uuid) for uuid in partijen], vervalt_op("verwerking", at),
        )  # fmt: skip
