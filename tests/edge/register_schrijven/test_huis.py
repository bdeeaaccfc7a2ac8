# SPDX-License-Identifier: EUPL-1.2
"""What comes over the API is in the house at once: Interactie, klantbeeld, werkvoorraad, measurements and logboek."""

from typing import Any
from uuid import UUID

from schakel.begrippen.doel import Doel
from schakel.begrippen.kanaal import Kanaal
from schakel.klantbeeld.bron import Klantsleutels
from schakel.regie.doelen import DOELEN
from schakel.storage.crypto import Kluis
from schakel.storage.interacties import SqlInteracties
from schakel.storage.klantregister import Klantregister
from schakel.storage.lezen import SqlLezer
from tests.edge.register_schrijven.schrijver import KEY, Schrijver, ref

_TAAK = {"gevraagdeHandeling": "Bel terug", "status": "te_verwerken"}


async def _contact_of(api: Schrijver, partij: dict[str, Any], **more: Any) -> dict[str, Any]:
    contact = await api.klantcontact(**more)
    await api.post(
        "betrokkenen",
        {"wasPartij": ref(partij), "hadKlantcontact": ref(contact), "rol": "klant", "initiator": True},
    )
    return contact


async def _taak(api: Schrijver, contact: dict[str, Any], actor: dict[str, Any]) -> dict[str, Any]:
    body = {**_TAAK, "aanleidinggevendKlantcontact": ref(contact), "toegewezenAanActoren": [ref(actor)]}
    return await api.post("internetaken", body)


async def test_a_klantcontact_has_its_interactie_its_words_and_its_verkeersregel(api: Schrijver) -> None:
    contact = await api.klantcontact(kanaal="Zuil in de hal", inhoud="Waar is mijn pas?", reactie="Die ligt klaar.")
    interactie = await api.interactie(contact)
    assert (interactie["status"], interactie["team"], interactie["partij_id"]) == ("afgerond", "kcc", None)
    assert interactie["nummer"].startswith("LW-20")
    beeld = await SqlLezer(api.db).interactie(interactie["id"])
    assert {(one.richting, one.tekst) for one in beeld.bijdragen} == {
        ("in", "Waar is mijn pas?"), ("uit", "Die ligt klaar.")
    }  # fmt: skip
    assert await api.row("select kanaal, uitkomst from verkeersregel") == {
        "kanaal": "Zuil in de hal", "uitkomst": "geregistreerd"
    }  # fmt: skip


async def test_a_klantcontact_is_incomplete_until_somebody_had_it(api: Schrijver) -> None:
    contact = await api.klantcontact()
    sql = "select onvolledig from klantcontact where id = $1"
    assert await api.value(sql, UUID(contact["uuid"])) is True
    await api.post("actorklantcontacten", {"actor": ref(await api.actor()), "klantcontact": ref(contact)})
    assert await api.value(sql, UUID(contact["uuid"])) is False


async def test_a_klantcontact_of_a_partij_is_at_once_in_its_klantbeeld(api: Schrijver) -> None:
    partij = await api.persoon()
    await _contact_of(api, partij, onderwerp="Rijbewijs")
    doel: Doel = next(iter(DOELEN.values())).doel
    register = Klantregister(api.db, Kluis(KEY))
    sleutels = Klantsleutels(UUID(partij["uuid"]), None, False)
    found: Any = await register.vraag(sleutels, frozenset({"partij.contacten"}), doel)
    (regel,) = found.waarde["partij.contacten"].waarde
    assert (regel.onderwerp, regel.kanaal) == ("Rijbewijs", "telefoon")


async def test_the_klant_of_a_contact_of_the_house_is_not_replaced_over_the_api(api: Schrijver) -> None:
    partij, contact = await api.persoon(), await api.klantcontact()
    known = await api.persoon()
    interactie = await api.interactie(contact)
    async with api.db.connection() as connection:
        await connection.execute(
            "update interactie set partij_id = $2 where id = $1", interactie["id"], UUID(known["uuid"])
        )
    body = {"wasPartij": ref(partij), "hadKlantcontact": ref(contact), "rol": "klant", "initiator": True}
    await api.post("betrokkenen", body)
    assert (await api.interactie(contact))["partij_id"] == UUID(known["uuid"])


async def test_a_taak_puts_the_contact_in_the_werkvoorraad_of_its_team_with_a_belofte(api: Schrijver) -> None:
    contact, team = await api.klantcontact(), await api.actor("Parkeren", "organisatorische_eenheid")
    await _taak(api, contact, team)
    interactie = await api.interactie(contact)
    voorraad = await SqlLezer(api.db).werkvoorraad("parkeren", UUID(int=0), alleen_mij=False)
    assert [regel.id for regel in voorraad.regels] == [interactie["id"]]
    assert interactie["belofte_op"] is not None
    assert await api.value("select count(*) from meting where interactie_id = $1", interactie["id"]) == 1


async def test_a_taak_for_somebody_without_a_team_goes_to_the_standard_team(api: Schrijver) -> None:
    contact = await api.klantcontact()
    await _taak(api, contact, await api.actor("Iemand elders"))
    interactie = await api.interactie(contact)
    assert (interactie["status"], interactie["team"], interactie["regiehouder"]) == ("open", "kcc", None)


