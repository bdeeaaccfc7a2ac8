# SPDX-License-Identifier: EUPL-1.2
"""Dubbelen over the API: find likely doubles of a partij, join one into it, and take them apart again.

POST partijen/{uuid}/_dubbelen, POST partijen/{uuid}/_voegsamen (the partij in the path stays) and
POST partijen/{uuid}/_splits (the partij in the path comes back).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from schakel.api.register import fouten
from schakel.api.register.app import Answer, Call, Extension, Successor
from schakel.api.register.body import read_body
from schakel.api.register.parameters import read_pairs, read_switches
from schakel.identiteit.vaststelling import Middel
from schakel.kit.projection import Guard, Invalid
from schakel.relatiebeheer.register.toegang import Houder
from schakel.relatiebeheer.samenvoegen import (
    MAX_REDEN,
    Dubbelen,
    NietSamen,
    NietTeSplitsen,
    Opdracht,
    Paar,
    Samenvoeging,
)

_PARTIJEN = "partijen"


@dataclass(frozen=True, slots=True)
class DubbelenApi:
    """`base` is the address of the API outside."""

    dubbelen: Dubbelen
    base: str

    @property
    def extensions(self) -> Mapping[tuple[str, str], Extension]:
        """To be mounted below partijen."""
        return {
            (_PARTIJEN, "_dubbelen"): self.find,
            (_PARTIJEN, "_voegsamen"): self.merge,
            (_PARTIJEN, "_splits"): self.unmerge,
        }

    @property
    def successors(self) -> Mapping[str, Successor]:
        """For who still has the uuid of a partij that went."""
        return {_PARTIJEN: self.dubbelen.successor}

    async def find(self, call: Call, uuid: UUID, houder: Houder) -> Answer:
        """The likeliest first; partijen that are geheim are neither asked for nor shown here."""
        if not houder.rechten.may_read(_PARTIJEN):
            raise fouten.permission_denied()
        read_switches(read_pairs(call.query), frozenset())
        await read_body(call.header("content-type"), call.receive)
        found = await self.dubbelen.of_partij(uuid, self.dubbelen.houder(houder))
        results = [self._shown(paar) for paar in found]
        return _json({"count": len(results), "next": None, "previous": None, "results": results})

    async def merge(self, call: Call, uuid: UUID, houder: Houder) -> Answer:
        """Raises Fout with every reason why not at once."""
        body = await _allowed_body(call, houder)
        invalid: list[Invalid] = []
        verliezer, reden = _read_partij(body, invalid), _read_reden(body, invalid)
        middel = _read_middel(body, invalid)
        if invalid or verliezer is None:
            raise fouten.invalid_input(invalid)
        try:
            opdracht = Opdracht(uuid, verliezer, reden, middel)
            return _json(self._done(await self.dubbelen.merge(opdracht, self.dubbelen.houder(houder))))
        except NietSamen as refused:
            reasons = [Invalid("partij", one.name.lower(), one.value) for one in refused.beletselen]
            raise fouten.invalid_input(reasons) from None

    async def unmerge(self, call: Call, uuid: UUID, houder: Houder) -> Answer:
        """By the uuid of the partij that went."""
        body = await _allowed_body(call, houder)
        invalid: list[Invalid] = []
        reden = _read_reden(body, invalid)
        if invalid:
            raise fouten.invalid_input(invalid)
        try:
            return _json(self._done(await self.dubbelen.unmerge(uuid, reden, self.dubbelen.houder(houder))))
        except NietTeSplitsen as refused:
            raise fouten.Fout(409, "Conflict", "conflict", refused.title, refused.detail) from None

    def _shown(self, paar: Paar) -> dict[str, Any]:
        beletselen = paar.beletselen()
        return {
            "partij": self._ref(paar.ander.id),
            "score": paar.gelijkenis.score,
            "redenen": paar.gelijkenis.redenen,
            "samenvoegbaar": not beletselen,
            "beletselen": [{"code": one.name.lower(), "reden": one.value} for one in beletselen],
        }

    def _done(self, samenvoeging: Samenvoeging) -> dict[str, Any]:
        return {
            "uuid": str(samenvoeging.id),
            "partij": self._ref(samenvoeging.winnaar_id),
            "samengevoegd": self._ref(samenvoeging.verliezer_id),
            "reden": samenvoeging.reden,
            "redenen": samenvoeging.gronden,
            "samengevoegdOp": samenvoeging.moment,
            "gesplitstOp": samenvoeging.gesplitst_op,
            "verplaatst": samenvoeging.verplaatst,
        }

    def _ref(self, uuid: UUID) -> dict[str, str]:
        return {"uuid": str(uuid), "url": f"{self.base}/{_PARTIJEN}/{uuid}"}


async def _allowed_body(call: Call, houder: Houder) -> dict[str, Any]:
    rechten = houder.rechten
    if not rechten.may_write(_PARTIJEN) or rechten.lacks & {Guard.VERTROUWELIJK, Guard.GEHEIM}:
        raise fouten.permission_denied()  # what a caller may not see, it may not move either
    read_switches(read_pairs(call.query), frozenset())
    return await read_body(call.header("content-type"), call.receive)


def _read_partij(body: Mapping[str, Any], invalid: list[Invalid]) -> UUID | None:
    partij = body.get("partij")
    if not isinstance(partij, dict) or partij.get("uuid") is None:
        invalid.append(Invalid("partij.uuid", "required", "Dit veld is vereist."))
        return None
    try:
        return UUID(partij["uuid"])
    except (ValueError, AttributeError, TypeError):
        invalid.append(Invalid("partij.uuid", "invalid", "Dit is geen geldige UUID."))
        return None


def _read_reden(body: Mapping[str, Any], invalid: list[Invalid]) -> str:
    value = body.get("reden")
    if value is None:
        invalid.append(Invalid("reden", "required", "Dit veld is vereist."))
    elif not isinstance(value, str):
        invalid.append(Invalid("reden", "invalid", "Dit is geen tekst."))
    elif not value.strip():
        invalid.append(Invalid("reden", "blank", "Dit veld mag niet leeg zijn."))
    elif len(value) > MAX_REDEN:
        invalid.append(Invalid("reden", "max_length", f"Dit veld mag niet langer zijn dan {MAX_REDEN} tekens."))
    return value if isinstance(value, str) else ""


def _read_middel(body: Mapping[str, Any], invalid: list[Invalid]) -> Middel | None:
    given = body.get("vaststelling")
    if given in (None, ""):
        return None
    if isinstance(given, str) and given in set(Middel):
        return Middel(given)
    invalid.append(Invalid("vaststelling", "invalid_choice", "Dit is geen geldige keuze."))
    return None


def _json(answer: dict[str, Any]) -> Answer:
    return Answer(200, msgspec.json.encode(answer))
