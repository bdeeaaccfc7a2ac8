# SPDX-License-Identifier: EUPL-1.2
"""The API as a whole: where it is, which version it is, and what it has."""

from importlib.resources import files

from schakel.api.klantinteracties.resources.actoren import ACTOREN, ACTORKLANTCONTACTEN, INTERNE_TAKEN
from schakel.api.klantinteracties.resources.klantcontacten import (
    BETROKKENEN,
    BIJLAGEN,
    DIGITALE_ADRESSEN,
    KLANTCONTACTEN,
    ONDERWERPOBJECTEN,
)
from schakel.api.klantinteracties.resources.partijen import (
    CATEGORIE_RELATIES,
    CATEGORIEEN,
    IDENTIFICATOREN_VAN_PARTIJEN,
    PARTIJEN,
    REKENINGNUMMERS,
    VERTEGENWOORDIGINGEN,
)
from schakel.kit.projection import Api

_RESOURCES = (
    ACTOREN,
    ACTORKLANTCONTACTEN,
    BETROKKENEN,
    BIJLAGEN,
    CATEGORIE_RELATIES,
    CATEGORIEEN,
    DIGITALE_ADRESSEN,
    INTERNE_TAKEN,
    KLANTCONTACTEN,
    ONDERWERPOBJECTEN,
    IDENTIFICATOREN_VAN_PARTIJEN,
    PARTIJEN,
    REKENINGNUMMERS,
    VERTEGENWOORDIGINGEN,
)
MAAK_KLANTCONTACT = "maak-klantcontact"

KLANTINTERACTIES = Api(
    "/klantinteracties/api/v1",
    "0.9.0",
    {resource.name: resource for resource in _RESOURCES},
    roads=(MAAK_KLANTCONTACT,),
    searched=(PARTIJEN.name,),
    overlay=files(__package__).joinpath("overlay.yaml").read_bytes(),
    parameters={("DELETE", "onderwerpobjecten"): frozenset({"cascade"})},
    bulk={KLANTCONTACTEN.name: MAAK_KLANTCONTACT},
)
