# SPDX-License-Identifier: EUPL-1.2
"""Poorten: abonnementen and kanalen as resources; fills the ports `Reads` and `Writes` of the register's APIs.

A token sees and changes only the abonnementen that were made with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from schakel.api.notificaties.aanvraag import AFGESCHERMD, read_aanvraag
from schakel.api.notificaties.api import ABONNEMENT, KANAAL, NOTIFICATIES
from schakel.kit.errors import Forbidden, NotFound
from schakel.kit.projection import Parameter
from schakel.relatiebeheer.notificaties.abonnement import Abonnementregel
from schakel.relatiebeheer.notificaties.abonneren import Abonneren
from schakel.relatiebeheer.notificaties.topics import TOPICS, Topic
from schakel.relatiebeheer.register.poorten import Page, PartijZoekvraag, Write, Written
from schakel.relatiebeheer.register.toegang import Houder


@dataclass(frozen=True, slots=True)
class AbonnementReads:
    """`host` is the public address of this gemeente."""

    abonneren: Abonneren
    host: str

    async def page(
        self,
        resource: str,
        parameters: Sequence[Parameter],
        expand: Sequence[str],
        page: int,
        size: int,
        houder: Houder,
        order: str = "",
    ) -> Page:
        """All of them at once, as the standard has it."""
        if resource == KANAAL.name:
            names = {str(parameter.value) for parameter in parameters} or TOPICS.keys()
            rows = [self._kanaal(topic) for topic in TOPICS.values() if topic.naam in names]
        else:
            found = await self.abonneren.opslag.all()
            rows = [self._abonnement(one) for one in found if one.token_id == houder.token_id]
        return Page(len(rows), b",".join(map(msgspec.json.encode, rows)))

    async def search(
        self, resource: str, vraag: PartijZoekvraag, expand: Sequence[str], page: int, size: int, houder: Houder
    ) -> Page:
        """Nothing here is searched by POST."""
        raise NotFound

    async def one(self, resource: str, uuid: UUID, expand: Sequence[str], houder: Houder) -> bytes | None:
        if resource == KANAAL.name:
            return next((msgspec.json.encode(self._kanaal(t)) for t in TOPICS.values() if _uuid(t) == uuid), None)
        try:
            return msgspec.json.encode(self._abonnement(await own(self.abonneren, uuid, houder)))
        except NotFound:
            return None

    def _abonnement(self, regel: Abonnementregel) -> Mapping[str, object]:
        return {
            "url": f"{self.host}{NOTIFICATIES.path}/{ABONNEMENT.name}/{regel.id}",
            "callbackUrl": regel.url,
            "auth": AFGESCHERMD,
            "kanalen": [{"naam": one.naam, "filters": dict(one.filters)} for one in regel.kanalen],
            "vorm": regel.vorm,
        }

    def _kanaal(self, topic: Topic) -> Mapping[str, object]:
        url = f"{self.host}{NOTIFICATIES.path}/{KANAAL.name}/{_uuid(topic)}"
        documentation = f"{self.host}{topic.pad}/{topic.naam}"
        return {"url": url, "naam": topic.naam, "documentatieLink": documentation, "filters": list(topic.filters)}


@dataclass(frozen=True, slots=True)
class AbonnementWrites:
    """Kanalen are ours: nobody makes one."""

    abonneren: Abonneren
    reads: AbonnementReads

    async def write(self, write: Write) -> Written:
        if write.resource != ABONNEMENT.name:
            raise Forbidden
        if write.uuid is None:
            return await self._create(write)
        await own(self.abonneren, write.uuid, write.houder)
        if write.method == "DELETE":
            await self.abonneren.opslag.withdraw(write.uuid)
            return Written(204, b"")
        return await self._change(write, write.uuid)

    async def _create(self, write: Write) -> Written:
        aanvraag = read_aanvraag(write.body, write.houder)
        abonnement_id = await self.abonneren.add(aanvraag, write.houder.token_id)
        return Written(201, await self._shown(abonnement_id, write.houder), abonnement_id)

    async def _change(self, write: Write, uuid: UUID) -> Written:
        now = await self.abonneren.opslag.aanvraag(uuid)
        body: dict[str, Any] = dict(write.body)
        if write.method == "PATCH":
            kanalen = [{"naam": one.naam, "filters": dict(one.filters)} for one in now.kanalen]
            body = {"callbackUrl": now.url, "auth": AFGESCHERMD, "kanalen": kanalen, "vorm": now.vorm, **body}
        wanted = read_aanvraag(body, write.houder)
        if wanted.auth == AFGESCHERMD:
            wanted = replace(wanted, auth=now.auth)
        await self.abonneren.change(uuid, replace(wanted, naam=now.naam))
        return Written(200, await self._shown(uuid, write.houder))

    async def _shown(self, uuid: UUID, houder: Houder) -> bytes:
        return await self.reads.one(ABONNEMENT.name, uuid, (), houder) or b"{}"


async def own(abonneren: Abonneren, uuid: UUID, houder: Houder) -> Abonnementregel:
    """Raises NotFound for what another made."""
    regel = await abonneren.opslag.one(uuid)
    if regel.token_id != houder.token_id:
        raise NotFound
    return regel


def _uuid(topic: Topic) -> UUID:
    return uuid5(NAMESPACE_URL, f"urn:schakel:kanaal:{topic.naam}")
