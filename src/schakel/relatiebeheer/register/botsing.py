# SPDX-License-Identifier: EUPL-1.2
"""Botsing: when a write meets another one."""

from schakel.kit.errors import SchakelError


class Overtaken(SchakelError):
    """The client wanted to change what he saw, and it is no longer that (RFC 9110, If-Match)."""

    status = 412
    title = "Dit is intussen gewijzigd."
    advice = "Haal het opnieuw op en kijk wat er is veranderd."
