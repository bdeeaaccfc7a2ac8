# SPDX-License-Identifier: EUPL-1.2
"""A register moves in from a stand-in for Open Klant, whole, in its order, and we say what differs."""

import copy

import pytest

from schakel.koppelingen.openklant.client import TRIES, BronAntwoordtNiet, BronWeigert
from schakel.relatiebeheer.overname.overnemen import Progress
from schakel.relatiebeheer.overname.poorten import Fase
from tests.edge.overname.conftest import Verhuizer
from tests.edge.overname.inboedel import BSN, betrokkene, inboedel, key, klantcontact, ref, uuid
from tests.edge.overname.open_klant import INNER, OpenKlant


class Killed(Exception):
    """The process ends here."""


async def test_a_register_moves_in_whole_and_nothing_differs(verhuizer: Verhuizer) -> None:
    klant = OpenKlant(inboedel(), largest=7)

    stand = await verhuizer.move(klant)

    assert stand.fase is Fase.KLAAR
    assert stand.verschillen == []
    for resource in stand.resources:
        assert (resource.resource, resource.hier) == (resource.resource, len(klant.rows[resource.resource]))
        assert resource.gelijk
        assert resource.bron_afdruk != b""
    assert stand.of("klantcontacten").toegekend == 40
    assert await verhuizer.value("select count(*) from overname_rij") == 0


async def test_relations_that_go_round_and_the_order_of_actoren_are_kept(verhuizer: Verhuizer) -> None:
    await verhuizer.move(OpenKlant(inboedel(), largest=5))

    assert await verhuizer.value("select werkte_voor_id from partij where soort = 'contactpersoon'") == uuid(
        "partijen", "bakker"
    )
    voorkeur = "select (voorkeursadres_id, voorkeursrekening_id) from partij where id = $1"
    assert await verhuizer.value(voorkeur, uuid("partijen", 0)) == (
        uuid("digitaleadressen", "p0"),
        uuid("rekeningnummers", 1),
    )
    actoren = "select array_agg(actor_id order by volgorde) from interne_taak_actor where interne_taak_id = $1"
    assert await verhuizer.value(actoren, uuid("internetaken", 0)) == [uuid("actoren", 1), uuid("actoren", 0)]
    sub = "select sub_id from partij_identificator where soort = 'vestigingsnummer'"
    assert await verhuizer.value(sub) == uuid("partij-identificatoren", "kvk")


async def test_lists_stay_newest_first(verhuizer: Verhuizer) -> None:
    klant = OpenKlant(inboedel(contacten=30), largest=4)

    await verhuizer.move(klant)

    order = await verhuizer.value("select array_agg(id::text order by volgnummer desc) from klantcontact")
    assert order == [row["uuid"] for row in klant.rows["klantcontacten"]]


async def test_a_bsn_is_ciphertext_and_is_found_by_its_blind_index(verhuizer: Verhuizer) -> None:
    await verhuizer.move(OpenKlant(inboedel()))

    find = "select partij_id from partij_identificator where soort = 'bsn' and blind = $1 and nummer = ''"
    assert await verhuizer.value(find, verhuizer.kluis.blind("bsn", BSN)) == uuid("partijen", 0)
    assert BSN not in str(await verhuizer.value("select array_agg(t::text) from overname_verschil t"))


async def test_the_house_sees_what_moved_in(verhuizer: Verhuizer) -> None:
    await verhuizer.move(OpenKlant(inboedel()))

    klant = "select i.partij_id from interactie i join klantcontact k on k.interactie_id = i.id where k.id = $1"
    assert await verhuizer.value(klant, uuid("klantcontacten", 1)) == uuid("partijen", 1)
    open_ = "select i.status from interactie i join klantcontact k on k.interactie_id = i.id where k.id = $1"
    assert await verhuizer.value(open_, uuid("klantcontacten", 3)) == "open"
    assert await verhuizer.value(open_, uuid("klantcontacten", 4)) == "afgerond"
    assert await verhuizer.value("select count(*) from naamdeel where partij_id = $1", uuid("partijen", 2))
    assert await verhuizer.value("select count(*) from verwerking where activiteit = 'partijen overnemen'") == 2


