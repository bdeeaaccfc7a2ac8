# SPDX-License-Identifier: EUPL-1.2
"""Writes that meet: one winner, a clear answer for the rest, and the same write twice done once."""

import asyncio
from collections import Counter
from uuid import UUID

from schakel.storage.naamdelen import name_parts
from tests.edge.register_schrijven.schrijver import BSN, K, Schrijver, identificator, ref

PERSOON = {"soortPartij": "persoon", "indicatieActief": True}


async def test_sixteen_who_bring_the_same_bsn_make_one_partij(api: Schrijver) -> None:
    body = {**PERSOON, "partijIdentificatoren": [identificator("bsn", BSN)]}
    answers = await asyncio.gather(*(api.send("POST", "partijen", body) for _ in range(16)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 400: 15}
    assert await api.value("select count(*) from partij") == 1


async def test_sixteen_who_write_one_partij_are_all_answered_and_leave_one_of_their_names(api: Schrijver) -> None:
    partij = await api.persoon()
    bodies = [{"partijIdentificatie": {"contactnaam": {"achternaam": f"Naam{n}"}}} for n in range(16)]
    answers = await asyncio.gather(*(api.send("PATCH", f"partijen/{partij['uuid']}", body) for body in bodies))
    assert {answer.status_code for answer in answers} == {200}
    kept = await api.row("select naam, zoeknaam from partij")
    assert kept["zoeknaam"] == kept["naam"].lower()
    assert set(await api.value("select array_agg(deel) from naamdeel")) == set(name_parts(kept["zoeknaam"]))


async def test_who_saw_an_older_version_changes_nothing(api: Schrijver) -> None:
    answer = await api.send("POST", "partijen", PERSOON)
    path, seen = f"partijen/{answer.json()['uuid']}", answer.headers["etag"]
    assert (await api.send("GET", path)).headers["etag"] == seen
    changes = [api.send("PATCH", path, {"interneNotitie": str(n)}, **{"If-Match": seen}) for n in range(8)]
    answers = await asyncio.gather(*changes)
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: 7}
    now = (await api.send("GET", path)).headers["etag"]
    assert (await api.send("DELETE", path, **{"If-Match": seen})).status_code == 412
    assert (await api.send("DELETE", path, **{"If-Match": now})).status_code == 204


async def test_the_same_post_under_one_key_is_done_once_and_answered_each_time(api: Schrijver) -> None:
    body = {**PERSOON, "partijIdentificatoren": [identificator("bsn", BSN)]}
    key = {"Idempotency-Key": "a1"}
    answers = await asyncio.gather(*(api.send("POST", "partijen", body, **key) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert answers[0].json()["partijIdentificatoren"][0]["partijIdentificator"]["objectId"] == BSN
    assert await api.value("select count(*) from partij") == 1
    other = await api.send("POST", "partijen", PERSOON, **key)
    assert other.status_code == 409
    assert (await api.send("POST", "partijen", PERSOON, **{"Idempotency-Key": "x" * 300})).status_code == 400


async def test_a_write_that_is_refused_may_be_sent_again_under_the_same_key(api: Schrijver) -> None:
    key = {"Idempotency-Key": "a1"}
    assert (await api.send("POST", "klantcontacten", {}, **key)).status_code == 400
    assert (await api.send("POST", "klantcontacten", K, **key)).status_code == 201


async def test_a_partij_that_goes_while_an_adres_comes_leaves_no_half(api: Schrijver) -> None:
    partij = await api.persoon()
    body = {"verstrektDoorPartij": ref(partij), "adres": "x", "soortDigitaalAdres": "overig"}
    answers = await asyncio.gather(
        *(api.send("POST", "digitaleadressen", {**body, "adres": f"x{n}"}) for n in range(8)),
        api.send("DELETE", f"partijen/{partij['uuid']}"),
    )
    assert {answer.status_code for answer in answers} <= {201, 204, 400, 409}
    assert await api.value("select count(*) from digitaal_adres where partij_id = $1", UUID(partij["uuid"])) == 0


async def test_what_may_not_be_read_may_not_be_written(api: Schrijver) -> None:
    answer = await api.send("POST", "klantcontacten", {**K, "vertrouwelijk": True}, token="kaal")
    assert answer.status_code == 403
    assert await api.value("select count(*) from klantcontact") == 0
    secret = await api.klantcontact(vertrouwelijk=True)
    path = f"klantcontacten/{secret['uuid']}"
    for method in ("PATCH", "DELETE"):
        assert (await api.send(method, path, {}, token="kaal")).status_code == 404
    body = {"hadKlantcontact": ref(secret), "rol": "klant", "initiator": True}
    assert (await api.send("POST", "betrokkenen", body, token="kaal")).status_code == 400


async def test_sixteen_standard_addresses_at_once_leave_one_and_never_a_fault(api: Schrijver) -> None:
    partij = await api.persoon()
    body = {"verstrektDoorPartij": ref(partij), "soortDigitaalAdres": "email", "isStandaardAdres": True}
    answers = await asyncio.gather(
        *(api.send("POST", "digitaleadressen", {**body, "adres": f"a{n % 8}@voorbeeld.nl"}) for n in range(16))
    )
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert Counter(answer.status_code for answer in answers)[201] >= 1
    standard = "select count(*) from digitaal_adres where partij_id = $1 and is_standaard"
    assert await api.value(standard, UUID(partij["uuid"])) == 1
    assert await api.value("select count(*) = count(distinct adres) from digitaal_adres") is True


async def test_sixteen_who_take_one_referentienummer_leave_one(api: Schrijver) -> None:
    bodies = [{"klantcontact": {**K, "referentienummer": "77", "onderwerp": str(n)}} for n in range(16)]
    answers = await asyncio.gather(*(api.send("POST", "maak-klantcontact", body) for body in bodies))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 400: 15}
    refused = next(answer for answer in answers if answer.status_code == 400)
    assert [one["name"] for one in refused.json()["invalidParams"]] == ["referentienummer"]
    for table in ("klantcontact", "interactie", "verkeersregel", "verwerking"):
        assert await api.value(f"select count(*) from {table}") == 1, table


async def test_a_partij_that_goes_while_contacts_come_for_it_leaves_no_half(api: Schrijver) -> None:
    partij = await api.persoon()
    betrokkene = {"wasPartij": ref(partij), "rol": "klant", "initiator": True}
    answers = await asyncio.gather(
        *(api.send("POST", "maak-klantcontact", {"klantcontact": K, "betrokkene": betrokkene}) for _ in range(8)),
        api.send("DELETE", f"partijen/{partij['uuid']}"),
    )
    assert {answer.status_code for answer in answers} <= {201, 204, 400, 409}
    orphans = "select count(*) from betrokkene where partij_id is not null"
    assert await api.value(orphans) == await api.value("select count(*) from partij") == 0
