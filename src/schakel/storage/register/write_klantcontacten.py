# SPDX-License-Identifier: EUPL-1.2
"""Klantcontacten: each with its Interactie, Gespreksbijdrage and Verkeersregel, so that all of the house sees it."""

from typing import Any
from uuid import UUID

import asyncpg

from schakel.kit.clock import AMSTERDAM
from schakel.kit.ids import new_id
from schakel.kit.projection import Resource
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.relatiebeheer.register.invoer import Invoer
from schakel.relatiebeheer.register.naam import volledige_naam
from schakel.storage.register.write_context import Writing
from schakel.storage.register.write_references import Facts
from schakel.storage.register.write_rows import Columns, columns, correct, erase, insert
from schakel.storage.register.write_together import Rows, Volgnummer, insert_of, insert_together


async def create_klantcontact(writing: Writing, resource: Resource, invoer: Invoer, facts: Facts) -> UUID:
    """Without a word on who had it; that, and who the klant is, comes after."""
    invoer.check()
    uuid = new_id()
    rows = contact_rows(writing, uuid, invoer.values, None, "", onvolledig=True)
    await insert_together(writing.connection, [insert_of(table, several) for table, several in rows.items()])
    return uuid


def contact_rows(
    writing: Writing, uuid: UUID, values: dict[str, Any], partij_id: UUID | None, naam: str, *, onvolledig: bool
) -> Rows:
    """The klantcontact and all that the house keeps of it. One that asks for nothing more is afgerond at once."""
    house, interactie_id = writing.house, new_id()
    row = columns(writing.resource("klantcontacten"), values)
    at = row["plaatsgevonden_op"] = values.get("plaatsgevondenOp", writing.at)
    kept_from = min(at, writing.at)
    kanaal, onderwerp = row["kanaal"], row["onderwerp"]
    if row.get("nummer") is None:
        row["nummer"] = Volgnummer("klantcontact_volgnummer")
    bijdrage: Columns = {
        "interactie_id": interactie_id, "klantcontact_id": uuid, "kanaal": kanaal, "onderwerp": onderwerp,
        "tijdstip": at,
    }  # fmt: skip
    said = [("in", values.get("inhoud", ""), naam), ("uit", values.get("reactie", ""), "")]
    interactie: Columns = {
        "id": interactie_id,
        "nummer": Volgnummer("interactie_volgnummer", f"{house.prefix}-{at.astimezone(AMSTERDAM).year}-"),
        "onderwerp": onderwerp,
        "status": "afgerond",
        "team": house.dienst.standaardteam,
        "begonnen_kanaal": kanaal,
        "begonnen_op": at,
        "laatste_op": at,
        "afgerond_op": at,
        "vervalt_op": vervalt_op("interactie", kept_from),
        "partij_id": partij_id,
        "vastgesteld": partij_id is not None,
    }
    own: Columns = {"onvolledig": onvolledig, "vervalt_op": vervalt_op("klantcontact", kept_from)}
    return {
        "interactie": [interactie],
        "verkeersregel": [{"kanaal": kanaal, "begonnen_op": at, "uitkomst": "geregistreerd"}],
        "klantcontact": [{"id": uuid, "interactie_id": interactie_id, **row, **own}],
        "gespreksbijdrage": [
            {"id": new_id(), **bijdrage, "richting": richting, "tekst": tekst, "afzender_naam": van}
            for richting, tekst, van in said
            if richting == "in" or tekst
        ],
    }


async def correct_klantcontact(
    writing: Writing, resource: Resource, row: asyncpg.Record, invoer: Invoer, facts: Facts
) -> None:
    """What came over an API has its words in the Interactie too; what a klant wrote himself stays as he wrote it."""
    invoer.check()
    changes = columns(resource, invoer.values)
    if "nummer" in changes and changes["nummer"] is None:
        del changes["nummer"]  # a nummer that was given out stays
    await correct(writing, resource, row["id"], changes)
    if invoer.touches("onderwerp", "inhoud"):
        await writing.connection.execute(
            """with bijdrage as (
                 update gespreksbijdrage set onderwerp = $3, tekst = $4
                 where klantcontact_id = $1 and origineel_id is null and richting = 'in' returning interactie_id)
               update interactie set onderwerp = $3
               where id in (select interactie_id from bijdrage) and onderwerp = $2""",
            row["id"],
            row["onderwerp"],
            invoer.merged("onderwerp"),
            invoer.merged("inhoud"),
        )


