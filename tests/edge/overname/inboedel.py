# SPDX-License-Identifier: EUPL-1.2
"""Inboedel: what is in the stand-in's register, as Open Klant writes it: invented, with every kind of relation."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

Row = dict[str, Any]
_SPACE = uuid5(NAMESPACE_URL, "urn:schakel:inboedel")
BASE = "https://openklant.gemeente.example/klantinteracties/api/v1"
BSN, KVK, VESTIGING = "999990342", "69599084", "000037178598"
_START = datetime(2024, 1, 2, 8, 0, tzinfo=UTC)
_LEEG = {"nummeraanduidingId": "", "straatnaam": "", "huisnummer": None, "huisnummertoevoeging": "", "postcode": "",
         "stad": "", "adresregel1": "", "adresregel2": "", "adresregel3": "", "land": ""}  # fmt: skip
_ADRES = {
    **_LEEG,
    "straatnaam": "Dorpsstraat",
    "huisnummer": 12,
    "postcode": "1234 AB",
    "stad": "Lindewaard",
    "land": "NL",
}
_GEEN = {"objectId": "", "codeObjecttype": "", "codeRegister": "", "codeSoortObjectId": ""}
NAAMLOOS = {"voorletters": "", "voornaam": "", "voorvoegselAchternaam": "", "achternaam": ""}


def key(soort: str, n: int | str) -> str:
    """The same thing has the same uuid in every run."""
    return str(uuid5(_SPACE, f"{soort}:{n}"))


def ref(soort: str, n: int | str) -> Row:
    return {"uuid": key(soort, n), "url": f"{BASE}/{soort}/{key(soort, n)}"}


def _row(soort: str, n: int | str, **more: Any) -> Row:
    return {**ref(soort, n), **more}


def _moment(n: int) -> str:
    return (_START + timedelta(minutes=n, microseconds=n)).isoformat().replace("+00:00", "Z")


def _partij(n: int | str, soort: str, identificatie: Any, **more: Any) -> Row:
    leeg = {"betrokkenen": [], "categorieRelaties": [], "vertegenwoordigden": [], "digitaleAdressen": []}
    return _row("partijen", n, nummer=None, interneNotitie="", soortPartij=soort, indicatieGeheimhouding=None,
                voorkeurstaal="nld", indicatieActief=True, bezoekadres=_LEEG, correspondentieadres=_LEEG,
                partijIdentificatie=identificatie, voorkeursDigitaalAdres=None, voorkeursRekeningnummer=None,
                rekeningnummers=[], partijIdentificatoren=[], **leeg) | more  # fmt: skip


def _persoon(voornaam: str, achternaam: str) -> Row:
    naam = {**NAAMLOOS, "voornaam": voornaam, "achternaam": achternaam}
    return {"contactnaam": naam, "volledigeNaam": f"{voornaam} {achternaam}"}


def _adres(n: int | str, soort: str, adres: str, **more: Any) -> Row:
    return _row("digitaleadressen", n, adres=adres, soortDigitaalAdres=soort, omschrijving="", isStandaardAdres=False,
                referentie="", verificatieDatum=None, verstrektDoorBetrokkene=None,
                verstrektDoorPartij=None) | more  # fmt: skip


def _identificator(n: str, soort: str, nummer: str, objecttype: str, register: str, **more: Any) -> Row:
    groep = {"codeObjecttype": objecttype, "codeSoortObjectId": soort, "objectId": nummer, "codeRegister": register}
    return _row("partij-identificatoren", n, anderePartijIdentificator="", partijIdentificator=groep,
                identificeerdePartij=None, subIdentificatorVan=None) | more  # fmt: skip


def klantcontact(n: int, **more: Any) -> Row:
    return _row("klantcontacten", n, nummer=None, referentienummer=None, kanaal=("telefoon", "e-mail", "balie")[n % 3],
                onderwerp=f"Vraag {n} over een paspoort", inhoud=f"Inhoud van vraag {n}", reactie="",
                indicatieContactGelukt=(None, True, False)[n % 3], verdereActieOndernomen=False, taal="nld",
                vertrouwelijk=n % 10 == 0, plaatsgevondenOp=_moment(n), metadata={}, hoofdOnderwerpType="",
                hadBetrokkenActoren=[], hadBetrokkenen=[], omvatteBijlagen=[], gingOverOnderwerpobjecten=[],
                leiddeTotInterneTaken=[]) | more  # fmt: skip


def betrokkene(n: int | str, contact: int, partij: int | str | None, **more: Any) -> Row:
    return _row("betrokkenen", n, wasPartij=None if partij is None else ref("partijen", partij),
                hadKlantcontact=ref("klantcontacten", contact), rol="klant", initiator=True, organisatienaam="",
                contactnaam=NAAMLOOS, volledigeNaam="", bezoekadres=_LEEG, correspondentieadres=_LEEG,
                digitaleAdressen=[]) | more  # fmt: skip


def inboedel(contacten: int = 40, partijen: int = 12) -> dict[str, list[Row]]:
    """Every resource, newest first. The relations of all kinds hang on the first few partijen and contacten."""
    found = {
        "actoren": list(_actoren()),
        "categorieen": [_row("categorieen", 1, naam="Ondernemers")],
        "partijen": list(_partijen(partijen)),
        "partij-identificatoren": list(_identificatoren()),
        "rekeningnummers": [_row("rekeningnummers", 1, iban="NL91ABNA0417164300", bic="", partij=ref("partijen", 0))],
        "categorie-relaties": [
            _row("categorie-relaties", 1, partij=ref("partijen", "bakker"), beginDatum="2024-02-01", eindDatum=None,
                 categorie={**ref("categorieen", 1), "naam": "Ondernemers"}),
        ],
        "vertegenwoordigingen": [
            _row("vertegenwoordigingen", 1, vertegenwoordigendePartij=ref("partijen", 0),
                 vertegenwoordigdePartij=ref("partijen", 1)),
        ],
        "klantcontacten": [klantcontact(n) for n in range(contacten)],
        "betrokkenen": [betrokkene(n, n, n % partijen if n % 4 else None) for n in range(contacten)],
        "digitaleadressen": list(_adressen(partijen)),
        "actorklantcontacten": [
            _row("actorklantcontacten", n, actor=ref("actoren", n % 2), klantcontact=ref("klantcontacten", n))
            for n in range(0, contacten, 2)
        ],
        "onderwerpobjecten": list(_onderwerpobjecten()),
        "bijlagen": [_row("bijlagen", 1, wasBijlageVanKlantcontact=ref("klantcontacten", 2),
                          bijlageidentificator={**_GEEN, "objectId": "doc-1", "codeObjecttype": "document"})],
        "internetaken": list(_taken()),
        "persoon": [_row("persoon", 1, geboortedatum="1980-03-04", overlijdensdatum=None, geslachtsnaam="Jansen",
                         geslacht="v", voorvoegsel="", voornamen="Anna", adres=_ADRES)],
        "organisatie": [_row("organisatie", 1, handelsnaam="Bakkerij", oprichtingsdatum=None, opheffingsdatum=None,
                             adres=_LEEG)],
    }  # fmt: skip
    return {name: rows[::-1] for name, rows in found.items()}


def _actoren() -> Iterator[Row]:
    wie = {"objectId": "maud@gemeente.example", "codeObjecttype": "mdw", "codeRegister": "msei",
           "codeSoortObjectId": "email"}  # fmt: skip
    extra = {"functie": "KCC", "emailadres": "maud@gemeente.example", "telefoonnummer": "0201234567"}
    yield _row("actoren", 0, naam="Maud", soortActor="medewerker", indicatieActief=True, actoridentificator=wie,
               actorIdentificatie=extra)  # fmt: skip
    yield _row("actoren", 1, naam="Afdeling Parkeren", soortActor="organisatorische_eenheid", indicatieActief=False,
               actoridentificator=_GEEN, actorIdentificatie=None)  # fmt: skip


def _partijen(aantal: int) -> Iterator[Row]:
    """The contactpersoon is older than the organisatie it works for; the first one prefers an adres and a rekening."""
    werkte = {
        "uuid": key("partijen", "piet"),
        "werkteVoorPartij": ref("partijen", "bakker"),
        **_persoon("Piet", "Bakker"),
    }
    yield _partij("piet", "contactpersoon", werkte)
    yield _partij("bakker", "organisatie", {"naam": "Bakkerij De Korenaar"}, bezoekadres=_ADRES, nummer="0000000042")
    for n in range(aantal):
        more: Row = {}
        if n == 0:
            more = {"voorkeursDigitaalAdres": ref("digitaleadressen", "p0"), "indicatieGeheimhouding": True,
                    "voorkeursRekeningnummer": ref("rekeningnummers", 1), "correspondentieadres": _ADRES}  # fmt: skip
        yield _partij(n, "persoon", _persoon("Fatima", f"Özdemir {n}"), **more)


def _identificatoren() -> Iterator[Row]:
    yield _identificator("bsn", "bsn", BSN, "natuurlijk_persoon", "brp", identificeerdePartij=ref("partijen", 0))
    yield _identificator("vest", "vestigingsnummer", VESTIGING, "vestiging", "hr",
                         identificeerdePartij=ref("partijen", "bakker"),
                         subIdentificatorVan=ref("partij-identificatoren", "kvk"))  # fmt: skip
    yield _identificator("kvk", "kvk_nummer", KVK, "niet_natuurlijk_persoon", "hr")


def _adressen(aantal: int) -> Iterator[Row]:
    for n in range(aantal):
        yield _adres(f"p{n}", "email", f"klant{n}@post.example", verstrektDoorPartij=ref("partijen", n),
                     isStandaardAdres=True, referentie="portaal", verificatieDatum="2024-05-06")  # fmt: skip
    yield _adres("b0", "telefoonnummer", "0612345678", verstrektDoorBetrokkene=ref("betrokkenen", 0))
    yield _adres("los", "overig", "zonder eigenaar")


def _onderwerpobjecten() -> Iterator[Row]:
    zaak = {"objectId": "zaak-1", "codeObjecttype": "zgw-Zaak", "codeRegister": "openzaak", "codeSoortObjectId": "uuid"}
    yield _row("onderwerpobjecten", 1, klantcontact=ref("klantcontacten", 1), wasKlantcontact=None,
               onderwerpobjectidentificator=zaak)  # fmt: skip
    yield _row("onderwerpobjecten", 2, klantcontact=ref("klantcontacten", 2), wasKlantcontact=ref("klantcontacten", 1),
               onderwerpobjectidentificator=_GEEN)  # fmt: skip


def _taken() -> Iterator[Row]:
    for n, status in enumerate(("te_verwerken", "verwerkt")):
        actoren = [ref("actoren", 1), ref("actoren", 0)]
        yield _row("internetaken", n, nummer=f"{7_000 + n:010d}", referentienummer=None,
                   gevraagdeHandeling="Bel terug", toelichting="", status=status, toegewezenOp=_moment(900 + n),
                   afgehandeldOp=None if n == 0 else _moment(1900), toegewezenAanActor=actoren[0],
                   toegewezenAanActoren=actoren, aanleidinggevendKlantcontact=ref("klantcontacten", 3 + n))  # fmt: skip


def uuid(soort: str, n: int | str) -> UUID:
    return UUID(key(soort, n))
