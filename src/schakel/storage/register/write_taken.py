# SPDX-License-Identifier: EUPL-1.2
"""Interne taken: an open one opens its Interactie and its proces, so that a medewerker can go on with it at once.

The last one done closes both, unless the klant wrote to us himself: that he had his answer, a taak does not say.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import asyncpg

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.interactie import InteractieStatus
from schakel.kit.ids import new_id
from schakel.kit.projection import Resource
from schakel.relatiebeheer.register.invoer import Invoer
from schakel.relatiebeheer.register.regels import VERWERKT, afgehandeld_op, assigned
from schakel.storage.interacties import SqlInteracties
from schakel.storage.pool import Connection
from schakel.storage.register.write_context import House, Writing
from schakel.storage.register.write_references import Facts
from schakel.storage.register.write_rows import columns, correct, erase
from schakel.storage.verkeer import SqlVerkeer
from schakel.storage.werk import SqlWerk

_TEAM = """
select coalesce(t.sleutel, a.team) as team, case when a.account is not null then a.id end as regiehouder
from unnest($1::uuid[]) with ordinality given (id, place) join actor a using (id)
left join team t on t.actor_id = a.id or (a.soort = 'organisatorische_eenheid'
  and (t.sleutel = a.object_id or lower(t.naam) = lower(a.naam)))
