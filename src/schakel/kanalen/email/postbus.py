# SPDX-License-Identifier: EUPL-1.2
"""Postbus: where a mailbox stands and how to get in, from one address in the settings."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from schakel.kit.clock import AMSTERDAM
from schakel.kit.errors import SchakelError

_PORTS = {"imaps": 993, "imap": 143}
_LOCAL = ("localhost", "127.0.0.1", "::1")


class InvalidPostbus(SchakelError):
    """An address of a mailbox that cannot be used; it never repeats the address, which holds a password."""

    title = "Een postbus in SCHAKEL_IMAP klopt niet"
    advice = (
        "De vorm is imaps://gebruiker:wachtwoord@mail.gemeente.nl/INBOX, met %40 voor een @ in de gebruiker. "
        "Oudere berichten komen mee met ?sinds=2026-11-01 aan het eind."
    )


@dataclass(frozen=True, slots=True)
class Postbus:
    """`tls`: from the first byte (imaps); otherwise STARTTLS is required, except on this machine itself.

    `sinds`: older messages stay where they are; None: those that are there when the account is first opened.
    """

    host: str
    port: int
    gebruiker: str
    wachtwoord: str = field(repr=False)
    folder: str = "INBOX"
    tls: bool = True
    sinds: datetime | None = None

    @property
    def account(self) -> str:
        """Its name in the ledger."""
        return f"imap {self.gebruiker}@{self.host}/{self.folder}"

    @property
    def is_local(self) -> bool:
        return self.host in _LOCAL


def read_postbussen(text: str) -> tuple[Postbus, ...]:
    """Every mailbox of the setting, set apart by white space; raises InvalidPostbus."""
    return tuple(_read(url) for url in text.split())


def _read(url: str) -> Postbus:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        sinds = parse_qs(parts.query).get("sinds", [""])[0]
        since = datetime.fromisoformat(sinds).replace(tzinfo=AMSTERDAM) if sinds else None
    except ValueError:
        raise InvalidPostbus from None
    if parts.scheme not in _PORTS or not (parts.hostname and parts.username and parts.password):
        raise InvalidPostbus
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    gebruiker, wachtwoord = unquote(parts.username), unquote(parts.password)
    return Postbus(parts.hostname, port, gebruiker, wachtwoord, folder, parts.scheme == "imaps", since)
