# SPDX-License-Identifier: EUPL-1.2
"""Vaststellen: that this medewerker established who the klant is, carried from page to page for half an hour.

Nothing is kept: it is a statement signed with a secret of the sessie, so no other sessie and no other klant can use it.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from schakel.identiteit.vaststelling import Middel, NietVastgesteld, Vaststelling, establish
from schakel.kit.errors import InvalidInput
from schakel.web.page import AnyRequest
from schakel.web.sessie import is_same, medewerker

GELDIG = timedelta(minutes=30)


def sign_vaststelling(request: AnyRequest, partij_id: UUID, middel: Middel, goed: int, at: datetime) -> str:
    """For `v=` in a link or form. Raises NietVastgesteld when it does not suffice."""
    establish(middel, goede_antwoorden=goed)
    until = int((at + GELDIG).timestamp())
    said = f"{middel}.{goed}.{until}"
    return f"{said}.{_mac(request, partij_id, said)}"


def read_vaststelling(request: AnyRequest, partij_id: UUID, token: str, at: datetime) -> Vaststelling | None:
    """What was established of this partij in this sessie; None when nothing, or too long ago."""
    said, _, mac = token.rpartition(".")
    if not said or not is_same(mac, _mac(request, partij_id, said)):
        return None
    middel, goed, until = said.split(".")
    return establish(Middel(middel), goede_antwoorden=int(goed)) if int(until) > at.timestamp() else None


def require_vaststelling(request: AnyRequest, partij_id: UUID, token: str, at: datetime) -> Vaststelling:
    """The same; raises NietVastgesteld."""
    found = read_vaststelling(request, partij_id, token, at)
    if found is None:
        raise NietVastgesteld
    return found


def uuid_of(text: str) -> UUID | None:
    """A key out of a link or form; None when there is none. Raises InvalidInput."""
    try:
        return UUID(text) if text else None
    except ValueError as problem:
        raise InvalidInput(detail="Deze link klopt niet. Zoek de klant opnieuw.") from problem


def link(path: str, **parts: object) -> str:
    """A path of ours with the parts that are there: keys and tokens, never personal data."""
    given = {name: str(value) for name, value in parts.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def _mac(request: AnyRequest, partij_id: UUID, said: str) -> str:
    key = medewerker(request).csrf.encode()
    return hmac.new(key, f"vaststelling:{partij_id}:{said}".encode(), hashlib.sha256).hexdigest()[:40]
