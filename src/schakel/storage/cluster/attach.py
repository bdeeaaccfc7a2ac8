# SPDX-License-Identifier: EUPL-1.2
"""For `schakel web` and `schakel werker`: the database of a `schakel start` that runs, or DATABASE_URL."""

import socket
import time
from urllib.parse import urlsplit

import msgspec

from schakel.kit.errors import SchakelError
from schakel.kit.settings import Settings
from schakel.storage.cluster.launcher import CONNECTION_FILE


class NoDatabase(SchakelError):
    """Only `schakel start` owns an embedded database."""

    title = "Er is geen database om mee te verbinden"
    advice = "Start eerst `schakel start` met dezelfde SCHAKEL_DATA, of geef DATABASE_URL."


def attach(settings: Settings, *, patience: float = 5.0) -> str:
    """The URL to use. What a killed owner left does not count: something must listen within `patience` seconds."""
    if settings.database_url:
        return settings.database_url
    try:
        found = msgspec.json.decode((settings.data / CONNECTION_FILE).read_bytes(), type=dict[str, str])
    except (FileNotFoundError, msgspec.DecodeError):
        raise NoDatabase from None
    until = time.monotonic() + patience
    while not _listens(urlsplit(found["url"]).port or 0):
        if time.monotonic() > until:
            raise NoDatabase
        time.sleep(0.1)
    return found["url"]


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
