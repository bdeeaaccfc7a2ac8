# SPDX-License-Identifier: EUPL-1.2
"""Zoekvraag: what a partij is searched by, read from a body, so that nothing of a person is in an address."""

from collections.abc import Mapping
from typing import Any

from schakel.kit.projection import Field, Kind, Resource
from schakel.relatiebeheer.register.invoer import EVERYTHING, Invoer, read_invoer
from schakel.relatiebeheer.register.poorten import PartijZoekvraag

#: The body, described as a resource is. A huisnummer narrows down and finds nobody by itself.
ZOEKVRAAG = Resource(
    "_zoek",
    "",
    fields=(
        Field("naam", max_length=200, nullable=True),
        Field("emailadres", Kind.EMAIL, max_length=254, nullable=True),
        Field("telefoonnummer", max_length=30, nullable=True),
        Field("geboortedatum", Kind.DATE, nullable=True),
        Field("postcode", max_length=7, pattern=r"^[1-9][0-9]{3} ?[A-Za-z]{2}$", nullable=True),
        Field("huisnummer", max_length=20, nullable=True),
    ),
)
_NAMES = tuple(field.name for field in ZOEKVRAAG.fields)


def read_zoekvraag(body: Mapping[str, Any]) -> PartijZoekvraag:
    """Raises Refused; a name that we do not know is refused too, or a slip of the pen would find half the town."""
    if isinstance(body.get("huisnummer"), int) and not isinstance(body["huisnummer"], bool):
        body = {**body, "huisnummer": str(body["huisnummer"])}  # it is a number in the object itself
    invoer = read_invoer(ZOEKVRAAG, body)
    values = invoer.values
    _check(invoer, body)
    return PartijZoekvraag(
        naam=values.get("naam") or "",
        adressen=tuple(filter(None, (values.get("emailadres"), values.get("telefoonnummer")))),
        geboortedatum=values.get("geboortedatum"),
        postcode=values.get("postcode") or "",
        huisnummer=values.get("huisnummer") or "",
    )


def _check(invoer: Invoer, body: Mapping[str, Any]) -> None:
    if body.keys() - set(_NAMES):  # what it is, is not repeated: it may well be of a person
        invoer.refuse(EVERYTHING, "unknown-parameters", f"Er zijn alleen deze velden: {', '.join(_NAMES)}.")
    if not invoer.invalid and not any(invoer.values.get(name) for name in _NAMES[:-1]):
        invoer.refuse(EVERYTHING, "required", f"Geef ten minste een van: {', '.join(_NAMES[:-1])}.")
    invoer.check()
