# SPDX-License-Identifier: EUPL-1.2
"""Logging in at the gemeente's own provider, wired; nothing where none is named."""

from schakel.identiteit.inloggen import Inloggen, Medewerkersessies, read_groepen
from schakel.kit.clock import Clock
from schakel.kit.settings import Settings
from schakel.koppelingen.oidc.client import Aansluiting, OidcInlogdienst
from schakel.storage.crypto import derive


def build_oidc(settings: Settings, key: bytes, clock: Clock) -> OidcInlogdienst | None:
    """The provider. It knows us by two addresses: where one comes back, and where one ends after logging out."""
    found, adres = settings.oidc, settings.publiek_adres
    if found is None:
        return None
    terug, einde = f"{adres}/inloggen/terug", f"{adres}/afgemeld?klaar=ja"
    aansluiting = Aansluiting(
        found.issuer, found.client_id, found.client_secret, terug, einde, found.scope, found.groepclaim
    )
    return OidcInlogdienst(aansluiting, derive(key, "inloggen"), clock=clock)


def build_inloggen(settings: Settings, dienst: OidcInlogdienst | None, sessies: Medewerkersessies) -> Inloggen | None:
    """What the screens need of it."""
    if dienst is None or settings.oidc is None:
        return None
    return Inloggen(dienst, read_groepen(settings.oidc.groepen), sessies)