async def test_the_next_nummer_lies_beyond_what_came_in(verhuizer: Verhuizer) -> None:
    rows = inboedel()
    rows["klantcontacten"][0]["nummer"] = "0000123456"

    await verhuizer.move(OpenKlant(rows))

    assert await verhuizer.value("select nextval('klantcontact_volgnummer')") == 123457
    assert await verhuizer.value("select nextval('interne_taak_volgnummer')") == 7002


async def test_next_is_not_followed_so_the_token_goes_to_one_address_only(verhuizer: Verhuizer) -> None:
    klant = OpenKlant(inboedel(), largest=5)

    await verhuizer.move(klant)

    assert len(klant.hosts) == 1
    assert INNER.removeprefix("http://") not in klant.hosts


@pytest.mark.parametrize("fault", [429, 503, 500, "cut"])
async def test_a_page_that_does_not_come_is_asked_again(verhuizer: Verhuizer, fault: object) -> None:
    stand = await verhuizer.move(OpenKlant(inboedel(), faults=[fault, None, fault, fault]))

    assert stand.verschillen == []
    assert len(verhuizer.waits) == 3
    assert (verhuizer.waits == [1.0, 1.0, 1.0]) == (fault == 429)


async def test_killed_half_way_it_goes_on_without_doubles_or_loss(verhuizer: Verhuizer) -> None:
    klant = OpenKlant(inboedel(contacten=60), largest=6)

    def die(at: int) -> Progress:
        left = [at]

        def tick(fase: Fase, resource: str, done: int, of: int) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Killed

        return tick

    for at in (5, 9, 14, 8, 11, 7):
        with pytest.raises(Killed):
            await verhuizer.move(klant, progress=die(at))
    stand = await verhuizer.move(klant)

    assert stand.verschillen == []
    assert [r.hier for r in stand.resources] == [len(klant.rows[r.resource]) for r in stand.resources]
    assert await verhuizer.value("select count(*) from klantcontact") == 60
    assert await verhuizer.value("select count(*) from interactie") == 60
    assert await verhuizer.value("select count(*) from overname") == 1


async def test_rows_that_come_and_go_while_it_reads_are_found_by_the_second_reading(verhuizer: Verhuizer) -> None:
    klant = OpenKlant(inboedel(contacten=30), largest=4)
    rows, changed = klant.rows, []

    def shift(resource: str, page: int) -> None:
        if resource == "klantcontacten" and page == 4 and not changed:
            changed.append(page)
            gone = rows["klantcontacten"].pop(0)
            rows["betrokkenen"] = [row for row in rows["betrokkenen"] if row["hadKlantcontact"]["uuid"] != gone["uuid"]]
            rows["actorklantcontacten"] = [
                row for row in rows["actorklantcontacten"] if row["klantcontact"]["uuid"] != gone["uuid"]
            ]
        if resource == "klantcontacten" and page == 6 and len(changed) == 1:
            changed.append(page)
            rows["klantcontacten"].insert(0, klantcontact(500))
            rows["betrokkenen"].insert(0, betrokkene(500, 500, 2))

    klant.before = shift
    stand = await verhuizer.move(klant)

    missed = [row["uuid"] for row in rows["klantcontacten"]]
    there = "select count(*) from klantcontact where id = any($1::uuid[])"
    assert await verhuizer.value(there, missed) == len(missed)
    assert await verhuizer.value("select partij_id from betrokkene where id = $1", uuid("betrokkenen", 500))
    assert stand.of("klantcontacten").hier == len(missed)


