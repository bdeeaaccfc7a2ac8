# SPDX-License-Identifier: EUPL-1.2
"""Klantcontacten and what belongs to them: rules, maak-klantcontact, and what goes when one goes."""

import pytest

from tests.edge.register_schrijven.schrijver import NERGENS, Invalid, K, Schrijver, ref

CODE = {"objectId": "zaak-1", "codeObjecttype": "zaak", "codeRegister": "open-zaak", "codeSoortObjectId": "uuid"}
FURTHER: Invalid = {("nonFieldErrors", "no-further-action-when-contact-succesful")}


async def test_an_empty_body_names_the_four_that_are_required(api: Schrijver) -> None:
    required = {(name, "required") for name in ("kanaal", "onderwerp", "taal", "vertrouwelijk")}
    assert await api.refused("POST", "klantcontacten", {}) == required


async def test_a_minimal_klantcontact_gets_a_nummer_of_ten_digits(api: Schrijver) -> None:
    made = await api.klantcontact()
    assert (len(made["nummer"]), made["nummer"].isdigit(), made["referentienummer"]) == (10, True, None)
    assert made["plaatsgevondenOp"]


@pytest.mark.parametrize(
    ("given", "kept"), [("nl", "nld"), ("nld", "nld"), ("NLD", "nld"), ("en", "eng"), ("dut", "dut")]
)
async def test_a_taal_of_two_letters_is_kept_as_three(api: Schrijver, given: str, kept: str) -> None:
    assert (await api.klantcontact(taal=given))["taal"] == kept


async def test_a_taal_that_does_not_exist_is_refused(api: Schrijver) -> None:
    assert await api.refused("POST", "klantcontacten", {**K, "taal": "zzz"}) == {("taal", "invalid")}


async def test_a_contact_that_succeeded_asks_for_no_further_action(api: Schrijver) -> None:
    both = {"indicatieContactGelukt": True, "verdereActieOndernomen": True}
    assert await api.refused("POST", "klantcontacten", {**K, **both}) == FURTHER
    made = await api.klantcontact(indicatieContactGelukt=True)
    path = f"klantcontacten/{made['uuid']}"
    assert await api.refused("PATCH", path, {"verdereActieOndernomen": True}) == FURTHER
    changed = await api.patch(path, {"verdereActieOndernomen": True, "indicatieContactGelukt": False})
    assert changed["verdereActieOndernomen"] is True


async def test_lengths_and_metadata_are_refused_by_name(api: Schrijver) -> None:
    body = {**K, "metadata": {"a": {}}, "inhoud": "x" * 1001, "onderwerp": "", "kanaal": "x" * 51}
    found = await api.refused("POST", "klantcontacten", body)
    assert found == {
        ("metadata.a", "invalid"),
        ("inhoud", "max_length"),
        ("onderwerp", "blank"),
        ("kanaal", "max_length"),
    }
    long = {**K, "metadata": {"a": "x" * 256}}
    assert await api.refused("POST", "klantcontacten", long) == {("metadata.a", "max_length")}
    assert (await api.klantcontact(metadata={"a": "b"}))["metadata"] == {"a": "b"}


async def test_a_nummer_is_digits_and_used_once_and_ours_steps_aside(api: Schrijver) -> None:
    assert await api.refused("POST", "klantcontacten", {**K, "nummer": "abc"}) == {("nummer", "invalid")}
    first = await api.klantcontact()
    taken = f"{int(first['nummer']) + 1:010d}"
    await api.klantcontact(nummer=taken, referentienummer="12")  # the next that we would give out
    assert await api.refused("POST", "klantcontacten", {**K, "nummer": taken}) == {("nummer", "unique")}
    assert (await api.klantcontact())["nummer"] not in (first["nummer"], taken)
    assert await api.refused("POST", "klantcontacten", {**K, "referentienummer": "12"}) == {
        ("referentienummer", "unique")
    }


