# SPDX-License-Identifier: EUPL-1.2
"""Parameters: the query string of a list, checked against the description of its resource."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from schakel.api.register.fouten import invalid_input, not_found
from schakel.kit.clock import AMSTERDAM
from schakel.kit.projection import Filter, Invalid, Kind, Parameter, Resource, Test

PAGE_SIZE, MAX_PAGE_SIZE = 100, 500
_PAGING = frozenset({"page", "pageSize"})
ORDERING = "ordering"  # as the standards beside this one call it (Zaken API)
_LAST_PAGE = 10**15  # beyond it the place of a row is no number that PostgreSQL knows
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-?)(?:[0-9a-fA-F]{4}\1){3}[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Vraag:
    """What is asked of a list or of one object."""

    parameters: tuple[Parameter, ...] = ()
    expand: tuple[str, ...] = ()
    page: int = 1
    size: int = PAGE_SIZE
    order: str = ""


class _Wrong(ValueError):
    """Carries the code and the reason."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


def read_pairs(query: bytes) -> list[tuple[str, str]]:
    """The parameters as they came; NUL is refused, for no text here may hold it."""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    wrong = [Invalid(name.replace("\0", ""), "null_characters_not_allowed", "Null-tekens zijn niet toegestaan.")
             for name, value in pairs if "\0" in name + value]  # fmt: skip
    if wrong:
        raise invalid_input(wrong)
    return pairs


def read_list(resource: Resource, pairs: Sequence[tuple[str, str]]) -> Vraag:
    """Filters, expand and page; everything that is wrong is said at once."""
    given = dict(pairs)
    names = sorted(given.keys() & resource.by_name.keys())
    others = _PAGING | {ORDERING} if resource.orders else _PAGING
    invalid = _unknown(given.keys() - set(names) - others, resource)
    parameters: list[Parameter] = []
    for asked in map(resource.by_name.__getitem__, names):
        try:
            parameters.append(Parameter(asked, _value(asked, given[asked.name])))
        except _Wrong as wrong:
            invalid.append(Invalid(asked.name, wrong.code, wrong.reason))
    expand = _expand(resource, pairs, invalid)
    order = _ordering(resource, given.get(ORDERING, ""), invalid)
    size = _size(given.get("pageSize", ""), invalid)
    if invalid:
        raise invalid_input(invalid)
    return Vraag(tuple(parameters), expand, _page(given.get("page", "1")), size, order)


def read_search(resource: Resource, pairs: Sequence[tuple[str, str]]) -> Vraag:
    """Expand and page; what is searched by is in the body."""
    given = dict(pairs)
    invalid = _unknown(given.keys() - _PAGING, resource)
    expand = _expand(resource, pairs, invalid)
    size = _size(given.get("pageSize", ""), invalid)
    if invalid:
        raise invalid_input(invalid)
    return Vraag(expand=expand, page=_page(given.get("page", "1")), size=size)


def read_one(resource: Resource, pairs: Sequence[tuple[str, str]]) -> Vraag:
    """Only expand."""
    invalid = _unknown({name for name, _ in pairs}, resource)
    expand = _expand(resource, pairs, invalid)
    if invalid:
        raise invalid_input(invalid)
    return Vraag(expand=expand)


def read_switches(pairs: Sequence[tuple[str, str]], known: Set[str]) -> Mapping[str, str]:
    """The parameters of a write, each true or false. A mistyped one must not quietly mean no."""
    given = dict(pairs)
    invalid = _unknown(given.keys() - known, None)
    for name in sorted(given.keys() & known):
        try:
            given[name] = str(_bool(given[name])).lower()
        except _Wrong as wrong:
            invalid.append(Invalid(name, wrong.code, wrong.reason))
    if invalid:
        raise invalid_input(invalid)
    return given


def page_links(url: str, pairs: Sequence[tuple[str, str]], vraag: Vraag, count: int) -> tuple[str | None, str | None]:
    """The addresses of the next and the previous page."""
    following = _link(url, pairs, vraag.page + 1) if vraag.page * vraag.size < count else None
    return following, _link(url, pairs, vraag.page - 1) if vraag.page > 1 else None


