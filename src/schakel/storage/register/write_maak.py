# SPDX-License-Identifier: EUPL-1.2
"""maak-klantcontact: a klantcontact with all that belongs to it, whole or not at all."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from schakel.kit.ids import new_id
from schakel.relatiebeheer.register.maak import PARTS, Maakvraag, read_maak
from schakel.relatiebeheer.register.naam import volledige_naam
from schakel.relatiebeheer.register.poorten import Refused
from schakel.relatiebeheer.register.regels import assigned
from schakel.storage.register.write_adressen import create_adres
from schakel.storage.register.write_context import Writing
from schakel.storage.register.write_klantcontacten import betrokkene_columns, contact_rows
from schakel.storage.register.write_references import Facts, References, asked, look_up
from schakel.storage.register.write_rows import columns
from schakel.storage.register.write_taken import check_active, insert_taak
from schakel.storage.register.write_together import Rows, insert_of, insert_together

MAAK_KLANTCONTACT = "maak-klantcontact"
#: What goes into one statement with its klantcontact.
_ALONG = ("betrokkene", "onderwerpobject")
#: What was made, by its name in the answer: its resource, and its uuid if it is there.
Made = Mapping[str, tuple[str, UUID | None]]


async def maak_klantcontact(writing: Writing, body: Mapping[str, Any]) -> Made:
    """Read and check every part first."""
    vraag = read_maak(writing.api.resources, body)
    judge(vraag, await look_up(writing, vraag.whole, references_of(writing, vraag)))
    return await make(writing, vraag)


def references_of(writing: Writing, vraag: Maakvraag) -> References:
    """Every row that it points to, by the name to use in an error."""
    found: References = {}
    for resource, invoer in vraag.invoeren():
        for name, target in asked(writing.resource(resource), invoer.values).items():
            found[f"{invoer.prefix}{name}"] = target
    return found | {name: ("actoren", actor_id) for name, actor_id in vraag.actoren.items()}


def judge(vraag: Maakvraag, facts: Facts) -> None:
    """Raises Refused with all that is wrong, now that it is known what is there."""
    taak = vraag.parts.get("internetaak")
    if taak:
        check_active(taak, assigned(taak) or {}, facts)
    check_active(vraag.whole, vraag.actoren, facts)
    if wrong := vraag.faults():
        raise Refused(wrong)


async def make(writing: Writing, vraag: Maakvraag, uuid: UUID | None = None) -> Made:
    """What was judged to be right."""
    made, rows = rows_of(writing, vraag, uuid)
    await insert_together(writing.connection, [insert_of(table, several) for table, several in rows.items()])
    klantcontact_id = made["klantcontact"][1]
    for adres in vraag.adressen:
        adres.values["verstrektDoorBetrokkene"] = made["betrokkene"][1]
        await create_adres(writing, writing.resource("digitaleadressen"), adres, {})
    if taak := vraag.parts.get("internetaak"):
        taak.values["aanleidinggevendKlantcontact"] = klantcontact_id
        interactie_id = rows["interactie"][0]["id"]
        assert isinstance(interactie_id, UUID)
        actoren = list((assigned(taak) or {}).values())
        taak_id = await insert_taak(writing, writing.resource("internetaken"), taak, interactie_id, actoren)
        return {**made, "internetaak": ("internetaken", taak_id)}
    return made


def rows_of(writing: Writing, vraag: Maakvraag, uuid: UUID | None = None) -> tuple[Made, Rows]:
    """The klantcontact and what is kept along with it; adressen and taak have roads of their own."""
    ids = {name: new_id() if name in vraag.parts else None for name in _ALONG}
    klantcontact_id, betrokkene = uuid or new_id(), vraag.parts.get("betrokkene")
    naam = volledige_naam(betrokkene.values.get("contactnaam")) if betrokkene else ""
    values, onvolledig = vraag.parts["klantcontact"].values, not vraag.actoren
    rows = contact_rows(writing, klantcontact_id, values, vraag.partij_id, naam, onvolledig=onvolledig)
    for name in _ALONG:
        if name in vraag.parts:
            resource = writing.resource(PARTS[name][0])
            invoer = vraag.parts[name]
            own = betrokkene_columns(resource, invoer) if betrokkene is invoer else columns(resource, invoer.values)
            rows[resource.table] = [{"id": ids[name], "klantcontact_id": klantcontact_id, **own}]
    if vraag.actoren:
        rows["actor_klantcontact"] = [
            {"klantcontact_id": klantcontact_id, "actor_id": actor_id} for actor_id in vraag.actoren.values()
        ]
    made = {"klantcontact": ("klantcontacten", klantcontact_id)} | {n: (PARTS[n][0], ids[n]) for n in _ALONG}
    return made, rows


def is_plain(body: Mapping[str, Any]) -> bool:
    """One statement makes all of it."""
    return not body.get("internetaak") and not body.get("digitaleAdressen")