async def test_put_changes_what_is_given_and_wipes_no_relation(api: Schrijver) -> None:
    made = await api.klantcontact(inhoud="Oud")
    await api.post("onderwerpobjecten", {"klantcontact": ref(made), "onderwerpobjectidentificator": CODE})
    changed = await api.put(f"klantcontacten/{made['uuid']}", {**K, "inhoud": "Nieuw"})
    assert changed["inhoud"] == "Nieuw"
    assert changed["nummer"] == made["nummer"]
    assert len(changed["gingOverOnderwerpobjecten"]) == 1


async def test_a_betrokkene_has_a_rol_and_a_klantcontact(api: Schrijver) -> None:
    contact = await api.klantcontact()
    body = {"hadKlantcontact": ref(contact), "rol": "x", "initiator": True}
    assert await api.refused("POST", "betrokkenen", body) == {("rol", "invalid_choice")}
    body = {"rol": "klant", "initiator": True}
    assert await api.refused("POST", "betrokkenen", body) == {("hadKlantcontact", "required")}
    body |= {"hadKlantcontact": ref(contact), "wasPartij": None, "contactnaam": None, "organisatienaam": ""}
    made = await api.post("betrokkenen", body)
    assert (made["wasPartij"], made["volledigeNaam"], made["contactnaam"]["achternaam"]) == (None, "", "")
    changed = await api.patch(f"betrokkenen/{made['uuid']}", {"contactnaam": {"voornaam": "Phil", "achternaam": "B"}})
    assert changed["volledigeNaam"] == "Phil B"


async def test_maak_klantcontact_makes_all_three_and_links_them(api: Schrijver) -> None:
    partij = await api.persoon()
    made = await api.post(
        "maak-klantcontact",
        {
            "klantcontact": {**K, "taal": "nl"},
            "betrokkene": {"wasPartij": ref(partij), "rol": "klant", "initiator": True},
            "onderwerpobject": {"onderwerpobjectidentificator": CODE},
        },
    )
    contact = made["klantcontact"]
    assert made["betrokkene"]["hadKlantcontact"]["uuid"] == contact["uuid"]
    assert made["onderwerpobject"]["klantcontact"]["url"] == contact["url"]
    assert [one["uuid"] for one in contact["hadBetrokkenen"]] == [made["betrokkene"]["uuid"]]
    alone = await api.post("maak-klantcontact", {"klantcontact": K, "betrokkene": None})
    assert list(alone) == ["klantcontact"]


async def test_maak_klantcontact_names_everything_that_is_wrong_and_makes_nothing(api: Schrijver) -> None:
    body = {
        "klantcontact": {**K, "taal": "zzz"},
        "betrokkene": {"wasPartij": {"uuid": NERGENS}, "initiator": True},
        "onderwerpobject": {"wasKlantcontact": {"uuid": "abc"}},
        "actoren": [{"uuid": NERGENS}, 3],
    }
    assert await api.refused("POST", "maak-klantcontact", body) == {
        ("klantcontact.taal", "invalid"),
        ("betrokkene.rol", "required"),
        ("betrokkene.wasPartij.uuid", "invalid"),
        ("onderwerpobject.wasKlantcontact.uuid", "invalid"),
        ("actoren.0.uuid", "invalid"),
        ("actoren.1", "invalid"),
    }
    assert await api.refused("POST", "maak-klantcontact", {}) == {("klantcontact", "required")}
    assert await api.value("select count(*) from klantcontact") == 0
    assert await api.value("select count(*) from interactie") == 0


