# SPDX-License-Identifier: EUPL-1.2
"""Rows of the demo, per table, made from the invented gemeente."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from schakel.dienstverlening.lindewaard.contacten import Jaar, ProefInteractie
from schakel.dienstverlening.lindewaard.organisatie import MEDEWERKERS, TEAMS
from schakel.dienstverlening.lindewaard.personen import Inwoner, inwoners
from schakel.kit.clock import AMSTERDAM
from schakel.kit.text import searchable
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.relatiebeheer.partijen import SOORT_ADRES, searchable_address
from schakel.storage.crypto import Kluis
from schakel.storage.naamdelen import name_parts

Row = tuple[object, ...]
DOUBLES = 4
_SPACE = uuid5(NAMESPACE_URL, "urn:schakel:lindewaard")


def key(soort: str, *parts: object) -> UUID:
    """The same thing has the same key in every demo."""
    return uuid5(_SPACE, ":".join((soort, *map(str, parts))))


@dataclass
class Tables:
    """Rows by table, in the order of `COLUMNS`."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, *row: object) -> None:
        """One row."""
        self.rows.setdefault(table, []).append(row)


COLUMNS: dict[str, tuple[str, ...]] = {
    "team": ("sleutel", "naam"),
    "actor": ("id", "soort", "naam", "functie", "account", "rollen", "team"),
    "partij": (
        *("id", "soort", "zelfstandig", "naam", "zoeknaam", "geboortedatum", "straat", "huisnummer", "postcode"),
        *("woonplaats", "aangemaakt_op", "gewijzigd_op", "vervalt_op"),
    ),
    "naamdeel": ("deel", "partij_id"),
    "partij_identificator": ("id", "partij_id", "soort", "register", "cijfer", "blind"),
    "interactie": (
        *("id", "nummer", "onderwerp", "product", "soort", "formeel", "status", "team", "regiehouder", "partij_id"),
        *("vastgesteld", "voorgesteld_id", "begonnen_kanaal", "begonnen_op", "laatste_op", "belofte_op"),
        *("belofte_tekst", "belofte_klok", "beantwoord_op", "stil_sinds", "afgerond_op", "vervalt_op"),
    ),
    "klantcontact": (
        *("id", "nummer", "interactie_id", "kanaal", "onderwerp", "inhoud", "indicatie_contact_gelukt"),
        *("plaatsgevonden_op", "vervalt_op"),
    ),
    "betrokkene": ("id", "klantcontact_id", "partij_id", "naam"),
    "digitaal_adres": (
        *("id", "partij_id", "betrokkene_id", "soort", "adres", "zoekadres", "is_standaard", "verstrekt_op"),
    ),
    "actor_klantcontact": ("klantcontact_id", "actor_id"),
    "gespreksbijdrage": (
        *("id", "interactie_id", "klantcontact_id", "kanaal", "richting", "afzender_naam", "afzender_adres"),
        *("actor_id", "onderwerp", "tekst", "tijdstip"),
    ),
    "meting": ("interactie_id", "kanaal", "product", "beloofd_op", "gehaald_op", "begonnen_op"),
    "verkeersregel": ("kanaal", "product", "richting", "begonnen_op", "beeindigd_op", "uitkomst", "van_kanaal"),
}


def organisation_rows(tables: Tables) -> None:
    """Teams and medewerkers."""
    for team in TEAMS:
        tables.add("team", team.sleutel, team.naam)
    for m in MEDEWERKERS:
        tables.add("actor", key("actor", m.account), "medewerker", m.naam, m.functie, m.account, list(m.rollen), m.team)


def people_rows(tables: Tables, kluis: Kluis, at: datetime) -> None:
    """Inwoners with what they told the gemeente themselves, and the bsn of the official test persons."""
    for inwoner in inwoners():
        partij_id = key("partij", inwoner.nummer)
        zoeknaam = searchable(inwoner.naam)
        tables.add(
            "partij", partij_id, "persoon", False, inwoner.naam, zoeknaam, inwoner.geboortedatum, inwoner.adres.straat,
            str(inwoner.adres.huisnummer), inwoner.adres.postcode, inwoner.adres.woonplaats, at, at,
            vervalt_op("partij", at),
        )  # fmt: skip
        for deel in name_parts(zoeknaam):
            tables.add("naamdeel", deel, partij_id)
        for soort, adres in (("email", inwoner.email), ("telefoonnummer", inwoner.telefoon)):
            if adres:
                zoek = searchable_address(adres)
                tables.add("digitaal_adres", key(soort, inwoner.nummer), partij_id, None, soort, adres, zoek, True, at)
        if inwoner.bsn:
            tables.add(
                "partij_identificator", key("bsn", inwoner.nummer), partij_id, "bsn", "brp",
                kluis.encrypt(inwoner.bsn), kluis.blind("bsn", inwoner.bsn),
            )  # fmt: skip


