# SPDX-License-Identifier: EUPL-1.2
"""Sjablonen: the texts we send, in Dutch at B1, each with its Inhoudsklasse and only placeholders that are known.

A file has a head (onderwerp, klasse, sometimes sms), a line `---`, and the text. `${naam}` is the only syntax.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from types import MappingProxyType

from schakel.begrippen.bericht import Inhoudsklasse
from schakel.kit.errors import SchakelError
from schakel.kit.text import clean

PLAATSHOUDERS: Mapping[str, str] = MappingProxyType(
    {
        "aanhef": "Beste Aylin Yılmaz",
        "alternatief": "U kunt parkeren op het parkeerterrein aan de Havenkade.",
        "belofte": "U hoort uiterlijk donderdag 26 november van ons.",
        "bezwaar_tot": "5 januari 2027",
        "bezwaarclausule": "Bent u het niet eens met dit besluit? U kunt bezwaar maken tot en met 5 januari 2027.",
        "contactregel": "Bel 14 0199 of kom langs. Wij zijn open op werkdagen van 8.30 tot 17.00 uur.",
        "gebied": "Centrum",
        "geldig_tot": "30 november 2027",
        "geldig_vanaf": "1 december 2026",
        "gemeente": "Lindewaard",
        "grond": "artikel 3 van de Parkeerverordening Lindewaard",
        "kanaal": "e-mail",
        "kenmerk": "LW-2026-000123",
        "kenteken": "XX-123-X",
        "kosten": "€ 45,20 per jaar",
        "link": "https://lindewaard.example/b/7kq4m2",
        "medewerker": "Femke Bakker",
        "onderwerp": "Uw vraag over parkeren",
        "ontvangen_op": "dinsdag 24 november om 14.02 uur",
        "plaats": "12",
        "reden": "U woont in het gebied en de auto staat op uw naam.",
        "soort": "aanvraag",
        "tekst": "U kunt de vergunning online aanvragen. Dat duurt 5 minuten.",
        "verwacht": "maart 2027",
        "wisselcode": "7KQ-4M2",
        "wisselcode_tot": "1 december",
    }
)
"""Every placeholder that a sjabloon may use, with an example that the tests and the editor show."""

_HEAD = re.compile(r"^(onderwerp|klasse|sms): (.+)$")
SMS_MAX = 160


class InvalidSjabloon(SchakelError):
    """`detail` names the sjabloon and the placeholder or head line."""

    title = "Dit sjabloon klopt niet"
    advice = "Herstel de genoemde regel. Gebruik alleen bekende invulwoorden."


@dataclass(frozen=True, slots=True)
class Sjabloon:
    """One text. Above ALGEMEEN it goes out as a kennisgeving with a link, or as a letter (invariant 9)."""

    sleutel: str
    onderwerp: str
    klasse: Inhoudsklasse
    tekst: str
    sms: str = ""

    @property
    def plaatshouders(self) -> frozenset[str]:
        """What must be filled in."""
        found = (Template(part).get_identifiers() for part in (self.onderwerp, self.tekst, self.sms))
        return frozenset(name for names in found for name in names)


@dataclass(frozen=True, slots=True)
class Ingevuld:
    """A filled-in sjabloon, ready to become a Bericht. `sms` is empty when the sjabloon has no short form."""

    onderwerp: str
    tekst: str
    klasse: Inhoudsklasse
    sms: str = ""


def read_sjabloon(sleutel: str, source: str) -> Sjabloon:
    """From a file's text; refuses an unknown placeholder, a stray dollar sign and an unknown head line."""
    head_text, divider, body = source.partition("\n---\n")
    head: dict[str, str] = {}
    for line in head_text.splitlines():
        if line.startswith("#"):
            continue
        if not (match := _HEAD.match(line)):
            raise InvalidSjabloon(f"{sleutel}: de regel “{line}” kennen wij niet")
        head[match[1]] = match[2]
    if not divider or not {"onderwerp", "klasse"} <= head.keys():
        raise InvalidSjabloon(f"{sleutel}: onderwerp, klasse of --- ontbreekt")
    klasse = next((k for k in Inhoudsklasse if k == head["klasse"]), None)
    if klasse is None:
        raise InvalidSjabloon(f"{sleutel}: klasse “{head['klasse']}” kennen wij niet")
    sjabloon = Sjabloon(sleutel, head["onderwerp"], klasse, body, head.get("sms", ""))
    if not all(Template(part).is_valid() for part in (sjabloon.onderwerp, sjabloon.tekst, sjabloon.sms)):
        raise InvalidSjabloon(f"{sleutel}: er staat een $ zonder invulwoord")
    if unknown := sorted(sjabloon.plaatshouders - PLAATSHOUDERS.keys()):
        raise InvalidSjabloon(f"{sleutel}: dit invulwoord kennen wij niet: {', '.join(unknown)}")
    return sjabloon


def fill(sjabloon: Sjabloon, waarden: Mapping[str, str], *, with_sms: bool = False) -> Ingevuld:
    """Every placeholder must have its value; values are put in as they are, never expanded again.

    The onderwerp stays one line. A short form above 160 signs is refused, it would arrive in pieces.
    """
    sms_names = set() if with_sms else set(Template(sjabloon.sms).get_identifiers())
    in_text = {*Template(sjabloon.onderwerp).get_identifiers(), *Template(sjabloon.tekst).get_identifiers()}
    if missing := sorted(sjabloon.plaatshouders - (sms_names - in_text) - waarden.keys()):
        raise InvalidSjabloon(f"{sjabloon.sleutel}: niet ingevuld: {', '.join(missing)}")
    values = {name: clean(value) for name, value in waarden.items()}
    sms = Template(sjabloon.sms).substitute(values) if with_sms else ""
    if len(sms) > SMS_MAX:
        raise InvalidSjabloon(f"{sjabloon.sleutel}: de sms is langer dan {SMS_MAX} tekens")
    onderwerp = " ".join(Template(sjabloon.onderwerp).substitute(values).split())
    return Ingevuld(onderwerp, Template(sjabloon.tekst).substitute(values), sjabloon.klasse, sms)


@cache
def sjablonen() -> Mapping[str, Sjabloon]:
    """All that come with Schakel, by sleutel."""
    found = {}
    for file in files("schakel.dienstverlening.sjablonen").iterdir():
        if file.name.endswith(".txt"):
            sleutel = file.name.removesuffix(".txt")
            found[sleutel] = read_sjabloon(sleutel, file.read_text(encoding="utf-8"))
    return MappingProxyType(dict(sorted(found.items())))
