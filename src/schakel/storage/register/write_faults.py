# SPDX-License-Identifier: EUPL-1.2
"""Faults: what the database refuses, as a client of these standards reads it; never a fault of the server."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from schakel.kit.errors import Conflict
from schakel.kit.projection import Invalid
from schakel.relatiebeheer.register.invoer import EVERYTHING
from schakel.relatiebeheer.register.poorten import Refused

_ALL = "__all__"  # the name that clients know for a rule on a whole identificator
#: Of numbers that we give out ourselves: who met one that was given by hand takes the next.
NUMMER_TAKEN = Invalid("nummer", "unique", "Dit nummer is al in gebruik.")
_REFERENTIENUMMER = Invalid("referentienummer", "unique", "Dit nummer is al in gebruik.")
_IDENTIFICATOR = Invalid(_ALL, "invalid", "Deze identificator bestaat al. Een identificator moet uniek zijn.")

#: By the name of the constraint.
_UNIQUE = {
    "partij_nummer_key": NUMMER_TAKEN,
    "klantcontact_nummer_key": NUMMER_TAKEN,
    "interne_taak_nummer_key": NUMMER_TAKEN,
    "klantcontact_referentienummer_key": _REFERENTIENUMMER,
    "interne_taak_referentienummer_key": _REFERENTIENUMMER,
    "partij_identificator_uniek": _IDENTIFICATOR,
    "partij_identificator_vestiging": _IDENTIFICATOR,
    "partij_identificator_per_partij": Invalid(
        _ALL, "invalid", "Deze partij heeft al een identificator van deze soort: `CodeSoortObjectId` moet uniek zijn."
    ),
    "digitaal_adres_referentie": Invalid(
        EVERYTHING, "unique", "Deze partij heeft al een adres van deze soort met deze referentie."
    ),
    "digitaal_adres_uniek": Invalid(EVERYTHING, "unique", "Deze partij heeft dit adres al."),
    "actor_klantcontact_pkey": Invalid(EVERYTHING, "unique", "Deze actor is al aan dit klantcontact gekoppeld."),
    "vertegenwoordiging_vertegenwoordigende_vertegenwoordigde_key": Invalid(
        EVERYTHING, "unique", "Deze partij vertegenwoordigt die partij al."
    ),
}


@contextmanager
def refusals() -> Iterator[None]:
    """Around a transaction: what PostgreSQL says no to, is said on."""
    try:
        yield
    except asyncpg.UniqueViolationError as fault:
        known = _UNIQUE.get(fault.constraint_name or "")
        raise (Refused([known]) if known else Conflict()) from None
    except asyncpg.ForeignKeyViolationError:
        reason = "Iets anders verwijst hier nog naar, of dat waar dit naar verwijst is er niet meer."
        raise Refused([Invalid(EVERYTHING, "invalid", reason)]) from None
    except (asyncpg.CheckViolationError, asyncpg.DataError):
        raise Refused([Invalid(EVERYTHING, "invalid", "Deze waarden kunnen niet worden bewaard.")]) from None
    except (asyncpg.DeadlockDetectedError, asyncpg.SerializationError, asyncpg.LockNotAvailableError):
        raise Conflict from None
