# SPDX-License-Identifier: EUPL-1.2
"""Openen: the aanvraag behind a request, for its own klant only, and the Wisselcode that stands beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar.datastructures import Cookie

from schakel.kanaalintegratie.interactie import Interactie
from schakel.kanaalintegratie.mijn import own_interactie
from schakel.kanaalintegratie.verzoek import Verzoek
from schakel.kit.errors import Conflict, NotFound
from schakel.proceslogica.contract import Behandelstand, Behandelwerk
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.page import AnyRequest
from schakel.web.state import web_of
from schakel.web.wie import inwoner_of

CODE = "wisselcode"
VELD = "v_"  # before the name of each question, so that none of them meets a name of the page


class AlreadyHandedIn(Conflict):
    """The draft is no draft any more, here or at the balie."""

    title = "Deze aanvraag is al verstuurd"
    advice = "U hoeft niets meer te doen. In uw overzicht ziet u hoe het ermee staat."


@dataclass(frozen=True, slots=True)
class Aanvraag:
    """One of the klant's own, in a unit of work."""

    diensten: Diensten
    werk: Behandelwerk
    interactie: Interactie
    stand: Behandelstand
    verzoek: Verzoek

    @property
    def pad(self) -> str:
        return f"/mijn/aanvraag/{self.interactie.id}"

    @property
    def is_draft(self) -> bool:
        return self.verzoek.status == "concept"


@dataclass(frozen=True, slots=True)
class Codebeeld:
    """A Wisselcode on a screen. `qr` is where its picture is."""

    code: str
    geldig_tot: datetime
    qr: str


@asynccontextmanager
async def opened(request: AnyRequest, interactie_id: UUID) -> AsyncIterator[Aanvraag]:
    """Raises NotFound for what is no aanvraag of this klant."""
    diensten = diensten_of(request)
    async with diensten.open_werk() as werk:
        interactie = await own_interactie(werk, inwoner_of(request), interactie_id)
        stand = await diensten.behandelingen.behandelstand(werk, interactie_id)
        if stand.verzoek is None:
            raise NotFound
        yield Aanvraag(diensten, werk, interactie, stand, stand.verzoek)


@asynccontextmanager
async def draft(request: AnyRequest, interactie_id: UUID) -> AsyncIterator[Aanvraag]:
    """One that is not handed in; else raises AlreadyHandedIn."""
    async with opened(request, interactie_id) as aanvraag:
        if not aanvraag.is_draft:
            raise AlreadyHandedIn
        yield aanvraag


async def code_beside(request: AnyRequest, aanvraag: Aanvraag) -> tuple[Codebeeld, Cookie]:
    """The Wisselcode to show, and the cookie by which this browser shows the same one on the next page.

    We keep no code that we could show again. The cookie is only sent to the pages of this aanvraag.
    """
    mijn, at, shown = aanvraag.diensten.mijn, aanvraag.diensten.clock(), request.cookies.get(CODE, "")
    code, tot = await mijn.wisselcode(aanvraag.werk, aanvraag.interactie.id, shown, at)
    https = web_of(request).https
    cookie = Cookie(CODE, value=code, path=aanvraag.pad, secure=https, httponly=True, samesite="strict")
    return Codebeeld(code, tot, f"{aanvraag.pad}/qr.svg"), cookie
