# SPDX-License-Identifier: EUPL-1.2
"""Lezen: one value of a body, in its own type, or the fault that is in it. What was sent is never in a reason."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from schakel.kit.clock import AMSTERDAM
from schakel.kit.projection import Field, Kind
from schakel.relatiebeheer.register.codes import LANDEN, read_taal
from schakel.relatiebeheer.register.waarden import is_email, is_iban, is_url

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,6})?)?)[0-9]*"
    r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)?",
    re.IGNORECASE,
)
_HUISNUMMER = 99_999


class Fault(Exception):
    """What is wrong with one value."""

    def __init__(self, name: str, code: str, reason: str) -> None:
        super().__init__(reason)
        self.name, self.code, self.reason = name, code, reason


def read_reference(name: str, value: object) -> UUID:
    """`{uuid}`; a url along with it is tolerated, and enough by itself: it is matched on the uuid at its end."""
    if not isinstance(value, Mapping):
        raise Fault(name, "invalid", "Geef een object met een uuid.")
    given = value.get("uuid", value)
    if given is value and isinstance(value.get("url"), str):
        given = value["url"].rstrip("/").rpartition("/")[2]
    if given is value:
        raise Fault(f"{name}.uuid", "required", "Dit veld is vereist.")
    if given is None:
        raise Fault(f"{name}.uuid", "null", "Dit veld mag niet leeg zijn.")
    return read_uuid(f"{name}.uuid", given)


def read_uuid(name: str, value: object) -> UUID:
    """A uuid as it is written on the wire."""
    if isinstance(value, str) and len(value) in (32, 36) and value.isascii():
        try:
            return UUID(value)
        except ValueError:
            pass
    raise Fault(name, "invalid", "Dit is geen geldige UUID.")


def read_scalar(field: Field, name: str, value: object) -> object:
    """By the kind of the field, and by its name where every field of that name has a rule of its own."""
    read = _BY_KIND.get(field.kind, read_text)(field, name, value)
    rule = _BY_NAME.get(field.name)
    return rule(name, read) if rule and isinstance(read, str) and read else read


def read_text(field: Field, name: str, value: object) -> str:
    """A text that PostgreSQL and UTF-8 can hold, within its lengths, choices and pattern."""
    if not isinstance(value, str):
        raise Fault(name, "invalid", "Dit is geen geldige tekst.")
    check_text(name, value)
    if field.choices:
        if value not in field.choices:
            raise Fault(name, "invalid_choice", f"Deze keuze bestaat niet. Kies uit: {', '.join(field.choices)}.")
        return value
    if not value.strip() if field.required else not value:
        if field.required:
            raise Fault(name, "blank", "Dit veld mag niet leeg zijn.")
        return ""
    if field.max_length is not None and len(value) > field.max_length:
        raise Fault(name, "max_length", f"Dit veld heeft ten hoogste {field.max_length} tekens.")
    if field.min_length is not None and len(value) < field.min_length:
        raise Fault(name, "min_length", f"Dit veld heeft ten minste {field.min_length} tekens.")
    if field.pattern and not re.fullmatch(field.pattern.removeprefix("^").removesuffix("$"), value):
        raise Fault(name, "invalid", "Deze waarde heeft niet de vorm die hier hoort.")
    return value


def check_text(name: str, value: str) -> None:
    """No NUL and no half of a pair of surrogates."""
    if "\x00" in value:
        raise Fault(name, "null_characters_not_allowed", "Het teken NUL is niet toegestaan.")
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise Fault(name, "surrogate_characters_not_allowed", "Deze tekst bevat een half teken.")


def _bool(_: Field, name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise Fault(name, "invalid", "Geef true of false.")
    return value


def _int(_: Field, name: str, value: object) -> int:
    """The one integer of both standards is a huisnummer."""
    if isinstance(value, str) and len(value) <= 5 and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Fault(name, "invalid", "Geef een geheel getal.")
    if value < 1:
        raise Fault(name, "min_value", "Dit getal is ten minste 1.")
    if value > _HUISNUMMER:
        raise Fault(name, "max_value", f"Dit getal is ten hoogste {_HUISNUMMER}.")
    return value


def _date(_: Field, name: str, value: object) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Fault(name, "invalid", "Dit is geen geldige datum. Schrijf hem zo: 2026-01-31.")


def _moment(_: Field, name: str, value: object) -> datetime:
    """Without a zone it is Dutch time."""
    if isinstance(value, str) and (parts := _MOMENT.fullmatch(value)):
        try:
            moment = datetime.fromisoformat(parts[1].replace(",", ".") + (parts[4] or "").upper())
            return (moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)).astimezone(UTC)
        except (ValueError, OverflowError):  # no such day, or no such day in UTC
            pass
    raise Fault(name, "invalid", "Dit is geen geldig moment. Schrijf het zo: 2026-01-31T14:05:00+01:00.")


def _map(field: Field, name: str, value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Fault(name, "invalid", "Geef een object.")
    part = Field("", max_length=field.max_length)
    for key, text in value.items():
        check_text(name, key)
        read_text(part, f"{name}.{key}", text)
    return dict(value)


def _email(field: Field, name: str, value: object) -> str:
    text = read_text(field, name, value)
    if text and not is_email(text):
        raise Fault(name, "invalid", "Dit is geen geldig e-mailadres.")
    return text


def _uri(field: Field, name: str, value: object) -> str:
    text = read_text(field, name, value)
    if text and not is_url(text):
        raise Fault(name, "invalid", "Dit is geen geldige URL.")
    return text


_BY_KIND: Mapping[Kind, Callable[[Field, str, object], object]] = {
    Kind.BOOL: _bool,
    Kind.INT: _int,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.MAP: _map,
    Kind.EMAIL: _email,
    Kind.URI: _uri,
    Kind.UUID: lambda _, name, value: read_uuid(name, value),
}


def _taal(name: str, text: str) -> str:
    taal = read_taal(text)
    if taal is None:
        raise Fault(name, "invalid", "Deze taal bestaat niet. Geef een code uit ISO 639-2, zoals nld.")
    return taal


def _land(name: str, text: str) -> str:
    if text in LANDEN:
        return text
    hint = f" Bedoelt u {text.upper()}?" if text.upper() in LANDEN else ""
    raise Fault(name, "invalid", f"Dit land bestaat niet. Geef een code uit ISO 3166-1, zoals NL.{hint}")


def _iban(name: str, text: str) -> str:
    if not is_iban(text):
        raise Fault(name, "invalid", "Dit is geen geldig IBAN: de controlecijfers kloppen niet.")
    return text


def _digits(name: str, text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise Fault(name, "invalid", "Dit nummer bestaat uit cijfers.")
    return text


_BY_NAME: Mapping[str, Callable[[str, str], str]] = {
    "taal": _taal,
    "voorkeurstaal": _taal,
    "land": _land,
    "iban": _iban,
    "nummer": _digits,
    "referentienummer": _digits,
}