async def erase_klantcontact(writing: Writing, resource: Resource, row: asyncpg.Record) -> None:
    """With its words; the Interactie goes too, unless there is more in it."""
    connection, interactie_id = writing.connection, row["interactie_id"]
    await connection.execute(
        "delete from gespreksbijdrage where klantcontact_id = $1 and origineel_id is null", row["id"]
    )
    await erase(writing, resource, row["id"])
    try:
        async with connection.transaction():
            await connection.execute("delete from meting where interactie_id = $1", interactie_id)
            await connection.execute("delete from proces where interactie_id = $1", interactie_id)
            await connection.execute("delete from interactie where id = $1", interactie_id)
    except asyncpg.ForeignKeyViolationError:
        return


async def create_betrokkene(writing: Writing, resource: Resource, invoer: Invoer, facts: Facts) -> UUID:
    """The klant it was, is from now on the klant of the Interactie."""
    invoer.check()
    klantcontact_id = invoer.values["hadKlantcontact"]
    uuid = await insert(writing, resource, betrokkene_columns(resource, invoer) | {"klantrol": "burger"})
    if invoer.values.get("wasPartij") is not None or invoer.values.get("contactnaam"):
        await _follow(writing, klantcontact_id, None)
    return uuid


async def correct_betrokkene(
    writing: Writing, resource: Resource, row: asyncpg.Record, invoer: Invoer, facts: Facts
) -> None:
    invoer.check()
    await correct(writing, resource, row["id"], betrokkene_columns(resource, invoer))
    await _follow(writing, invoer.merged("hadKlantcontact"), row["partij_id"])


async def erase_betrokkene(writing: Writing, resource: Resource, row: asyncpg.Record) -> None:
    await erase(writing, resource, row["id"])
    await _follow(writing, row["klantcontact_id"], row["partij_id"])


def betrokkene_columns(resource: Resource, invoer: Invoer) -> Columns:
    """As given, with the whole name."""
    row = columns(resource, invoer.values)
    if "contactnaam" in invoer.values:
        row["naam"] = volledige_naam(invoer.values["contactnaam"])
    return row


async def _follow(writing: Writing, klantcontact_id: UUID, before: UUID | None) -> None:
    """An Interactie that came over an API has the klant of its klantcontact; one of the house keeps its own."""
    await writing.connection.execute(
        """with klant as (
             select b.partij_id, b.naam from betrokkene b where b.klantcontact_id = $1 and b.rol = 'klant'
             order by b.partij_id is null, b.volgnummer limit 1),
           hier as (select interactie_id from klantcontact where id = $1),
           naam as (
             update gespreksbijdrage g set afzender_naam = coalesce((select naam from klant), '')
             where g.klantcontact_id = $1 and g.origineel_id is null and g.richting = 'in')
           update interactie i
           set partij_id = (select partij_id from klant), vastgesteld = (select partij_id from klant) is not null
           where i.id = (select interactie_id from hier) and (i.partij_id is null or i.partij_id = $2)
             and not exists (select from gespreksbijdrage g where g.interactie_id = i.id and g.origineel_id is not null)
        """,
        klantcontact_id,
        before,
    )


async def create_actorklantcontact(writing: Writing, resource: Resource, invoer: Invoer, facts: Facts) -> UUID:
    """With an actor a klantcontact is complete."""
    invoer.check()
    uuid = await insert(writing, resource, columns(resource, invoer.values))
    await writing.connection.execute(
        "update klantcontact set onvolledig = false where id = $1 and onvolledig", invoer.values["klantcontact"]
    )
    return uuid
