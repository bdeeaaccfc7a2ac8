# SPDX-License-Identifier: EUPL-1.2
"""Logs: one JSON line per record, without personal data whatever a library puts in it (invariant 9)."""

import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType

_AT = r"(?:@|%40|＠)"
_PERSONAL = re.compile(
    rf"""(?P<keep>
        (?<![0-9a-zA-Z])[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}(?![0-9a-zA-Z])
        | (?<!\d)20\d\d-[01]\d-[0-3]\d(?:[T\ ][0-2]\d:[0-5]\d(?::[0-5]\d(?:[.,]\d{{1,6}})?)?)?(?!\d|[ .\-/]\d)
      )
      | (?P<adres>(?:"[^"\n]{{1,100}}"|[^\s@<>"(),;:]+){_AT}[^\s@<>"'(),;:]+)
      | (?P<nummer>(?:\+|%2B|\(\s?)?\d(?:(?:[\s.\-/()]|%20|\u00a0|\u2011){{0,3}}\d){{8,}}
        (?![^\s@<>"(),;:]*{_AT}))  # what follows is an address, of which the last digits are a part
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUIET = (
    "_granian",
    "granian.access",
    "uvicorn.access",
    "uvicorn.error",
    "mail.log",
    "mail.debug",
    "aiosmtpd",
    "aiosmtplib",
    "httpx",
    "httpcore",
    "asyncpg",
    "sqlalchemy",
    "alembic",
    "pgqueuer",
    "spiff",
)


def scrub(text: str) -> str:
    """The text with every e-mail address and every run of nine digits or more replaced: bsn and telephone numbers.

    Digits may be spaced, dotted or dashed. A UUID or a moment (2026-11-24 15:30:00) stays as it is.
    """
    return _PERSONAL.sub(_replacement, text)  # A09, GE-11


def place_of(fault: BaseException) -> str:
    """Where it was raised: `module:line`, the last four steps. Never the values, as a traceback's text may have."""
    return _place(fault.__traceback__)


class JsonFormatter(logging.Formatter):
    """Time in UTC, level, logger, text; of an exception only its type and place, never its values."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "tijd": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname.lower(),
            "bron": record.name,
            "tekst": scrub(_message(record)),
        }
        if record.exc_info and record.exc_info[0]:
            line["fout"] = record.exc_info[0].__name__
            line["plaats"] = _place(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(level: int = logging.INFO) -> None:
    """Send everything through the one formatter; the libraries' own loggers speak up for warnings only.

    What Python itself would print goes the same way: warnings, uncaught exceptions, a log call with wrong arguments.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn.access", "granian.access"):
        logging.getLogger(name).disabled = True
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda args: _log_uncaught(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def _log_uncaught(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("schakel").critical("onverwachte fout", exc_info=(kind, fault, trace))


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # the arguments do not fit the text
        return str(record.msg)


def _replacement(found: re.Match[str]) -> str:
    if found["adres"]:
        return "[adres]"
    return "[nummer]" if found["nummer"] else found[0]


def _place(trace: TracebackType | None) -> str:
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-4:])