order by coalesce(t.sleutel, a.team) is null, given.place limit 1"""
_AT_WORK = (InteractieStatus.OPEN, InteractieStatus.WACHT_OP_KLANT, InteractieStatus.WACHT_OP_GEMEENTE)
_ACTOREN = """
insert into interne_taak_actor (interne_taak_id, volgorde, actor_id)
select $1, place - 1, id from unnest($2::uuid[]) with ordinality given (id, place)"""

_LEFT = """
select exists (select from interne_taak where interactie_id = $1 and status <> $2)
  or exists (select from gespreksbijdrage where interactie_id = $1 and origineel_id is not null)
  or exists (select from verzoek where interactie_id = $1)"""


async def hold_taak(writing: Writing, taak_id: UUID) -> None:
    """Before the taak itself: who takes a step of the proces locks proces, Interactie and taak in this order too."""
    interactie_id = await writing.connection.fetchval("select interactie_id from interne_taak where id = $1", taak_id)
    await _hold(writing, interactie_id)


async def _hold(writing: Writing, interactie_id: UUID | None) -> None:
    of_proces = "select from proces where id = (select proces_id from interactie where id = $1) for update"
    await writing.connection.execute(of_proces, interactie_id)
    await writing.connection.execute("select from interactie where id = $1 for update", interactie_id)


async def create_taak(writing: Writing, resource: Resource, invoer: Invoer, facts: Facts) -> UUID:
    actoren = _check_actoren(invoer, facts)
    invoer.check()
    return await insert_taak(
        writing, resource, invoer, facts[invoer.values["aanleidinggevendKlantcontact"]].of, actoren
    )


async def insert_taak(
    writing: Writing, resource: Resource, invoer: Invoer, interactie_id: UUID | None, actoren: list[UUID]
) -> UUID:
    """The taak with its actoren in their order; its Interactie is at work from now on."""
    assert isinstance(interactie_id, UUID)
    await _hold(writing, interactie_id)
    row = {"id": new_id(), "interactie_id": interactie_id} | columns(resource, invoer.values)
    row |= {"toegewezen_op": writing.at, "afgehandeld_op": afgehandeld_op(invoer, writing.at)}
    if row.get("nummer") is None:
        row.pop("nummer", None)
    places = [f"${n}" for n in range(1, len(row) + 1)]
    if "nummer" not in row:
        places.append("lpad(nextval('interne_taak_volgnummer')::text, 10, '0')")
    names = ", ".join([*row] + ([] if "nummer" in row else ["nummer"]))
    await writing.connection.execute(f"insert into interne_taak ({names}) values ({', '.join(places)})", *row.values())
    await writing.connection.execute(_ACTOREN, row["id"], actoren)
    if invoer.values["status"] != VERWERKT:
        await open_interactie(writing.connection, writing.house, interactie_id, actoren, writing.at)
    return UUID(str(row["id"]))


async def correct_taak(writing: Writing, resource: Resource, row: asyncpg.Record, invoer: Invoer, facts: Facts) -> None:
    actoren = _check_actoren(invoer, facts)
    invoer.check()
    connection, uuid = writing.connection, row["id"]
    changes = columns(resource, invoer.values) | {"afgehandeld_op": afgehandeld_op(invoer, writing.at)}
    if "nummer" in changes and changes["nummer"] is None:
        del changes["nummer"]
    if "klantcontact_id" in changes:
        changes["interactie_id"] = facts[invoer.values["aanleidinggevendKlantcontact"]].of
    if actoren:
        changes["toegewezen_op"] = writing.at
        await connection.execute("delete from interne_taak_actor where interne_taak_id = $1", uuid)
        await connection.execute(_ACTOREN, uuid, actoren)
    await correct(writing, resource, uuid, changes)
    interactie_id: UUID = changes.get("interactie_id", row["interactie_id"])  # type: ignore[assignment]
    if invoer.merged("status") == VERWERKT and row["status"] != VERWERKT:
        await _close(writing, interactie_id)
    elif invoer.merged("status") != VERWERKT and (row["status"] == VERWERKT or actoren):
        actoren = actoren or await connection.fetchval(
            "select array_agg(actor_id order by volgorde) from interne_taak_actor where interne_taak_id = $1", uuid
        )
        await open_interactie(writing.connection, writing.house, interactie_id, actoren, writing.at)


async def erase_taak(writing: Writing, resource: Resource, row: asyncpg.Record) -> None:
    await erase(writing, resource, row["id"])
    await _close(writing, row["interactie_id"])


def check_active(invoer: Invoer, actoren: Mapping[str, UUID], facts: Facts) -> list[UUID]:
    """Who is not active gets no new work."""
    for name, actor_id in actoren.items():
        if actor_id in facts and not facts[actor_id].soort:
            invoer.refuse(name, "invalid", "Deze actor is niet actief. Kies een andere.")
    return list(actoren.values())


def _check_actoren(invoer: Invoer, facts: Facts) -> list[UUID]:
    return check_active(invoer, assigned(invoer) or {}, facts)


async def open_interactie(
    connection: Connection, house: House, interactie_id: UUID, actoren: list[UUID], at: datetime
) -> None:
    """To the team of the first actor that has one, else to the team that answers everything; with a belofte."""
    interacties = SqlInteracties(connection, house.prefix)
    interactie = await interacties.get(interactie_id, lock=True)
    to = await connection.fetchrow(_TEAM, actoren)
    team = (to["team"] if to else None) or house.dienst.standaardteam
    done = interactie.status in (InteractieStatus.AFGEROND, InteractieStatus.GESLOTEN)
    if done:
        duiding = house.dienst.interpret(interactie.onderwerp, "", interactie.product)
        belofte = house.dienst.promise(duiding, Kanaal(interactie.begonnen_kanaal), at)
        await interacties.set_status(interactie_id, InteractieStatus.OPEN, at)
        await interacties.set_belofte(interactie_id, belofte.uiterlijk, belofte.tekst_klant, belofte.klok)
        await SqlVerkeer(connection).promise(
            interactie_id, interactie.begonnen_kanaal, interactie.product, belofte.uiterlijk, at
        )
    if done or interactie.proces_id is None:
        await interacties.set_team(interactie_id, team, to["regiehouder"] if to else None, at)
    werk = SqlWerk(connection, house.prefix)
    await house.gevolgen.opened(werk, interactie_id, at)
    await werk.announce(interactie_id)


async def _close(writing: Writing, interactie_id: UUID) -> None:
    """When nothing is left to do; with its proces, which may say that there is."""
    werk = SqlWerk(writing.connection, writing.house.prefix)
    interactie = await werk.interacties.get(interactie_id, lock=True)
    left = await writing.connection.fetchval(_LEFT, interactie_id, VERWERKT)
    if left or interactie.status not in _AT_WORK:
        return
    if interactie.proces_id is None:
        await werk.interacties.mark_answered(interactie_id, writing.at)
        await werk.interacties.set_status(interactie_id, InteractieStatus.AFGEROND, writing.at)
    else:
        await writing.house.gevolgen.done(werk, interactie_id, writing.at)
    await werk.announce(interactie_id)
