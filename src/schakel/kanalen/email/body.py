# SPDX-License-Identifier: EUPL-1.2
"""The body of a mail: readable text, harmless html and every attachment, whatever the structure."""

import base64
import binascii
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message
from html import escape
from typing import NamedTuple

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.kanalen.email.files import file_name, media_type, safe_name, take_uuencoded
from schakel.kanalen.email.headers import Headers
from schakel.kanalen.email.markup import MAX_HTML, sanitise, to_text
from schakel.kanalen.email.words import decode_bytes

MAX_PARTS, MAX_DEPTH, MAX_TEXT = 500, 50, 1_000_000
TOO_MANY = "Dit bericht heeft te veel delen; de rest staat alleen in het origineel."
TOO_LONG = "De tekst van dit bericht is te lang; de rest staat alleen in het origineel."
ONLY_SHOWN = "Dit bericht heeft alleen opmaak of afbeeldingen van elders. Bekijk het origineel."
NOT_UNPACKED = "Een deel van dit bericht kon niet worden uitgepakt. Bekijk het origineel."
WINMAIL = "Er zit een winmail.dat bij, dat Schakel niet opent. Vraag zo nodig om het bestand als pdf."
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)


class Reading(NamedTuple):
    """What one part gives to read; None: nothing of that kind."""

    tekst: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Body:
    """What was found; `gebreken` are Dutch sentences on what could not be read. `reported`: ids in a bounce."""

    tekst: str = ""
    html: str = ""
    bijlagen: list[Bijlage] = field(default_factory=list)
    gebreken: list[str] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    parts: int = 0


def read_body(message: Message) -> Body:
    """Walk the parts once, within bounds."""
    body = Body()
    reading = _read(message, body, 0)
    tekst = reading.tekst if reading.tekst is not None else to_text(reading.html or "")
    if len(tekst) > MAX_TEXT:
        body.gebreken.append(TOO_LONG)
    if reading.html is not None and not tekst.strip() and not body.bijlagen:
        body.gebreken.append(ONLY_SHOWN)
    body.tekst, body.html = tekst[:MAX_TEXT].strip("\n"), reading.html or ""
    return body


def _read(part: Message, body: Body, depth: int) -> Reading:
    body.parts += 1
    if body.parts > MAX_PARTS or depth > MAX_DEPTH:
        body.gebreken.append(TOO_MANY)
        return Reading()
    soort = media_type(part)
    children = part.get_payload() if part.is_multipart() else None
    if not isinstance(children, list):
        return _read_leaf(part, soort, body)
    inner = [child for child in children if isinstance(child, Message)]
    if soort.startswith("message/") or soort == "text/rfc822-headers":
        _keep_message(part, soort, inner, body)
        return Reading()
    readings = [_read(child, body, depth + 1) for child in inner]
    if soort == "multipart/alternative":
        return _best_of(readings)
    return _together(readings)


def _best_of(readings: list[Reading]) -> Reading:
    """The same words in several forms."""
    teksten = [r.tekst for r in readings if r.tekst and r.tekst.strip()]
    htmls = [r.html for r in readings if r.html]
    return Reading(teksten[0] if teksten else None, htmls[-1] if htmls else None)


def _together(readings: list[Reading]) -> Reading:
    """Parts after each other: a text footer below an html letter must not replace the letter."""
    shown = [r for r in readings if r.tekst or r.html]
    if not shown:
        return Reading()
    tekst = "\n\n".join(r.tekst if r.tekst is not None else to_text(r.html or "") for r in shown)
    if not any(r.html for r in shown):
        return Reading(tekst)
    return Reading(tekst, "\n".join(r.html or f"<pre>{escape(r.tekst or '')}</pre>" for r in shown))


def _read_leaf(part: Message, soort: str, body: Body) -> Reading:
    inhoud, naam = _content(part, body), file_name(part)
    if soort.startswith("multipart/"):  # no boundary, or none that occurs: one piece of text
        body.gebreken.append(NOT_UNPACKED)
        soort = "text/plain"
    elif soort in ("text/plain", "text/html") and (naam or _is_attached(part)):
        body.bijlagen.append(Bijlage(naam, soort, inhoud))
        return Reading()
    if soort == "text/plain":
        tekst = decode_bytes(inhoud, _charset(part)).replace("\r\n", "\n").replace("\r", "\n")
        tekst, files = take_uuencoded(tekst)
        body.bijlagen.extend(files)
        return Reading(tekst.rstrip())
    if soort == "text/html":
        source = decode_bytes(inhoud, _charset(part))
        if len(source) > MAX_HTML:
            body.gebreken.append(TOO_LONG)
        return Reading(None, sanitise(source[:MAX_HTML]))
    if inhoud or naam:
        if soort == "application/ms-tnef" or naam.lower() == "winmail.dat":  # zammad#2403
            body.gebreken.append(WINMAIL)
        body.bijlagen.append(Bijlage(naam, soort, inhoud))
    return Reading()


def _keep_message(part: Message, soort: str, inner: list[Message], body: Body) -> None:
    """A mail inside a mail stays a file: what it says was not said to us."""
    try:
        flat = b"\r\n".join(child.as_bytes() for child in inner)
    except _FAULTS:
        body.gebreken.append(NOT_UNPACKED)
        flat = b""
    if str(part.get("content-transfer-encoding", "")).strip().lower() == "base64":  # not allowed, yet done
        try:
            flat = base64.b64decode(flat) or flat
        except (binascii.Error, ValueError):
            body.gebreken.append(NOT_UNPACKED)
    naam = file_name(part)
    if soort == "message/rfc822" and inner:
        inside = Headers(inner[0])
        body.reported += inside.ids("message-id")
        naam = naam or f"{safe_name(inside.text('subject'))[:100] or 'doorgestuurd bericht'}.eml"
    body.bijlagen.append(Bijlage(naam or f"{soort.rpartition('/')[2]}.txt", soort, flat))


def _content(part: Message, body: Body) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _FAULTS:
        payload = None
    if isinstance(payload, bytes):
        if any(type(defect).__name__.startswith("InvalidBase64") for defect in part.defects):
            body.gebreken.append("Een bijlage is misschien beschadigd. Vraag zo nodig om het bestand opnieuw.")
        return payload
    raw = part.get_payload()
    body.gebreken.append(NOT_UNPACKED)
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _charset(part: Message) -> str | None:
    try:
        found = part.get_content_charset()
    except _FAULTS:
        return None
    return found if isinstance(found, str) else None


def _is_attached(part: Message) -> bool:
    return str(part.get("content-disposition", "")).strip().lower().startswith("attachment")