async def test_what_our_rules_refuse_is_kept_as_given_and_named(verhuizer: Verhuizer) -> None:
    rows = inboedel()
    double = copy.deepcopy(
        next(row for row in rows["digitaleadressen"] if row["uuid"] == key("digitaleadressen", "p3"))
    )
    rows["digitaleadressen"].insert(0, double | ref("digitaleadressen", "dubbel") | {"referentie": "anders"})
    vestiging = next(r for r in rows["partij-identificatoren"] if r["uuid"] == key("partij-identificatoren", "vest"))
    vestiging["subIdentificatorVan"] = None
    rows["klantcontacten"][1]["taal"] = "zzz"
    rows["rekeningnummers"][0]["iban"] = "NL00FOUT0000000000"

    stand = await verhuizer.move(OpenKlant(rows))

    assert stand.of("digitaleadressen").gelijk
    assert stand.of("partij-identificatoren").gelijk
    assert stand.of("klantcontacten").gelijk
    said = {(one.resource, one.uuid, one.veld): one.reden for one in stand.verschillen}
    assert said == {
        ("digitaleadressen", uuid("digitaleadressen", "dubbel"), "hele regel"): (
            "het adres staat er dubbel; het is bewaard zoals het was"
        ),
        ("partij-identificatoren", uuid("partij-identificatoren", "vest"), "hele regel"): (
            "het vestigingsnummer hangt onder geen kvk_nummer; het is bewaard zoals het was"
        ),
    }


async def test_a_difference_names_uuid_and_field_and_never_a_bsn(verhuizer: Verhuizer) -> None:
    klant = OpenKlant(inboedel())
    await verhuizer.move(klant)
    bsn = next(
        r for r in klant.rows["partij-identificatoren"] if r["partijIdentificator"]["codeSoortObjectId"] == "bsn"
    )
    bsn["partijIdentificator"]["objectId"] = "999992740"
    klant.rows["klantcontacten"][5]["inhoud"] = "iets anders"

    stand = await verhuizer.move(klant)

    fields = {(one.resource, str(one.uuid), one.veld) for one in stand.verschillen}
    assert fields == {
        ("partij-identificatoren", bsn["uuid"], "partijIdentificator"),
        ("klantcontacten", klant.rows["klantcontacten"][5]["uuid"], "inhoud"),
    }
    assert not any(word in repr(stand) for word in (BSN, "999992740", "iets anders"))
    assert not stand.of("klantcontacten").gelijk


async def test_moving_again_with_bijwerken_takes_over_what_changed_and_keeps_what_it_was(verhuizer: Verhuizer) -> None:
    klant = OpenKlant(inboedel())
    await verhuizer.move(klant)
    taak = next(row for row in klant.rows["internetaken"] if row["status"] == "te_verwerken")
    taak |= {"status": "verwerkt", "afgehandeldOp": "2024-06-01T10:00:00Z"}

    assert [one.veld for one in (await verhuizer.move(klant)).verschillen] == ["afgehandeldOp", "status"]
    stand = await verhuizer.move(klant, bijwerken=True)

    assert stand.verschillen == []
    assert await verhuizer.value("select vorige->>'status' from wijziging") == "te_verwerken"


async def test_fields_that_an_older_version_lacks_are_not_held_against_us(verhuizer: Verhuizer) -> None:
    rows = inboedel()
    for row in rows["klantcontacten"]:
        for name in ("reactie", "metadata", "referentienummer", "hoofdOnderwerpType"):
            del row[name]
    for row in rows["internetaken"]:
        del row["toegewezenAanActoren"]
    del rows["persoon"], rows["organisatie"]

    stand = await verhuizer.move(OpenKlant(rows))

    assert stand.verschillen == []
    actoren = "select array_agg(actor_id) from interne_taak_actor where interne_taak_id = $1"
    assert await verhuizer.value(actoren, uuid("internetaken", 0)) == [uuid("actoren", 1)]


async def test_a_wrong_token_or_address_is_said_and_nothing_is_called_moved(verhuizer: Verhuizer) -> None:
    with pytest.raises(BronWeigert):
        await verhuizer.move(OpenKlant(inboedel()), token="fout")
    with pytest.raises(BronWeigert):
        await verhuizer.move(OpenKlant({}))
    with pytest.raises(BronAntwoordtNiet):
        await verhuizer.move(OpenKlant(inboedel(), faults=[503] * TRIES))

    assert await verhuizer.value("select stand from overname") == "halen"
    assert "8 keer geprobeerd" in str(await verhuizer.value("select fout from overname"))
