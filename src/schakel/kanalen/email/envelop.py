# SPDX-License-Identifier: EUPL-1.2
"""Envelop: what SMTP said about a message, kept beside its bytes."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from schakel.kit.text import clean


class Envelop(msgspec.Struct, frozen=True):
    """`mail_from` empty: the null sender of a bounce. `received_at`: aware, when the last byte came in.

    `peer`: address of the mail server that handed it over.
    """

    mail_from: str
    rcpt_to: Sequence[str]
    received_at: datetime
    peer: str = ""

    def to_dict(self) -> dict[str, object]:
        """As it is stored with the origineel."""
        found: dict[str, object] = msgspec.to_builtins(self)
        return found


def read_envelop(stored: dict[str, object]) -> Envelop:
    """Back from storage; what is missing or odd becomes empty, because the message itself must not wait for it."""
    try:
        return msgspec.convert(stored, Envelop)
    except (msgspec.ValidationError, TypeError):
        rcpt_to = stored.get("rcpt_to")
        return Envelop(
            clean(str(stored.get("mail_from") or "")),
            tuple(clean(str(adres)) for adres in rcpt_to) if isinstance(rcpt_to, list | tuple) else (),
            datetime.now(UTC),
        )
