# SPDX-License-Identifier: EUPL-1.2
"""What an exchange posts, to a Sessiegebeurtenis. JSON, a form or the address: exchanges differ, the names do not."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import msgspec

from schakel.begrippen.kanaalsessie import Sessiegebeurtenis, Sessiesoort
from schakel.kanaalintegratie.zoekvraag import e164
from schakel.kit.clock import AMSTERDAM
from schakel.kit.errors import InvalidInput
from schakel.kit.text import clean

MAX_FIELD = 200
OLDEST, NEWEST = timedelta(hours=24), timedelta(minutes=5)
_SOORTEN = {soort.value: soort for soort in Sessiesoort} | {
    "ringing": Sessiesoort.GAAT_OVER,
    "answered": Sessiesoort.AANGENOMEN,
    "held": Sessiesoort.IN_WACHT,
    "resumed": Sessiesoort.TERUG,
    "transferred": Sessiesoort.DOORVERBONDEN,
    "hangup": Sessiesoort.OPGEHANGEN,
}


def read_gebeurtenis(account: str, soort: str, inhoud: bytes, now: datetime) -> Sessiegebeurtenis:
    """`soort`: the media type. Raises InvalidInput with a sentence per field; never repeats what was sent."""
    fields = _read_fields(soort, inhoud)
    fouten = {}
    if not fields.get("gesprek"):
        fouten["gesprek"] = "Geef de naam waaronder de centrale dit gesprek kent."
    if fields.get("gebeurtenis") not in _SOORTEN:
        fouten["gebeurtenis"] = f"Kies uit: {', '.join(_SOORTEN)}."
    tijdstip = _read_moment(fields.get("tijdstip", ""), now)
    if tijdstip is None:
        fouten["tijdstip"] = "Geef een tijdstip in ISO 8601, hoogstens een dag oud en niet in de toekomst."
    if fouten or tijdstip is None:
        raise InvalidInput(fouten)
    return Sessiegebeurtenis(
        account=account,
        sleutel=fields["gesprek"],
        soort=_SOORTEN[fields["gebeurtenis"]],
        tijdstip=tijdstip,
        deel=fields.get("deel", ""),
        nummer=e164(fields.get("nummer", "")),
        toestel=fields.get("toestel", ""),
    )


def _read_fields(soort: str, inhoud: bytes) -> Mapping[str, str]:
    try:
        found = msgspec.json.decode(inhoud) if "json" in soort else dict(parse_qsl(inhoud.decode()))
    except (ValueError, RecursionError):
        raise InvalidInput(detail="Dit bericht is geen JSON en geen formulier.") from None
    if not isinstance(found, dict):
        raise InvalidInput(detail="Dit bericht is geen object met velden.")
    return {str(naam): clean(str(waarde))[:MAX_FIELD] for naam, waarde in found.items() if waarde is not None}


def _read_moment(text: str, now: datetime) -> datetime | None:
    """Of a moment without a zone we take it that the exchange stands in the Netherlands."""
    if not text:
        return now
    try:
        moment = datetime.fromtimestamp(int(text), AMSTERDAM) if text.isdecimal() else datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
    return moment if now - OLDEST <= moment <= now + NEWEST else None