def _link(url: str, pairs: Sequence[tuple[str, str]], page: int) -> str:
    others = [(name, value) for name, value in pairs if name != "page"]
    query = urlencode(sorted([*others, ("page", str(page))] if page > 1 else others))
    return f"{url}?{query}" if query else url


def _unknown(names: Set[str], resource: Resource | None) -> list[Invalid]:
    others = sorted(names - {"expand"} if resource is not None and resource.expands else names)
    if not others:
        return []
    return [Invalid("nonFieldErrors", "unknown-parameters", f"Onbekende query parameters: {', '.join(others)}")]


def _expand(resource: Resource, pairs: Sequence[tuple[str, str]], invalid: list[Invalid]) -> tuple[str, ...]:
    if not resource.expands:
        return ()
    asked = [name for key, value in pairs if key == "expand" for name in value.split(",") if name]
    wrong = [name for name in asked if name not in resource.expands]
    invalid += [Invalid("expand", "invalid_choice", _no_choice(name)) for name in wrong]
    return tuple(name for name in resource.expands if name in asked)


def _ordering(resource: Resource, asked: str, invalid: list[Invalid]) -> str:
    if asked and resource.orders and asked.removeprefix("-") not in resource.orders:
        invalid.append(Invalid(ORDERING, "invalid_choice", _no_choice(asked)))
    return asked


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:20]) <= _LAST_PAGE:
        raise not_found("Ongeldige pagina.")
    return int(text)


def _size(text: str, invalid: list[Invalid]) -> int:
    if text and not re.fullmatch(r"-?[0-9]{1,100}", text):
        invalid.append(Invalid("pageSize", "invalid", "Een geldig getal is verplicht."))
        return PAGE_SIZE
    number = int(text or PAGE_SIZE)
    return min(number, MAX_PAGE_SIZE) if number > 0 else PAGE_SIZE


def _no_choice(value: str) -> str:
    return f"Selecteer een geldige keuze. {value[:100]} is geen beschikbare keuze."


def _value(asked: Filter, text: str) -> object:
    if asked.choices:
        if text not in asked.choices:
            raise _Wrong("invalid_choice", _no_choice(text))
        return text
    if asked.url:
        return _uuid_in(text)
    if asked.test.is_range and asked.kind is Kind.MOMENT and _DAY.fullmatch(text):
        return _end_of_day(asked.test, _date(text))
    return _READERS[asked.kind](text)


def _end_of_day(test: Test, day: date) -> datetime:
    """A day without a time is the whole day, here: until it takes it in, after it leaves it out."""
    at = time.max if test in (Test.UNTIL, Test.AFTER) else time.min
    return _in_utc(datetime.combine(day, at, AMSTERDAM))


def _uuid(text: str) -> UUID:
    if not _UUID.fullmatch(text):
        raise _Wrong("invalid", "Voer een geldige UUID in.")
    return UUID(text)


def _uuid_in(text: str) -> UUID | str:
    """The uuid that a url ends with, on whatever host; a url without one means nothing that we have."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits:
        raise _Wrong("invalid", "Voer een geldige URL in.")
    last = parts.path.rstrip("/").rpartition("/")[2]
    return UUID(last) if _UUID.fullmatch(last) else ""


def _bool(text: str) -> bool:
    match text.lower():
        case "true" | "1":
            return True
        case "false" | "0":
            return False
    raise _Wrong("invalid", "Voer true of false in.")


def _date(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise _Wrong("invalid", "Voer een geldige datum in.") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))  # a plus that nobody encoded
    except ValueError:
        raise _Wrong("invalid", "Voer een geldige datum en tijd in.") from None
    return _in_utc(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise _Wrong("invalid", "Voer een geldige datum en tijd in.") from None


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Wrong("invalid", "Voer geldige tekens in.") from None
    return text


_READERS: Mapping[Kind, Callable[[str], object]] = {
    Kind.TEXT: _text,
    Kind.UUID: _uuid,
    Kind.BOOL: _bool,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
}
