# SPDX-License-Identifier: EUPL-1.2
"""The demo's people and its postbus, and a mail to the gemeente as anyone would send it."""

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

import aiosmtplib

from schakel.kanaalintegratie.demo import Proefinwoner, Proefpost
from schakel.kit.clock import system_clock
from schakel.kit.errors import InvalidInput, SchakelError
from schakel.kit.ids import new_id
from schakel.kit.text import clean
from schakel.storage.pool import Database

_INWONERS = 8
_NO_ADDRESS = "Vul een e-mailadres in, zoals naam@voorbeeld.example."
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)


class PostRefused(SchakelError):
    """The mail server of this house did not take it; no words of the sender are lost, the form keeps them."""

    status = 503
    title = "Uw e-mail is niet verstuurd"
    advice = "De e-mailontvangst luistert nu niet. Probeer het over een minuut opnieuw."


class SqlDemo:
    """Fills kanaalintegratie's port `Demo`. Mail goes to the SMTP port of this house."""

    def __init__(self, database: Database, smtp_host: str, smtp_port: int, maildomein: str) -> None:
        self._database = database
        self._smtp = (smtp_host, smtp_port)
        self._maildomein = maildomein

    async def inwoners(self) -> Sequence[Proefinwoner]:
        """Aylin first, then others whom the BRP knows."""
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select p.id, p.naam, p.woonplaats from partij p
                   where p.soort = 'persoon' and not p.zelfstandig and p.actief and not p.geheim
                     and exists (select from partij_identificator n where n.partij_id = p.id and n.soort = 'bsn')
                   order by p.naam like 'Aylin%' desc, p.naam, p.id limit $1""",
                _INWONERS,
            )
        return [Proefinwoner(*row) for row in rows]

    async def post(self, limit: int = 50) -> Sequence[Proefpost]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                "select id, ontvangen_op, inhoud from proefpostbus order by ontvangen_op desc, id desc limit $1", limit
            )
        return [Proefpost(row["id"], row["ontvangen_op"], *_read(row["inhoud"])) for row in rows]

    async def post_in(self, van: str, onderwerp: str, tekst: str, aan: str = "") -> None:
        """Raises InvalidInput when `van` is no address that a mail can come from, PostRefused when nobody listens."""
        message, van = EmailMessage(policy=policy.SMTP), clean(van).strip()
        if "@" not in van[1:-1]:
            raise InvalidInput({"van": _NO_ADDRESS})
        try:
            message["From"] = van
            ours = aan.endswith(f"@{self._maildomein}")
            message["To"] = aan if ours else f"gemeente@{self._maildomein}"
            message["Subject"] = " ".join(clean(onderwerp).split())
            message["Date"] = format_datetime(system_clock())
            message["Message-ID"] = make_msgid(domain="proefpostbus.invalid")
            message.set_content(clean(tekst))
            host, port = self._smtp
            await aiosmtplib.send(message, sender=van, hostname=host, port=port, timeout=10, start_tls=False)
        except (aiosmtplib.SMTPSenderRefused, *_FAULTS):
            raise InvalidInput({"van": _NO_ADDRESS}) from None  # the chained text would repeat the address
        except (aiosmtplib.SMTPException, TimeoutError, OSError):
            raise PostRefused from None


async def store_proefpost(database: Database, content: bytes) -> None:
    """Keep one message as it came."""
    async with database.connection() as connection:
        await connection.execute(
            "insert into proefpostbus (id, ontvangen_op, inhoud) values ($1, $2, $3)", new_id(), system_clock(), content
        )


def _read(inhoud: bytes) -> tuple[str, str, str, str, str]:
    """To, from, subject, text and where to answer, whatever the bytes are."""
    try:
        message = message_from_bytes(inhoud, policy=policy.default)
    except _FAULTS:
        return "", "", "", clean(inhoud.decode("utf-8", "replace")), ""
    aan, van, onderwerp, terug = (_header(message, name) for name in ("to", "from", "subject", "reply-to"))
    return aan, van, onderwerp, _text(message, inhoud), terug


def _header(message: EmailMessage, name: str) -> str:
    try:
        return clean(str(message.get(name, "")))
    except _FAULTS:
        return ""


def _text(message: EmailMessage, inhoud: bytes) -> str:
    try:
        body = message.get_body(("plain", "html"))
        tekst = str(body.get_content()) if body is not None else ""
    except _FAULTS:
        tekst = inhoud.partition(b"\r\n\r\n")[2].decode("utf-8", "replace")
    return clean(tekst).replace("\r\n", "\n").strip()