async def test_a_taak_for_a_medewerker_of_the_house_is_his(api: Schrijver) -> None:
    contact, actor = await api.klantcontact(), await api.actor()
    async with api.db.connection() as connection:
        await connection.execute(
            "update actor set account = 'joris', team = 'parkeren' where id = $1", UUID(actor["uuid"])
        )
    await _taak(api, contact, actor)
    interactie = await api.interactie(contact)
    assert (interactie["team"], interactie["regiehouder"]) == ("parkeren", UUID(actor["uuid"]))


async def test_the_last_taak_that_is_done_closes_the_interactie_and_one_that_reopens_opens_it(api: Schrijver) -> None:
    contact, actor = await api.klantcontact(), await api.actor()
    one, two = await _taak(api, contact, actor), await _taak(api, contact, actor)
    await api.patch(f"internetaken/{one['uuid']}", {"status": "verwerkt"})
    assert (await api.interactie(contact))["status"] == "open"
    await api.patch(f"internetaken/{two['uuid']}", {"status": "verwerkt"})
    done = await api.interactie(contact)
    assert (done["status"], done["beantwoord_op"] is not None) == ("afgerond", True)
    assert await api.value("select gehaald_op is not null from meting where interactie_id = $1", done["id"]) is True
    await api.patch(f"internetaken/{one['uuid']}", {"status": "te_verwerken"})
    assert (await api.interactie(contact))["status"] == "open"
    await api.delete(f"internetaken/{one['uuid']}")
    assert (await api.interactie(contact))["status"] == "afgerond"


async def test_a_correction_is_seen_in_the_interactie_and_what_it_replaced_stays_readable(api: Schrijver) -> None:
    contact = await api.klantcontact(inhoud="Oud", onderwerp="Oud onderwerp")
    await api.patch(f"klantcontacten/{contact['uuid']}", {"inhoud": "Nieuw", "onderwerp": "Nieuw onderwerp"})
    interactie = await api.interactie(contact)
    beeld = await SqlLezer(api.db).interactie(interactie["id"])
    assert (beeld.onderwerp, beeld.bijdragen[0].tekst) == ("Nieuw onderwerp", "Nieuw")
    kept = await api.row(
        "select soort, wie, vorige->>'inhoud' as inhoud from wijziging where resource_id = $1", UUID(contact["uuid"])
    )
    assert kept == {"soort": "correctie", "wie": "KISS", "inhoud": "Oud"}


async def test_an_erasure_leaves_its_line_and_no_words_anywhere(api: Schrijver) -> None:
    partij = await api.persoon()
    contact = await _contact_of(api, partij, inhoud="Zeer persoonlijk", onderwerp="Zeer persoonlijk")
    await api.patch(f"klantcontacten/{contact['uuid']}", {"inhoud": "Ook zeer persoonlijk"})
    await api.delete(f"klantcontacten/{contact['uuid']}")
    for table in ("klantcontact", "interactie", "gespreksbijdrage", "wijziging", "verwerking", "verkeersregel"):
        assert await api.value(f"select count(*) from {table} t where t::text ilike '%zeer persoonlijk%'") == 0, table
    erased = "select count(*) from wijziging where resource_id = $1 and soort = 'verwijdering' and vorige is null"
    assert await api.value(erased, UUID(contact["uuid"])) == 1


async def test_what_a_klant_wrote_himself_is_not_rewritten_and_not_wiped_over_the_api(api: Schrijver) -> None:
    contact = await api.klantcontact(inhoud="Mail")
    interactie = await api.interactie(contact)
    async with api.db.connection() as connection:
        await connection.execute(
            """insert into origineel (id, kanaal, envelop, inhoud, ontvangen_op, vervalt_op)
               values ($1, 'e-mail', '{}', '', now(), current_date)""",
            interactie["id"],
        )
        await connection.execute(
            "update gespreksbijdrage set origineel_id = $1 where interactie_id = $1", interactie["id"]
        )
    await api.patch(f"klantcontacten/{contact['uuid']}", {"inhoud": "Anders"})
    await api.delete(f"klantcontacten/{contact['uuid']}")
    assert await api.value("select tekst from gespreksbijdrage where interactie_id = $1", interactie["id"]) == "Mail"


async def test_each_write_leaves_one_line_with_the_pseudonyms_of_whom_it_is_about(api: Schrijver) -> None:
    partij = await api.persoon()
    contact = await _contact_of(api, partij)
    await api.patch(f"klantcontacten/{contact['uuid']}", {"inhoud": "x"})
    await api.post("onderwerpobjecten", {"klantcontact": ref(contact)})
    await api.delete(f"partijen/{partij['uuid']}")
    async with api.db.connection() as connection:
        lines = await connection.fetch("select activiteit, betrokkenen, wie, doel from verwerking order by id")
    assert [(line["activiteit"], len(line["betrokkenen"])) for line in lines] == [
        ("partijen aanmaken", 1),
        ("klantcontacten aanmaken", 0),
        ("betrokkenen aanmaken", 1),
        ("klantcontacten wijzigen", 1),
        ("onderwerpobjecten aanmaken", 1),
        ("partijen verwijderen", 1),
    ]
    assert len({bytes(name) for line in lines for name in line["betrokkenen"]}) == 1
    assert {(line["wie"], line["doel"]) for line in lines} == {("KISS", "vraag")}


async def test_the_kanaal_is_kept_as_it_was_given(api: Schrijver) -> None:
    contact = await api.klantcontact(kanaal="Balie (Oost)")
    async with api.db.connection() as connection:
        interactie = await SqlInteracties(connection, "LW").get((await api.interactie(contact))["id"])
    assert interactie.begonnen_kanaal == Kanaal("Balie (Oost)") == contact["kanaal"]
