# SPDX-License-Identifier: EUPL-1.2
"""Twee: two partijen with whatever may hang on a partij, straight in the tables, and the register that joins them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from schakel.kit.ids import new_id
from schakel.kit.text import searchable
from schakel.regie.logboek import Verwerking, Verwerkingssoort
from schakel.relatiebeheer.namens import Namens
from schakel.storage.naamdelen import name_parts
from schakel.storage.pool import Connection

NU = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
VERVALT = date(2031, 3, 4)


def _line(did: str, partijen: Sequence[UUID], at: datetime) -> Verwerking:
    soort = Verwerkingssoort.AUTOMATISCH
    return Verwerking(at, "Proef", "Proef", "", "dubbelen", did, soort, (), ("naam",), tuple(p.bytes for p in partijen))


DOOR = Namens("Proef", _line)


@dataclass(frozen=True)
class Bezit:
    """What one partij has. `adressen`: soort, adres, standaard, referentie."""

    velden: dict[str, Any] = field(default_factory=dict)
    adressen: tuple[tuple[str, str, bool, str], ...] = ()
    contacten: int = 0
    voorgesteld: int = 0
    rekeningen: int = 0
    categorieen: int = 0
    vertegenwoordigt_derde: bool = False
    vertegenwoordigd_door_derde: bool = False
    overig: bool = False
    voorkeur: bool = False


async def put(connection: Connection, table: str, **columns: Any) -> UUID:
    """One row."""
    columns = {"id": new_id(), **columns}
    names, places = ", ".join(columns), ", ".join(f"${n}" for n in range(1, len(columns) + 1))
    await connection.execute(f"insert into {table} ({names}) values ({places})", *columns.values())
    found: UUID = columns["id"]
    return found


async def partij(connection: Connection, naam: str = "Fatima Yılmaz", **columns: Any) -> UUID:
    """With the parts of its name."""
    basis = {"soort": "persoon", "zelfstandig": False, "aangemaakt_op": NU, "gewijzigd_op": NU, "vervalt_op": VERVALT}
    zoeknaam = searchable(naam)
    found = await put(connection, "partij", **(basis | {"naam": naam, "zoeknaam": zoeknaam} | columns))
    await connection.executemany(
        "insert into naamdeel (deel, partij_id) values ($1, $2)", [(deel, found) for deel in name_parts(zoeknaam)]
    )
    return found


async def contact(connection: Connection, partij_id: UUID | None, **columns: Any) -> UUID:
    """A klantcontact with its Interactie and its betrokkene."""
    nummer = str(new_id())
    interactie = await put(
        connection, "interactie", nummer=nummer, onderwerp="Vraag", status="gesloten", team="kcc", partij_id=partij_id,
        begonnen_kanaal="telefoon", begonnen_op=NU, laatste_op=NU, vervalt_op=VERVALT, **columns,
    )  # fmt: skip
    klantcontact = await put(
        connection, "klantcontact", nummer=nummer, kanaal="telefoon", onderwerp="Vraag", plaatsgevonden_op=NU,
        interactie_id=interactie, vervalt_op=VERVALT,
    )  # fmt: skip
    await put(connection, "betrokkene", klantcontact_id=klantcontact, partij_id=partij_id)
    return klantcontact


async def with_all(connection: Connection, bezit: Bezit, derde: UUID) -> UUID:
    """A partij that has all this."""
    naam = bezit.velden.get("naam", "Fatima Yılmaz")
    made = await partij(connection, naam, **{k: v for k, v in bezit.velden.items() if k != "naam"})
    for soort, adres, standaard, referentie in bezit.adressen:
        row = await put(
            connection, "digitaal_adres", partij_id=made, soort=soort, adres=adres, zoekadres=adres,
            is_standaard=standaard, referentie=referentie, verstrekt_op=NU,
        )  # fmt: skip
        if bezit.voorkeur:
            await connection.execute("update partij set voorkeursadres_id = $2 where id = $1", made, row)
    for _ in range(bezit.contacten):
        await contact(connection, made)
    for _ in range(bezit.voorgesteld):
        await contact(connection, None, voorgesteld_id=made)
    for _ in range(bezit.rekeningen):
        await put(connection, "rekeningnummer", partij_id=made, iban="NL91ABNA0417164300")
    for _ in range(bezit.categorieen):
        await put(connection, "categorie_relatie", partij_id=made)
    if bezit.vertegenwoordigt_derde:
        await put(connection, "vertegenwoordiging", vertegenwoordigende=made, vertegenwoordigde=derde)
    if bezit.vertegenwoordigd_door_derde:
        await put(connection, "vertegenwoordiging", vertegenwoordigende=derde, vertegenwoordigde=made)
    if bezit.overig:
        nummer = str(made)
        await put(
            connection, "partij_identificator", partij_id=made, soort="overig", register="schakel", nummer=nummer,
            blind=nummer.encode(),
        )  # fmt: skip
    return made
