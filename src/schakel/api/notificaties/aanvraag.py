# SPDX-License-Identifier: EUPL-1.2
"""Aanvraag: the body of a write, read as what is asked; everything that is wrong is said at once."""

from collections.abc import Mapping
from typing import Any

from schakel.kit.projection import Invalid
from schakel.relatiebeheer.notificaties.abonnement import Aanvraag, Vorm
from schakel.relatiebeheer.notificaties.abonneren import check_aanvraag
from schakel.relatiebeheer.notificaties.topics import TOPICS, Keuze
from schakel.relatiebeheer.register.poorten import Refused
from schakel.relatiebeheer.register.toegang import Houder

#: Shown in place of the secret; sent back it means: as it was.
AFGESCHERMD = "verborgen"
_MAX_FILTER = 1000


def read_aanvraag(body: Mapping[str, Any], houder: Houder) -> Aanvraag:
    """`vorm` is ours: without it a subscriber gets what the standard says. Raises Refused."""
    invalid: list[Invalid] = []
    url, auth = _text(body, "callbackUrl", invalid), _text(body, "auth", invalid)
    vorm = body.get("vorm", Vorm.NOTIFICATIES.value)
    if vorm not in (Vorm.NOTIFICATIES, Vorm.CLOUDEVENTS):
        invalid.append(Invalid("vorm", "invalid_choice", "Kies notificaties of cloudevents."))
        vorm = Vorm.NOTIFICATIES
    keuzes = _keuzes(body.get("kanalen"), houder, invalid)
    aanvraag = Aanvraag(houder.naam[:100], Vorm(vorm), url, auth, keuzes)
    said = {one.name for one in invalid}
    invalid += [one for one in check_aanvraag(aanvraag) if one.name not in said]
    if invalid:
        raise Refused(invalid)
    return aanvraag


def _text(body: Mapping[str, Any], name: str, invalid: list[Invalid]) -> str:
    value = body.get(name)
    match value:
        case None:
            code, reason = (
                ("null", "Dit veld mag niet leeg zijn.") if name in body else ("required", "Dit veld is vereist.")
            )
        case "":
            code, reason = "blank", "Dit veld mag niet leeg zijn."
        case str():
            return value
        case _:
            code, reason = "invalid", "Geen geldige tekst."
    invalid.append(Invalid(name, code, reason))
    return ""


def _keuzes(value: object, houder: Houder, invalid: list[Invalid]) -> tuple[Keuze, ...]:
    if not isinstance(value, list):
        code, reason = ("required", "Dit veld is vereist.") if value is None else ("not_a_list", "Geef een lijst.")
        invalid.append(Invalid("kanalen", code, reason))
        return ()
    return tuple(_keuze(f"kanalen.{place}", one, houder, invalid) for place, one in enumerate(value))


def _keuze(name: str, value: object, houder: Houder, invalid: list[Invalid]) -> Keuze:
    if not isinstance(value, dict) or not isinstance(value.get("naam"), str):
        invalid.append(Invalid(f"{name}.naam", "required", "Dit veld is vereist."))
        return Keuze("", {})
    filters = value.get("filters", {})
    fits = isinstance(filters, dict) and all(isinstance(v, str) and 0 < len(v) <= _MAX_FILTER for v in filters.values())
    if not fits:
        invalid.append(Invalid(f"{name}.filters", "invalid", "Geef per kenmerk een tekst van 1 tot 1000 tekens."))
        return Keuze(value["naam"], {})
    if value["naam"] in TOPICS and not houder.rechten.may_read(value["naam"]):
        invalid.append(Invalid(f"{name}.naam", "permission_denied", "Uw token mag dit niet lezen."))
    return Keuze(value["naam"], filters)
