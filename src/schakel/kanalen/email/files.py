# SPDX-License-Identifier: EUPL-1.2
"""Files that came along: their bytes, and a name that is safe to show and to save."""

import binascii
import re
from email.message import Message
from pathlib import PurePosixPath

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.kanalen.email.words import decode_words, unfold

_RAW_NAME = re.compile(r"(?:file)?name\s*=\s*\"?([^\";]+)", re.IGNORECASE)
_BEGIN = re.compile(r"^begin(?:-base64)? [0-7]{3,4} (.{1,200})$")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,100}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}")


def media_type(part: Message) -> str:
    """`main/sub` in lower case; octet-stream when it says something else."""
    try:
        found = part.get_content_type().lower()
    except (ValueError, TypeError, AttributeError, LookupError):
        found = ""
    return found if _MEDIA_TYPE.fullmatch(found) else "application/octet-stream"


def file_name(part: Message) -> str:
    """As the sender called it, empty when he did not: RFC 2231, encoded words, raw bytes."""
    try:
        name = part.get_filename("") or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        name = ""
    if not name.isascii() and "\ufffd" in name:
        name = _raw_name(part) or name
    return safe_name(decode_words(name))


def _raw_name(part: Message) -> str:
    for key, value in part.raw_items():
        if str(key).lower() in ("content-disposition", "content-type") and (m := _RAW_NAME.search(unfold(str(value)))):
            return m[1]
    return ""


def safe_name(name: str) -> str:
    """No folders, no control or direction marks, no leading dot, at most 150 signs with its extension kept."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(sign if sign not in '<>:"|?*' else "_" for sign in last if sign.isprintable()).strip(" .")
    if len(shown) <= 150:
        return shown
    stem, dot, extension = shown.rpartition(".")
    return f"{stem[: 149 - len(extension)]}.{extension}" if dot and len(extension) <= 10 else shown[:150]


def with_unique_names(bijlagen: list[Bijlage]) -> tuple[Bijlage, ...]:
    """Two files called foto.jpg become foto.jpg and foto (2).jpg."""
    seen: dict[str, int] = {}
    kept = []
    for n, bijlage in enumerate(bijlagen, 1):
        naam = bijlage.naam or f"bijlage-{n}"
        seen[naam.lower()] = times = seen.get(naam.lower(), 0) + 1
        if times > 1:
            stem, dot, extension = naam.rpartition(".")
            naam = f"{stem} ({times}).{extension}" if dot and stem else f"{naam} ({times})"
        kept.append(Bijlage(naam, bijlage.mediatype, bijlage.inhoud))
    return tuple(kept)


def take_uuencoded(tekst: str) -> tuple[str, list[Bijlage]]:
    """Files that stand in the text itself, as old programs send them, and the text without them."""
    if "begin " not in tekst and "begin-base64 " not in tekst:
        return tekst, []
    kept: list[str] = []
    found: list[Bijlage] = []
    lines = tekst.split("\n")
    ends = [n for n, line in enumerate(lines) if line.strip() in ("end", "====")]
    n = 0
    while n < len(lines):
        begin = _BEGIN.match(lines[n])
        while ends and ends[0] <= n:
            ends.pop(0)
        inhoud = _uu_bytes(lines[n + 1 : ends[0]], "base64" in lines[n][:13]) if begin and ends else None
        if begin and inhoud is not None:
            found.append(Bijlage(safe_name(begin[1]), "application/octet-stream", inhoud))
            n = ends[0]
        else:
            kept.append(lines[n])
        n += 1
    return ("\n".join(kept), found) if found else (tekst, [])


def _uu_bytes(lines: list[str], is_base64: bool) -> bytes | None:
    """The bytes, or None when these lines are ordinary text after all."""
    out = []
    for line in lines:
        raw = line.encode("ascii", "replace")
        try:
            out.append(binascii.a2b_base64(raw) if is_base64 else binascii.a2b_uu(raw))
        except binascii.Error:
            try:  # some encoders pad the line too far
                out.append(binascii.a2b_uu(raw[: 1 + (((raw[0] - 32) & 63) * 4 + 5) // 3]))
            except (binascii.Error, IndexError):
                return None
    return b"".join(out) or None
