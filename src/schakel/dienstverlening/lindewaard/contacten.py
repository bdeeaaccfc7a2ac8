# SPDX-License-Identifier: EUPL-1.2
"""A year of contacts of Lindewaard, up to a given moment: interacties, their contacts, and every leg of traffic.

Plain values; who keeps them writes them. Nothing lies after the given moment, and the newest questions are still open.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.beloften import Belofte, promise
from schakel.dienstverlening.lindewaard import SEED, drukte
from schakel.dienstverlening.lindewaard.organisatie import KCC, MEDEWERKERS, kantooruren, openingstijden
from schakel.dienstverlening.lindewaard.personen import Inwoner, inwoners
from schakel.dienstverlening.openingstijden import Openingstijden
from schakel.dienstverlening.producten import Product, producten
from schakel.dienstverlening.serviceformules import serviceformules
from schakel.dienstverlening.termijnen import Verzoeksoort
from schakel.kit.clock import AMSTERDAM

_AYLIN_EVERY = 900
"""The inwoner of the demo has a history of her own: about seven questions in the year."""
_BACKLOG = timedelta(days=16)
"""Of the questions of the last two weeks a part is still open, some past their belofte."""


@dataclass(frozen=True, slots=True)
class ProefContact:
    """One contact. `richting` is "in" or "uit"; `medewerker` an account, empty when nobody of us took part."""

    kanaal: Kanaal
    richting: str
    op: datetime
    einde: datetime
    tekst: str
    medewerker: str = ""


@dataclass(frozen=True, slots=True)
class ProefVerkeersregel:
    """One leg of traffic, without any personal data. `van_kanaal`: where the same question came from, or ""."""

    kanaal: Kanaal
    product: str
    richting: str
    begonnen_op: datetime
    beeindigd_op: datetime
    uitkomst: str
    van_kanaal: str = ""


@dataclass(frozen=True, slots=True)
class ProefInteractie:
    """One question, first to last. `inwoner` is a nummer; `vastgesteld`: identified, not only suggested.

    `status` is open, wacht_op_klant or afgerond. `stil_sinds`: the clock stands still since then.
    """

    volgnummer: int
    inwoner: int
    vastgesteld: bool
    onderwerp: str
    product: str
    soort: str
    formeel: bool
    status: str
    team: str
    regiehouder: str
    kanaal: Kanaal
    begonnen_op: datetime
    laatste_op: datetime
    belofte: Belofte
    beantwoord_op: datetime | None
    stil_sinds: datetime | None
    afgerond_op: datetime | None
    contacten: tuple[ProefContact, ...]


@dataclass(slots=True)
class Jaar:
    """What `generate` made: both lists in order of time of their first contact."""

    interacties: list[ProefInteractie] = field(default_factory=list)
    verkeer: list[ProefVerkeersregel] = field(default_factory=list)


@cache
def _teksten() -> dict[str, dict[str, list[str]]]:
    text = files("schakel.dienstverlening.lindewaard").joinpath("teksten.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def generate(until: datetime, seed: int = SEED) -> Jaar:
    """The 365 days that end at `until` (aware). The same day and seed give the same year."""
    return _Generator(until, Random(seed)).run()  # noqa: S311 - reproducible, no secret


class _Generator:
    def __init__(self, until: datetime, rng: Random) -> None:
        self.until, self.rng, self.year = until.astimezone(UTC), rng, Jaar()
        this_year = until.astimezone(AMSTERDAM).year
        self.hours: dict[Kanaal, Openingstijden] = openingstijden(this_year)
        self.office = kantooruren(this_year)
        self.people = [inwoner for inwoner in inwoners() if inwoner.is_volwassen]
        self.often = rng.sample(self.people, len(self.people) // 10)
        self.months = {month: _product_weights(month) for month in range(1, 13)}
        self.takers: dict[tuple[str, Kanaal], list[str]] = {}
        for m in MEDEWERKERS:
            for kanaal in m.kanalen:
                self.takers.setdefault((m.team, kanaal), []).append(m.account)

    def run(self) -> Jaar:
        for at, kanaal in self.moments():
            sleutel = self.pick_product(kanaal, at)
            if self.rng.random() < drukte.ANONIEM.get(kanaal, 0):
                self.leg(kanaal, sleutel, at, "beantwoord")
            else:
                self.question(kanaal, producten().get(sleutel), at)
        self.year.verkeer.sort(key=lambda leg: leg.begonnen_op)
        return self.year

    def moments(self) -> Iterator[tuple[datetime, Kanaal]]:
        """Every first contact, in order of time, at hours at which that kanaal takes them."""
        last = self.until.astimezone(AMSTERDAM).date()
        days = [last - timedelta(days=n) for n in range(364, -1, -1)]
        found: list[tuple[datetime, Kanaal]] = []
        named = sum(total * (1 - drukte.ANONIEM.get(kanaal, 0)) for kanaal, total in drukte.PER_JAAR.items())
        for kanaal, total in drukte.PER_JAAR.items():
            kind = "altijd" if kanaal in drukte.ALTIJD_OPEN else "bemand"
            open_days = [d for d in days if kind == "altijd" or not self.office.kalender.is_vrij(d)]
            weights = [drukte.WEEKDAG[kind][d.weekday()] * drukte.MAAND[d.month - 1] for d in open_days]
            first = round(total - named * drukte.VERVOLG * drukte.VERVOLG_KANAAL.get(kanaal, 0) / 100)
            hours, shares = list(drukte.UUR[kind]), list(drukte.UUR[kind].values())
            for day, hour in zip(
                self.rng.choices(open_days, weights, k=first), self.rng.choices(hours, shares, k=first), strict=True
            ):
                at = self.at(day, hour)
                if kanaal in self.hours:
                    at = self.hours[kanaal].next_open(at)
                if at < self.until - timedelta(minutes=20):
                    found.append((at, kanaal))
        return iter(sorted(found, key=lambda moment: moment[0]))

    def at(self, day: date, hour: int) -> datetime:
        seconds = self.rng.randrange(3600)
        return datetime.combine(day, time(hour, seconds // 60, seconds % 60), AMSTERDAM).astimezone(UTC)

    def pick_product(self, kanaal: Kanaal, at: datetime) -> str:
        names, cumulative = self.months[at.month]
        sleutel = self.rng.choices(names, cum_weights=cumulative)[0]
        return "" if sleutel and kanaal not in producten()[sleutel].kanalen else sleutel

    def leg(
        self, kanaal: Kanaal, product: str, at: datetime, uitkomst: str, van: str = "", way: str = "in"
    ) -> datetime:
        mean = drukte.DUUR.get(kanaal, 0)
        end = at + timedelta(seconds=round(mean * self.rng.uniform(0.3, 1.7)))
        self.year.verkeer.append(ProefVerkeersregel(kanaal, product, way, at, end, uitkomst, van))
        return end

    def taker(self, team: str, kanaal: Kanaal) -> str:
        return self.rng.choice(self.takers.get((team, kanaal)) or self.takers.get((KCC, kanaal)) or ["maud"])

    def text(self, product: Product | None, kind: str) -> str:
        general = _teksten()["algemeen"]
        own = _teksten().get(product.sleutel, {}) if product else {}
        choices = own.get(kind) or general[kind]
        return self.rng.choice(choices).format(naam=product.naam if product else "de gemeente")

    def question(self, kanaal: Kanaal, product: Product | None, at: datetime) -> None:
        rng, sleutel = self.rng, product.sleutel if product else ""
        inwoner = rng.choice(self.often if rng.random() < 0.3 else self.people)
        if len(self.year.interacties) % _AYLIN_EVERY == _AYLIN_EVERY // 2:
            inwoner = inwoners()[0]
        soort, formeel = self.kind(product, kanaal)
        formule = serviceformules()[product.serviceformule if product else "flits"]
        belofte = promise(product, kanaal, at, formule, self.office, soort=soort)
        at_once = not formeel and rng.random() < drukte.METEEN.get(kanaal, 0)
        first_line = formule.eerste_lijn and soort is None
        team = KCC if at_once or product is None or first_line else product.team
        who = self.taker(KCC, kanaal) if kanaal not in drukte.SCHRIFTELIJK else ""
        end = self.leg(kanaal, sleutel, at, "beantwoord" if at_once else "doorgezet")
        contacts = [ProefContact(kanaal, "in", at, end, self.text(product, "vraag"), who)]
        answered: datetime | None = end if at_once else self.answer_at(kanaal, at, belofte)
        stil = None
        behind = not at_once and self.until - at < _BACKLOG and rng.random() < 0.3
        if answered is not None and (answered >= self.until or behind):
            answered = None
        owner = who if at_once else self.taker(team, drukte.KANAAL_VAKTEAM)
        if answered is not None and not at_once:
            back = drukte.ANTWOORD_OVER.get(kanaal, kanaal)
            back = back if inwoner.email else drukte.ZONDER_EMAIL.get(back, back)
            done = self.leg(back, sleutel, answered, "beantwoord", way="uit")
            contacts.append(ProefContact(back, "uit", answered, done, self.text(product, "antwoord"), owner))
        elif answered is None and rng.random() < 0.15:
            stil = min(self.office.next_open(at + timedelta(hours=rng.randint(1, 20))), self.until)
        contacts += self.follow_up(kanaal, product, at, inwoner)
        contacts.sort(key=lambda contact: contact.op)
        self.year.interacties.append(
            ProefInteractie(
                volgnummer=len(self.year.interacties) + 1,
                inwoner=inwoner.nummer,
                vastgesteld=kanaal in drukte.VASTGESTELD or rng.random() < 0.4,
                onderwerp=product.naam if product else "Algemene vraag",
                product=sleutel,
                soort=soort.value if soort else "vraag",
                formeel=formeel,
                status="afgerond" if answered else "wacht_op_klant" if stil else "open",
                team=team,
                regiehouder=owner if answered or stil or rng.random() < 0.5 else "",
                kanaal=kanaal,
                begonnen_op=at,
                laatste_op=contacts[-1].op,
                belofte=belofte,
                beantwoord_op=answered,
                stil_sinds=stil,
                afgerond_op=max(answered, contacts[-1].einde) if answered else None,
                contacten=tuple(contacts),
            )
        )

    def kind(self, product: Product | None, kanaal: Kanaal) -> tuple[Verzoeksoort | None, bool]:
        """The formal kind: by its product, or an aanvraag where it is written and the product is formal."""
        if product is None or not product.formeel:
            return None, False
        own = {"bezwaar": Verzoeksoort.BEZWAAR, "klacht": Verzoeksoort.KLACHT, "woo": Verzoeksoort.WOO}
        own["privacy"] = Verzoeksoort.PRIVACY
        if kanaal not in drukte.SCHRIFTELIJK or (product.sleutel not in own and self.rng.random() < 0.5):
            return None, False
        return own.get(product.sleutel, Verzoeksoort.AANVRAAG), True

    def answer_at(self, kanaal: Kanaal, at: datetime, belofte: Belofte) -> datetime:
        """When people of ours are there, mostly within the belofte."""
        rng = self.rng
        if rng.random() < drukte.OP_TIJD[kanaal]:
            moment = at + (belofte.uiterlijk - at) * rng.triangular(0.02, 1.0, 0.6)
            return min(self.office.next_open(moment), belofte.uiterlijk)
        return self.office.add(belofte.uiterlijk, timedelta(minutes=round(rng.expovariate(1 / 500)) + 5))

    def follow_up(self, kanaal: Kanaal, product: Product | None, at: datetime, inwoner: Inwoner) -> list[ProefContact]:
        """Contacts on the same question in the days after, often over another kanaal (KS-5)."""
        contacts: list[ProefContact] = []
        weights, kanalen = list(drukte.VERVOLG_KANAAL.values()), list(drukte.VERVOLG_KANAAL)
        van = kanaal
        while len(contacts) < 3 and self.rng.random() < drukte.VERVOLG:
            naar = self.rng.choices(kanalen, weights)[0]
            naar = naar if inwoner.email else drukte.ZONDER_EMAIL.get(naar, naar)
            at += timedelta(hours=self.rng.triangular(3, 160, 30))
            at = self.hours[naar].next_open(at) if naar in self.hours else at
            if at >= self.until - timedelta(minutes=20):
                break
            end = self.leg(naar, product.sleutel if product else "", at, "beantwoord", "" if van == naar else van)
            who = self.taker(KCC, naar) if naar not in drukte.SCHRIFTELIJK else ""
            contacts.append(ProefContact(naar, "in", at, end, self.text(None, "navraag"), who))
            van = naar
        return contacts


def _product_weights(month: int) -> tuple[list[str], list[float]]:
    names = list(drukte.PRODUCTEN)
    weights = []
    for name, weight in drukte.PRODUCTEN.items():
        months, factor = drukte.SEIZOEN.get(name, (frozenset(), 1.0))
        weights.append(weight * (factor if month in months else 1.0))
    return names, list(accumulate(weights))
