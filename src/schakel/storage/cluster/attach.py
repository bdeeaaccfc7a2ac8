# SPDX-License-Identifier: EUPL-1.2
"""For `schakel web` and `schakel werker`: the database of a `schakel start` that runs, or DATABASE_URL."""

import msgspec

from schakel.kit.errors import SchakelError
from schakel.kit.settings import Settings


class NoDatabase(SchakelError):
    """Only `schakel start` owns an embedded database."""

    title = "Er is geen database om mee te verbinden"
    advice = "Start eerst `schakel start` met dezelfde SCHAKEL_DATA, of geef DATABASE_URL."


def attach(settings: Settings) -> str:
    """The URL to use."""
    if settings.database_url:
        return settings.database_url
    try:
        found = msgspec.json.decode((settings.data / "database.json").read_bytes(), type=dict[str, str])
    except (FileNotFoundError, msgspec.DecodeError):
        raise NoDatabase from None
    return found["url"]
