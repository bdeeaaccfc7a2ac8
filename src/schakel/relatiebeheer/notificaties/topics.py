# SPDX-License-Identifier: EUPL-1.2
"""Topics: what one can subscribe to, one per resource. The Notificaties API calls a topic a kanaal."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

ACTIE = "actie"
ACTIES = {"create": "aangemaakt", "update": "gewijzigd", "destroy": "verwijderd"}
_KLANTINTERACTIES, _CONTACTGEGEVENS = "/klantinteracties/api/v1", "/contactgegevens/api/v1"


@dataclass(frozen=True, slots=True)
class Topic:
    """`naam` is the path of the resource in the API at `pad`, `resource` what one of it is called."""

    naam: str
    resource: str
    table: str
    pad: str = _KLANTINTERACTIES
    kenmerken: tuple[str, ...] = ()

    @property
    def filters(self) -> tuple[str, ...]:
        """Every kenmerk; what happened is one of each topic."""
        return (ACTIE, *self.kenmerken)

    @property
    def api(self) -> str:
        """The name of the API that has it."""
        return self.pad.split("/")[1]


TOPICS: Mapping[str, Topic] = {
    topic.naam: topic
    for topic in (
        Topic("actoren", "actor", "actor", kenmerken=("soortActor",)),
        Topic("actorklantcontacten", "actorklantcontact", "actor_klantcontact"),
        Topic("betrokkenen", "betrokkene", "betrokkene"),
        Topic("bijlagen", "bijlage", "bijlage_verwijzing"),
        Topic("categorie-relaties", "categorierelatie", "categorie_relatie"),
        Topic("categorieen", "categorie", "categorie"),
        Topic("digitaleadressen", "digitaaladres", "digitaal_adres", kenmerken=("soortDigitaalAdres",)),
        Topic("internetaken", "internetaak", "interne_taak", kenmerken=("status",)),
        Topic(
            "klantcontacten",
            "klantcontact",
            "klantcontact",
            kenmerken=("indicatieContactGelukt", "verdereActieOndernomen"),
        ),
        Topic("onderwerpobjecten", "onderwerpobject", "onderwerpobject"),
        Topic("organisatie", "organisatie", "organisatie", _CONTACTGEGEVENS),
        Topic("partij-identificatoren", "partijidentificator", "partij_identificator"),
        Topic("partijen", "partij", "partij", kenmerken=("soortPartij",)),
        Topic("persoon", "persoon", "persoon", _CONTACTGEGEVENS),
        Topic("rekeningnummers", "rekeningnummer", "rekeningnummer"),
        Topic("vertegenwoordigingen", "vertegenwoordiging", "vertegenwoordiging"),
    )
}
BY_TABLE: Mapping[str, Topic] = {topic.table: topic for topic in TOPICS.values()}


@dataclass(frozen=True, slots=True)
class Keuze:
    """One topic that an abonnement is on. Every filter must hold."""

    naam: str
    filters: Mapping[str, str]

    def wants(self, topic: Topic, kenmerken: Mapping[str, str]) -> bool:
        return topic.naam == self.naam and all(kenmerken.get(key) == value for key, value in self.filters.items())


def tables(keuzes: tuple[Keuze, ...]) -> Set[str]:
    """The tables that these are about."""
    return {TOPICS[keuze.naam].table for keuze in keuzes if keuze.naam in TOPICS}
