# SPDX-License-Identifier: EUPL-1.2
"""Bericht: one line of the outbox on the wire. Where to look, never what it says: no text of any person."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

import msgspec

from schakel.relatiebeheer.notificaties.abonnement import Gebeurtenis, Vorm
from schakel.relatiebeheer.notificaties.topics import ACTIE, ACTIES, TOPICS

_JSON, _CLOUDEVENT = "application/json", "application/cloudevents+json"
_TEST = "test"
_NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Afzender:
    """Who tells: the public address, without a path, and the gemeente, or its OIN where that is known."""

    host: str
    gemeente: str
    oin: str = ""

    @property
    def source(self) -> str:
        """As the NL GOV profile writes it."""
        if self.oin:
            return f"urn:nld:oin:{self.oin}:systeem:schakel"
        return f"urn:nld:gemeente-{quote(self.gemeente, safe='')}:systeem:schakel"

    def type(self, api: str, resource: str, actie: str) -> str:
        """In reverse domain notation."""
        plain = unicodedata.normalize("NFKD", self.gemeente).encode("ascii", "ignore").decode().lower()
        return f"nl.{re.sub('[^a-z0-9]+', '-', plain).strip('-')}.{api}.{resource}.{actie}"


@dataclass(frozen=True, slots=True)
class Bericht:
    """What goes out. `sleutel` is the same each time that the same line is sent."""

    content_type: str
    sleutel: str
    body: bytes


def bericht_of(gebeurtenis: Gebeurtenis, vorm: Vorm, afzender: Afzender) -> Bericht:
    """In the form that the subscriber asked for."""
    topic = gebeurtenis.topic
    url = f"{afzender.host}{topic.pad}/{topic.naam}/{gebeurtenis.resource_id}"
    at = gebeurtenis.moment.isoformat().replace("+00:00", "Z")
    if vorm is Vorm.CLOUDEVENTS:
        soort = afzender.type(topic.api, topic.resource, ACTIES[gebeurtenis.actie])
        event = _cloudevent(afzender, soort, str(gebeurtenis.id), at)
        event |= {"subject": str(gebeurtenis.resource_id), "dataref": url}
        return Bericht(_CLOUDEVENT, str(gebeurtenis.id), msgspec.json.encode(event))
    kenmerken = {**gebeurtenis.kenmerken, ACTIE: gebeurtenis.actie}
    body = _notificatie(topic.naam, topic.resource, url, gebeurtenis.actie, at) | {"kenmerken": kenmerken}
    return Bericht(_JSON, str(gebeurtenis.id), msgspec.json.encode(body))


def test_bericht(vorm: Vorm, afzender: Afzender, at: str) -> Bericht:
    """What a new subscriber gets, to see whether it listens."""
    if vorm is Vorm.CLOUDEVENTS:
        event = _cloudevent(afzender, afzender.type("notificaties", "abonnement", _TEST), _NOBODY, at)
        return Bericht(_CLOUDEVENT, _NOBODY, msgspec.json.encode(event))
    url = f"{afzender.host}/notificaties/api/v1/abonnement/{_NOBODY}"
    return Bericht(_JSON, _NOBODY, msgspec.json.encode(_notificatie(_TEST, _TEST, url, _TEST, at) | {"kenmerken": {}}))


def kanalen_of(host: str) -> list[dict[str, object]]:
    """Every topic as a kanaal of the Notificaties API."""
    link = f"{host}/notificaties/api/v1/kanaal"
    return [{"naam": topic.naam, "documentatieLink": link, "filters": list(topic.filters)} for topic in TOPICS.values()]


def _notificatie(topic: str, resource: str, url: str, actie: str, at: str) -> dict[str, object]:
    return {
        "kanaal": topic,
        "hoofdObject": url,
        "resource": resource,
        "resourceUrl": url,
        "actie": actie,
        "aanmaakdatum": at,
    }


def _cloudevent(afzender: Afzender, soort: str, number: str, at: str) -> dict[str, object]:
    return {"specversion": "1.0", "id": number, "source": afzender.source, "type": soort, "time": at}
