# SPDX-License-Identifier: EUPL-1.2
"""Huis: what the rest of the house keeps of a row that moved in, so that everyone sees it: not only the API."""

from collections.abc import Sequence

from schakel.storage.naamdelen import name_parts
from schakel.storage.overname.rijen import Rij
from schakel.storage.pool import Connection

_KLANTCONTACT = """
with nieuwe as materialized (
  select n.*, gen_random_uuid() as interactie_, $1::text || extract(year from n.plaatsgevonden_op) || '-' as begin_
  from nieuw n where not exists (select from klantcontact t where t.id = n.id) order by plaats_),
interactie_ as (
  insert into interactie (id, nummer, onderwerp, status, team, begonnen_kanaal, begonnen_op, laatste_op, afgerond_op,
    vervalt_op)
  select interactie_, begin_ || nextval('interactie_volgnummer'), onderwerp, 'afgerond', $2::text, kanaal,
    plaatsgevonden_op, plaatsgevonden_op, plaatsgevonden_op, vervalt_op from nieuwe),
verkeer as (
  insert into verkeersregel (kanaal, begonnen_op, uitkomst)
  select kanaal, plaatsgevonden_op, 'geregistreerd' from nieuwe),
bijdrage as (
  insert into gespreksbijdrage (id, interactie_id, klantcontact_id, kanaal, richting, onderwerp, tekst, tijdstip)
  select gen_random_uuid(), interactie_, id, kanaal, richting, onderwerp, tekst, plaatsgevonden_op
  from nieuwe, lateral (values ('in', inhoud), ('uit', reactie)) v (richting, tekst)
  where richting = 'in' or tekst <> '')
insert into klantcontact (interactie_id, {names})
select interactie_, {values} from nieuwe order by plaats_ returning id"""

_NUMMERS = {"klantcontact": "klantcontact_volgnummer", "interne_taak": "interne_taak_volgnummer"}

# As `write_klantcontacten` does for one: an Interactie has the klant of its klantcontact.
_FOLLOW = """
with klant as (
  select distinct on (b.klantcontact_id) b.klantcontact_id, k.interactie_id, b.partij_id, b.naam
  from betrokkene b join klantcontact k on k.id = b.klantcontact_id
  where b.klantcontact_id = any($1::uuid[]) and b.rol = 'klant'
  order by b.klantcontact_id, b.partij_id is null, b.volgnummer),
naam as (
  update gespreksbijdrage g set afzender_naam = klant.naam from klant
  where g.klantcontact_id = klant.klantcontact_id and g.richting = 'in' and g.origineel_id is null)
update interactie i set partij_id = klant.partij_id, vastgesteld = true
from klant where i.id = klant.interactie_id and i.partij_id is null and klant.partij_id is not null"""


def insert_sql(table: str, names: Sequence[str]) -> str:
    """From `nieuw` what is not there yet, the oldest first: lists are newest first by the order in which rows came."""
    values = ", ".join(_value(table, name) for name in names)
    if table == "klantcontact":
        return _KLANTCONTACT.format(names=", ".join(names), values=values)
    more = ("interactie_id", "(select k.interactie_id from klantcontact k where k.id = n.klantcontact_id)")
    into, taken = (", ".join(names), values) if table != "interne_taak" else (
        f"{more[0]}, {', '.join(names)}", f"{more[1]}, {values}")  # fmt: skip
    return f"""insert into {table} ({into}) select {taken} from nieuw n
               where not exists (select from {table} t where t.id = n.id) order by plaats_ returning id"""


def _value(table: str, name: str) -> str:
    if name == "nummer" and table in _NUMMERS:
        return f"coalesce(nummer, lpad(nextval('{_NUMMERS[table]}')::text, 10, '0'))"
    return name


async def after(connection: Connection, table: str, rijen: Sequence[Rij]) -> None:
    """What follows from rows that were just written."""
    ids = [rij.uuid for rij in rijen]
    match table:
        case "partij":
            await connection.execute("delete from naamdeel where partij_id = any($1::uuid[])", ids)
            parts = [(deel, rij.uuid) for rij in rijen for deel in name_parts(str(rij.columns["zoeknaam"]))]
            await connection.copy_records_to_table("naamdeel", records=parts, columns=("deel", "partij_id"))
        case "betrokkene":
            await connection.execute(_FOLLOW, [rij.columns["klantcontact_id"] for rij in rijen])
        case "actor_klantcontact":
            await connection.execute(
                "update klantcontact set onvolledig = false where onvolledig and id = any($1::uuid[])",
                [rij.columns["klantcontact_id"] for rij in rijen],
            )
        case "interne_taak":
            await connection.execute("delete from interne_taak_actor where interne_taak_id = any($1::uuid[])", ids)
            given = [(rij.uuid, n, actor) for rij in rijen for n, actor in enumerate(rij.actoren)]
            names = ("interne_taak_id", "volgorde", "actor_id")
            await connection.copy_records_to_table("interne_taak_actor", records=given, columns=names)