def double_rows(tables: Tables, at: datetime) -> None:
    """A few inwoners are here twice, as in every register: made again by another programme, with a typing error."""
    for inwoner in [one for one in inwoners() if one.email][-DOUBLES:]:
        partij_id, naam = key("dubbel", inwoner.nummer), inwoner.naam.replace("ij", "y", 1)
        tables.add(
            "partij", partij_id, "persoon", False, naam, searchable(naam), inwoner.geboortedatum, "", "", "", "",
            at, at, vervalt_op("partij", at),
        )  # fmt: skip
        for deel in name_parts(searchable(naam)):
            tables.add("naamdeel", deel, partij_id)
        zoek = searchable_address(inwoner.telefoon or inwoner.email)
        soort = "telefoonnummer" if inwoner.telefoon else "email"
        tables.add("digitaal_adres", key("dubbel", soort, inwoner.nummer), partij_id, None, soort, zoek, zoek, True, at)


def year_rows(tables: Tables, jaar: Jaar, prefix: str) -> None:
    """Every Interactie with its contacts, and the traffic."""
    people = {inwoner.nummer: inwoner for inwoner in inwoners()}
    numbers = iter(range(1, 10_000_000))
    for interactie in jaar.interacties:
        _interactie_rows(tables, interactie, people[interactie.inwoner], prefix, numbers)
    for regel in jaar.verkeer:
        tables.add(
            "verkeersregel", regel.kanaal, regel.product, regel.richting, regel.begonnen_op, regel.beeindigd_op,
            regel.uitkomst, regel.van_kanaal,
        )  # fmt: skip


def _interactie_rows(
    tables: Tables, interactie: ProefInteractie, klant: Inwoner, prefix: str, numbers: Iterator[int]
) -> None:
    interactie_id, partij_id = key("interactie", interactie.volgnummer), key("partij", klant.nummer)
    belofte, at = interactie.belofte, interactie.begonnen_op
    regie = key("actor", interactie.regiehouder) if interactie.regiehouder else None
    linked = partij_id
    if not interactie.vastgesteld:  # invariant 6: an address only suggests
        linked = key("zelfstandig", interactie.volgnummer)
        tables.add(
            "partij", linked, "persoon", True, klant.naam, searchable(klant.naam), None, "", "", "", "", at, at,
            vervalt_op("partij_zelfstandig", at),
        )  # fmt: skip
    tables.add(
        "interactie", interactie_id, f"{prefix}-{at.astimezone(AMSTERDAM).year}-{interactie.volgnummer}",
        interactie.onderwerp, interactie.product, interactie.soort or "vraag", interactie.formeel, interactie.status,
        interactie.team, regie, linked, interactie.vastgesteld, None if interactie.vastgesteld else partij_id,
        interactie.kanaal, at, interactie.laatste_op, belofte.uiterlijk, belofte.tekst_klant, str(belofte.klok),
        interactie.beantwoord_op, interactie.stil_sinds, interactie.afgerond_op, vervalt_op("interactie", at),
    )  # fmt: skip
    tables.add(
        "meting", interactie_id, interactie.kanaal, interactie.product, belofte.uiterlijk, interactie.beantwoord_op, at
    )
    for n, contact in enumerate(interactie.contacten):
        contact_id = key("klantcontact", interactie.volgnummer, n)
        actor_id = key("actor", contact.medewerker) if contact.medewerker else None
        bereik = {"email": klant.email, "telefoonnummer": klant.telefoon}
        adres = bereik.get(SOORT_ADRES.get(contact.kanaal, ""), "") if contact.richting == "in" else ""
        tables.add(
            "klantcontact", contact_id, f"{next(numbers):010d}", interactie_id, contact.kanaal,
            interactie.onderwerp[:200], contact.tekst[:1000], True, contact.op, vervalt_op("klantcontact", contact.op),
        )  # fmt: skip
        tables.add("betrokkene", key("betrokkene", interactie.volgnummer, n), contact_id, linked, klant.naam)
        if actor_id:
            tables.add("actor_klantcontact", contact_id, actor_id)
        tables.add(
            "gespreksbijdrage", key("bijdrage", interactie.volgnummer, n), interactie_id, contact_id, contact.kanaal,
            contact.richting, klant.naam if contact.richting == "in" else "", adres, actor_id, interactie.onderwerp,
            contact.tekst, contact.op,
        )  # fmt: skip
