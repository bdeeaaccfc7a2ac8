# SPDX-License-Identifier: EUPL-1.2
"""Inzending: the contact form of the website as a klant sent it, in the shape that page and kanaal share."""

import msgspec


class Inzending(msgspec.Struct, frozen=True):
    """What was filled in. `sleutel`: made by the page, so that pressing twice sends once.

    `bijlagen`: name, media type as the browser gave it, and content.
    """

    onderwerp: str
    tekst: str
    sleutel: str
    naam: str = ""
    email: str = ""
    bijlagen: tuple[tuple[str, str, bytes], ...] = ()
