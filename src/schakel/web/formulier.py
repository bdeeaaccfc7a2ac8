# SPDX-License-Identifier: EUPL-1.2
"""Formulier: what a browser, or somebody who pretends to be one, posts. Any bytes give fields or a 400, never a 5xx."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from schakel.kit.errors import InvalidInput

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
MAX_FIELDS = 500
MAX_TEXT = 100_000  # signs in one field
MAX_NAME = 200  # signs in the name of a field or a file
UNREADABLE = "Hierin staan tekens die wij niet kunnen lezen. Typ de tekst opnieuw, zonder kopiëren en plakken."
_REFUSED = re.compile(r"[\x00\ud800-\udfff]")  # NUL, or bytes that are no UTF-8
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as posted. `mediatype` is what the browser says, which proves nothing."""

    naam: str
    mediatype: str
    inhoud: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Formulier:
    """Fields in their order, in valid UTF-8 without NUL. `repr` shows no content.

    `fouten`: sentences on fields that came otherwise; of those the readable rest is kept, to show again.
    """

    _texts: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _files: dict[str, list[Upload]] = field(default_factory=dict, repr=False)
    fouten: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, *, longest: int = MAX_TEXT) -> str:
        """The field without white space around it; empty when it is not there, InvalidInput when it is too long."""
        value = next(iter(self._texts.get(name, ())), "").strip()
        if len(value) > longest:
            raise InvalidInput({name: f"Dit is te lang. Gebruik ten hoogste {longest} tekens."})
        return value

    def texts(self, name: str) -> list[str]:
        """Every value of a field that may stand there more than once."""
        return [value.strip() for value in self._texts.get(name, ())]

    def flag(self, name: str) -> bool:
        """Whether a checkbox was ticked."""
        return self.text(name) not in ("", "nee", "0", "false")

    def fields(self, *except_names: str) -> dict[str, str]:
        """Every text by name, the first of each; without the csrf token and the names given."""
        left_out = {"csrf", *except_names}
        return {name: values[0].strip() for name, values in self._texts.items() if name not in left_out}

    def checked(self) -> "Formulier":
        """The same form; raises InvalidInput when a field of it came in bytes that nobody can read."""
        if self.fouten:
            raise InvalidInput(dict(self.fouten), detail=next(iter(self.fouten.values())))
        return self

    def add_text(self, name: str, value: str) -> None:
        self._texts.setdefault(name, []).append(value)

    def add_file(self, name: str, upload: Upload) -> None:
        self._files.setdefault(name, []).append(upload)

    def files(self, name: str) -> list[Upload]:
        """The files of a field; an empty file input is no file."""
        return self._files.get(name, [])


def is_form(request: Request[Any, Any, Any]) -> bool:
    return _content_type(request)[0] in FORM_TYPES


def clean(text: str) -> str:
    """Line ends as one sign, and no control signs, nor what turns text around on a screen."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


async def read_form(request: Request[Any, Any, Any]) -> Formulier:
    """The posted form; raises InvalidInput for bytes that nobody can read."""
    return (await read_any_form(request)).checked()


async def read_any_form(request: Request[Any, Any, Any]) -> Formulier:
    """The same for a page that shows the form again, with what is wrong in `fouten`.

    Read once per request; another kind of content is an empty form.
    """
    known: Formulier | None = request.state.get("schakel_formulier")
    if known is not None:
        return known
    kind, boundary = _content_type(request)
    formulier = Formulier()
    if kind == FORM_TYPES[0]:
        formulier = from_urlencoded(await request.body())
    elif kind == FORM_TYPES[1]:
        formulier = from_multipart(await request.body(), boundary)
    request.state["schakel_formulier"] = formulier
    return formulier


def from_urlencoded(body: bytes) -> Formulier:
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "surrogateescape"),
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError as problem:
        raise InvalidInput(detail="Dit formulier heeft te veel velden.") from problem
    formulier = Formulier()
    for name, value in pairs:
        _add(formulier, name, value)
    return formulier


def from_multipart(body: bytes, boundary: str) -> Formulier:
    formulier = Formulier()
    try:
        for segment, content in _segments(body, boundary):
            if segment.filename is None:
                _add(formulier, segment.name, content.decode("utf-8", "surrogateescape"))
            elif segment.filename or content:
                name = clean(segment.filename)[-MAX_NAME:].replace("\n", " ") or "bestand"
                formulier.add_file(clean(segment.name), Upload(name, segment.content_type or "", content))
    except (MultipartError, ValueError) as problem:
        raise InvalidInput(detail="Het formulier kwam niet heel aan.") from problem
    return formulier


def _segments(body: bytes, boundary: str) -> Iterator[tuple[MultipartSegment, bytes]]:
    segment, content = None, bytearray()
    with PushMultipartParser(boundary, max_segment_count=MAX_FIELDS, max_header_size=8192) as parser:
        for event in (*parser.parse(body), *parser.parse(b"")):
            if isinstance(event, MultipartSegment):
                segment, content = event, bytearray()
            elif event:
                content += event
            elif segment is not None:
                yield segment, bytes(content)


def _add(formulier: Formulier, name: str, value: str) -> None:
    plain = clean(name)[:MAX_NAME]
    if _REFUSED.search(name) or _REFUSED.search(value):
        formulier.fouten[plain] = UNREADABLE
    elif len(name) > MAX_NAME or len(value) > MAX_TEXT:
        formulier.fouten[plain] = f"Dit is te lang. Gebruik ten hoogste {MAX_TEXT} tekens."
    formulier.add_text(plain, clean(value))


def _content_type(request: Request[Any, Any, Any]) -> tuple[str, str]:
    """Kind and boundary; a header that nobody can read is no form."""
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    found = re.search(r'boundary="?([^";,]{1,200})', parameters)
    return kind.strip().lower(), found[1].strip() if found else ""
