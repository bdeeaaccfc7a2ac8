# SPDX-License-Identifier: EUPL-1.2
"""The API as a whole: where it is, which version it is, and what it has. Spoken as the register is."""

from schakel.kit.projection import Api, Filter, Resource

ABONNEMENT = Resource("abonnement", "abonnement", fields=())
KANAAL = Resource("kanaal", "", fields=(), filters=(Filter("naam", "naam"),))
NOTIFICATIES = Api("/notificaties/api/v1", "1.0.1", {ABONNEMENT.name: ABONNEMENT, KANAAL.name: KANAAL}, paged=False)