async def test_maak_klantcontact_also_takes_actoren_adressen_and_a_taak(api: Schrijver) -> None:
    actor, doet = await api.actor(), await api.actor("Parkeren", "organisatorische_eenheid")
    made = await api.post(
        "maak-klantcontact",
        {
            "klantcontact": K,
            "betrokkene": {"rol": "klant", "initiator": True, "contactnaam": {"achternaam": "Jansen"}},
            "actoren": [ref(actor)],
            "digitaleAdressen": [{"adres": "0612345678", "soortDigitaalAdres": "telefoonnummer"}],
            "internetaak": {"gevraagdeHandeling": "Bel", "status": "te_verwerken", "toegewezenAanActoren": [ref(doet)]},
        },
    )
    path = f"klantcontacten/{made['klantcontact']['uuid']}?expand=hadBetrokkenen.digitaleAdressen,leiddeTotInterneTaken"
    shown = await api.get(f"{path},hadBetrokkenen")
    assert [one["uuid"] for one in shown["hadBetrokkenActoren"]] == [actor["uuid"]]
    assert shown["_expand"]["leiddeTotInterneTaken"][0]["uuid"] == made["internetaak"]["uuid"]
    assert shown["_expand"]["hadBetrokkenen"][0]["_expand"]["digitaleAdressen"][0]["adres"] == "0612345678"


async def test_an_actor_has_a_klantcontact_once(api: Schrijver) -> None:
    body = {"actor": ref(await api.actor()), "klantcontact": ref(await api.klantcontact())}
    await api.post("actorklantcontacten", body)
    assert await api.refused("POST", "actorklantcontacten", body) == {("nonFieldErrors", "unique")}


async def test_a_klantcontact_goes_with_all_that_is_about_it(api: Schrijver) -> None:
    contact, actor = await api.klantcontact(), await api.actor()
    betrokkene = await api.post("betrokkenen", {"hadKlantcontact": ref(contact), "rol": "klant", "initiator": True})
    adres = await api.adres(None, verstrektDoorBetrokkene=ref(betrokkene))
    body = {"gevraagdeHandeling": "Bel", "status": "te_verwerken", "toegewezenAanActor": ref(actor)}
    taak = await api.post("internetaken", {**body, "aanleidinggevendKlantcontact": ref(contact)})
    bijlage = await api.post("bijlagen", {"wasBijlageVanKlantcontact": ref(contact), "bijlageidentificator": CODE})
    await api.delete(f"klantcontacten/{contact['uuid']}")
    for path in (
        f"klantcontacten/{contact['uuid']}",
        f"betrokkenen/{betrokkene['uuid']}",
        f"internetaken/{taak['uuid']}",
        f"bijlagen/{bijlage['uuid']}",
    ):
        assert await api.gone(path), path
    assert (await api.get(f"digitaleadressen/{adres['uuid']}"))["verstrektDoorBetrokkene"] is None
    assert (await api.get(f"actoren/{actor['uuid']}"))["naam"] == "Joris"


async def test_an_onderwerpobject_takes_its_klantcontact_along_unless_it_is_shared(api: Schrijver) -> None:
    shared, alone, partij = await api.klantcontact(), await api.klantcontact(), await api.persoon()
    one, _ = [await api.post("onderwerpobjecten", {"klantcontact": ref(shared)}) for _ in range(2)]
    answer = await api.send("DELETE", f"onderwerpobjecten/{one['uuid']}?cascade=true")
    assert (answer.status_code, answer.json()) == (200, {"behouden": [shared["url"]]})
    betrokkene = await api.post("betrokkenen", {"hadKlantcontact": ref(alone), "rol": "klant", "initiator": True})
    own = await api.adres(partij, verstrektDoorBetrokkene=ref(betrokkene))
    loose = await api.adres(None, "b@voorbeeld.nl", verstrektDoorBetrokkene=ref(betrokkene))
    two = await api.post("onderwerpobjecten", {"klantcontact": ref(alone)})
    answer = await api.send("DELETE", f"onderwerpobjecten/{two['uuid']}?cascade=true")
    assert (answer.status_code, answer.json()) == (200, {"behouden": []})
    assert await api.gone(f"klantcontacten/{alone['uuid']}")
    assert await api.gone(f"betrokkenen/{betrokkene['uuid']}")
    assert await api.gone(f"digitaleadressen/{loose['uuid']}")
    assert not await api.gone(f"digitaleadressen/{own['uuid']}")
    assert not await api.gone(f"klantcontacten/{shared['uuid']}")
