# SPDX-License-Identifier: EUPL-1.2
"""Bytes of a mail to a Gespreksbijdrage; whatever the bytes are, there is one."""

import hashlib

from schakel.begrippen.gespreksbijdrage import Afzender, Gespreksbijdrage, References
from schakel.begrippen.kanaal import Kanaal
from schakel.kanalen.email.body import Body, read_body
from schakel.kanalen.email.envelop import Envelop
from schakel.kanalen.email.files import with_unique_names
from schakel.kanalen.email.headers import Headers, token_in
from schakel.kanalen.email.loops import is_automatic
from schakel.kanalen.email.structure import TOO_COMPLEX, header_end, read_structure
from schakel.kit.text import clean

UNREADABLE = "Dit bericht is onleesbaar. Open het origineel en neem zo nodig contact op met de afzender."
EMPTY = "Dit bericht is leeg."


def parse_mail(raw: bytes, envelop: Envelop, own: frozenset[str]) -> Gespreksbijdrage:
    """`own`: our own addresses and domains, lower case; a mail from one of them is a loop."""
    try:
        return _parse(raw, envelop, own)
    except Exception:  # never fail is the point: an unread mail must not be lost nor block others (zammad#2754)
        return Gespreksbijdrage(
            afzender=Afzender(Kanaal.EMAIL, clean(envelop.mail_from)[:320]),
            onderwerp="Onleesbaar bericht",
            tekst="",
            ontvangen_op=envelop.received_at,
            aan=tuple(map(clean, envelop.rcpt_to)),
            geautomatiseerd=True,
            gebreken=(UNREADABLE,),
            vingerafdruk=_digest(envelop.mail_from, (raw,)),
        )


def _parse(raw: bytes, envelop: Envelop, own: frozenset[str]) -> Gespreksbijdrage:
    message, whole = read_structure(raw)
    headers = Headers(message)
    mail_from = clean(envelop.mail_from)
    naam, adres = headers.sender(mail_from)
    body = read_body(message) if whole else Body(gebreken=[TOO_COMPLEX])
    if not (body.tekst.strip() or body.bijlagen or body.gebreken or headers.text("subject")):
        body.gebreken.append(EMPTY)
    bijlagen = with_unique_names(body.bijlagen)
    answers = [*headers.ids("in-reply-to"), *reversed(headers.ids("references"))]
    if headers.text("content-type").lower().startswith("multipart/report"):
        answers += body.reported  # which bericht bounced (RFC 3464)
    return Gespreksbijdrage(
        afzender=Afzender(Kanaal.EMAIL, adres[:320], naam),
        onderwerp=headers.text("subject")[:500],
        tekst=body.tekst,
        html=body.html,
        ontvangen_op=envelop.received_at,
        aan=tuple(map(clean, envelop.rcpt_to)),
        bijlagen=bijlagen,
        references=References(
            kenmerk=next(iter(headers.ids("message-id")), ""),
            token=token_in(*envelop.rcpt_to, *headers.recipients(), *answers),
            antwoord_op=tuple(dict.fromkeys(answers))[:50],
        ),
        geautomatiseerd=is_automatic(headers, mail_from, adres, own),
        gebreken=tuple(dict.fromkeys(body.gebreken)),
        vingerafdruk=_fingerprint(headers, mail_from, body, raw if not whole else b""),
    )


def _fingerprint(headers: Headers, mail_from: str, body: Body, unread: bytes) -> str:
    """Equal for one mail however often, to whichever of our addresses and over which relays it came."""
    parts = [headers.text(name).encode() for name in ("from", "subject", "date")]
    parts += [body.tekst.encode(), body.html.encode(), unread[header_end(unread) :].replace(b"\r", b"").strip()]
    for bijlage in body.bijlagen:
        parts += [bijlage.naam.encode(), hashlib.sha256(bijlage.inhoud).digest()]
    return _digest(mail_from, parts)


def _digest(mail_from: str, parts: list[bytes] | tuple[bytes, ...]) -> str:
    digest = hashlib.sha256()
    for part in (mail_from.lower().encode("utf-8", "replace"), *parts):
        digest.update(len(part).to_bytes(8) + part)  # lengths, so that no two rows of parts read the same
    return digest.hexdigest()
