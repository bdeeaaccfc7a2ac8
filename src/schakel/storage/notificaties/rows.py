# SPDX-License-Identifier: EUPL-1.2
"""Rows of the outbox and of abonnementen, as the core knows them."""

import json
from collections.abc import Sequence

import asyncpg

from schakel.relatiebeheer.notificaties.abonnement import (
    Aanvraag,
    Abonnement,
    Abonnementregel,
    Gebeurtenis,
    Plaats,
    Stand,
    Voortgang,
    Vorm,
)
from schakel.relatiebeheer.notificaties.topics import Keuze
from schakel.storage.crypto import Kluis


def keuzes_of(text: str) -> tuple[Keuze, ...]:
    return tuple(Keuze(one["naam"], one["filters"]) for one in json.loads(text))


def keuzes_text(keuzes: Sequence[Keuze]) -> str:
    return json.dumps([{"naam": keuze.naam, "filters": dict(keuze.filters)} for keuze in keuzes])


def aanvraag_of(row: asyncpg.Record, kluis: Kluis) -> Aanvraag:
    auth = kluis.decrypt(row["auth_cijfer"]) if row["auth_cijfer"] is not None else ""
    return Aanvraag(row["naam"], Vorm(row["vorm"]), row["url"], auth, keuzes_of(row["kanalen"]))


def abonnement_of(row: asyncpg.Record, kluis: Kluis) -> Abonnement:
    voortgang = Voortgang(
        Plaats(row["xid"], row["positie"], tuple(row["klaar"])), Stand(row["stand"]), row["op_rij"],
        row["volgende_op"], row["laatste_fout"], row["bezorgd"], row["laatst_gelukt"],
    )  # fmt: skip
    return Abonnement(row["id"], row["generatie"], aanvraag_of(row, kluis), voortgang)


def gebeurtenis_of(row: asyncpg.Record) -> Gebeurtenis:
    return Gebeurtenis(
        row["id"], row["xid"], row["resource"], row["resource_id"], row["actie"], row["moment"],
        json.loads(row["kenmerken"]),
    )  # fmt: skip


def regel_of(row: asyncpg.Record, achterstand: int) -> Abonnementregel:
    return Abonnementregel(
        row["id"], row["naam"], Vorm(row["vorm"]), row["url"], keuzes_of(row["kanalen"]), Stand(row["stand"]),
        row["stand_sinds"], row["op_rij"], row["volgende_op"], row["laatste_fout"], row["bezorgd"],
        row["laatst_gelukt"], row["gemaakt_op"], achterstand, row["dood"], row["token_id"],
    )  # fmt: skip
