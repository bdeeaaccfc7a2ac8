# SPDX-License-Identifier: EUPL-1.2
"""Logs: one JSON line per record, without personal data whatever a library puts in it (invariant 9)."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

_MAIL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+")
_NUMBER = re.compile(r"(?<![\w-])\+?\d(?:[ .\-]?\d){8,14}(?![\w-])")
_QUIET = (
    "uvicorn.access",
    "mail.log",
    "mail.debug",
    "aiosmtpd",
    "httpx",
    "httpcore",
    "asyncpg",
    "sqlalchemy",
    "alembic",
    "pgqueuer",
    "spiff",
)


def scrub(text: str) -> str:
    """The text with every e-mail address and every long number replaced, bsn and telephone numbers among them."""
    return _NUMBER.sub("[nummer]", _MAIL.sub("[adres]", text))


class JsonFormatter(logging.Formatter):
    """Time in UTC, level, logger, text; of an exception only its type and place, never its values."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "tijd": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname.lower(),
            "bron": record.name,
            "tekst": scrub(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            line["fout"] = record.exc_info[0].__name__
            line["plaats"] = _place(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(level: int = logging.INFO) -> None:
    """Send everything through the one formatter; the libraries' own loggers speak up for warnings only."""
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
    logging.getLogger("uvicorn.access").disabled = True


def _place(trace: object) -> str:
    places = []
    while trace is not None:
        frame = getattr(trace, "tb_frame", None)
        if frame is not None:
            places.append(f"{frame.f_globals.get('__name__', '?')}:{getattr(trace, 'tb_lineno', 0)}")
        trace = getattr(trace, "tb_next", None)
    return " > ".join(places[-4:])
