# SPDX-License-Identifier: EUPL-1.2
"""Bewaartermijnen: how long each kind of record is kept. Every record gets its last day at birth (A04, ST-6)."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schakel.kit.clock import AMSTERDAM


@dataclass(frozen=True, slots=True)
class Bewaartermijn:
    """A period in years, months and days, and why it is that long. Settings of a gemeente, not law."""

    reden: str
    jaren: int = 0
    maanden: int = 0
    dagen: int = 0

    def end(self, start: date) -> date:
        """The day on which the record goes. The last day of a month stays within its month."""
        months = start.year * 12 + start.month - 1 + self.jaren * 12 + self.maanden
        year, month = divmod(months, 12)
        day = min(start.day, calendar.monthrange(year, month + 1)[1])
        return date(year, month + 1, day) + timedelta(days=self.dagen)


BEWAARTERMIJNEN: dict[str, Bewaartermijn] = {
    "origineel": Bewaartermijn("bewijs van wat de klant schreef, zolang een bezwaar kan lopen", jaren=1),
    "interactie": Bewaartermijn("terugkijken bij een volgende vraag", jaren=5),
    "klantcontact": Bewaartermijn("terugkijken bij een volgende vraag", jaren=5),
    "verzoek": Bewaartermijn("behandelen en verantwoorden", jaren=5),
    "bijlage": Bewaartermijn("hoort bij de vraag", jaren=5),
    "bericht": Bewaartermijn("bewijs van wat wij stuurden", jaren=5),
    "bewijsregel": Bewaartermijn("bewijs van verzenden en ontvangen", jaren=7),
    "partij_zelfstandig": Bewaartermijn("alleen nodig voor deze ene vraag", jaren=1),
    "partij": Bewaartermijn("zolang er contact is", jaren=5),
    "kanaalsessie": Bewaartermijn("terugbellen en vastleggen", dagen=90),
    "samenvoeging": Bewaartermijn("een vergissing kunnen herstellen", jaren=1),
    "concept": Bewaartermijn("iemand kan later verder gaan", dagen=28),
    "wisselcode": Bewaartermijn("de code werkt niet langer", dagen=28),
    "feedback": Bewaartermijn("leren van wat klanten zeggen", jaren=1),
    "interne_notitie": Bewaartermijn("hoort bij de vraag", jaren=5),
    "verkeersregel": Bewaartermijn("cijfers zonder persoonsgegevens", jaren=7),
    "meting": Bewaartermijn("cijfers zonder persoonsgegevens", jaren=7),
    "beslissing": Bewaartermijn("uitleggen waarom iets zo besloten is", jaren=7),
    "verdeelbeslissing": Bewaartermijn("uitleggen waarom iemand dit werk kreeg", jaren=1),
    "verwerking": Bewaartermijn("de klant kan zien wie keek", jaren=5),
    "sessie": Bewaartermijn("ingelogd zijn", dagen=1),
    "pogingteller": Bewaartermijn("raden tegengaan", dagen=1),
}


def vervalt_op(soort: str, at: datetime) -> date:
    """The day a record of this soort, made or last used at this moment, is to be destroyed.

    Counted in Dutch days. An unknown soort is a mistake of the programmer: KeyError, so that nothing is kept for ever.
    """
    return BEWAARTERMIJNEN[soort].end(at.astimezone(AMSTERDAM).date())  # A04
