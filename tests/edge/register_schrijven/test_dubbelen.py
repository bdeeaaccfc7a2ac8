# SPDX-License-Identifier: EUPL-1.2
"""Doubles over the API: found with reasons, joined by who may, taken apart by the uuid that went."""

from typing import Any

import pytest

from tests.edge.register_schrijven.schrijver import ANDER_BSN, BSN, KVK, NERGENS, Schrijver, identificator, ref

NAAM = {"contactnaam": {"voorletters": "", "voornaam": "Fatima", "voorvoegselAchternaam": "", "achternaam": "Yılmaz"}}
ADRES = {"nummeraanduidingId": "", "straatnaam": "Dam", "huisnummer": 12, "postcode": "1234 AB", "stad": "Lindewaard",
         "adresregel1": "", "adresregel2": "", "adresregel3": "", "land": ""}  # fmt: skip


async def fatima(api: Schrijver, *nummers: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Each time a new record of the same person."""
    return await api.persoon(
        partijIdentificatie=NAAM,
        bezoekadres=ADRES,
        partijIdentificatoren=[identificator(*one) for one in nummers],
        **more,
    )


async def find(api: Schrijver, partij: dict[str, Any], token: str = "alles") -> list[dict[str, Any]]:
    answer = await api.send("POST", f"partijen/{partij['uuid']}/_dubbelen", {}, token)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


async def merge(api: Schrijver, winnaar: dict[str, Any], verliezer: dict[str, Any], **more: Any) -> Any:
    body = {"partij": ref(verliezer), "reden": "Zelfde paspoort gezien", **more}
    return await api.send("POST", f"partijen/{winnaar['uuid']}/_voegsamen", body)


@pytest.mark.norm("RB-1")
async def test_a_likely_double_is_found_with_the_reasons_why(api: Schrijver) -> None:
    een, ander = await fatima(api), await fatima(api)
    await api.adres(een)
    await api.adres(ander)
    await fatima(api, indicatieGeheimhouding=True)
    (found,) = await find(api, een)
    assert found["partij"] == {"uuid": ander["uuid"], "url": ander["url"]}
    assert (found["score"], found["samenvoegbaar"]) == (80, True)
    assert found["redenen"] == ["Naam is gelijk.", "Adres is gelijk.", "E-mailadres is gelijk."]
    line = await api.row("select * from verwerking order by id desc limit 1")
    assert (line["activiteit"], line["doel"], len(line["betrokkenen"])) == ("partijen dubbelen zoeken", "vraag", 2)


async def test_joined_the_contacts_are_with_the_one_that_stays_and_taken_apart_they_are_back(api: Schrijver) -> None:
    een, ander = await fatima(api), await fatima(api)
    klantcontact = await api.klantcontact()
    betrokkene = await api.post(
        "betrokkenen",
        {"hadKlantcontact": ref(klantcontact), "wasPartij": ref(ander), "rol": "klant", "initiator": True},
    )
    adres = await api.adres(ander)
    een_before, before = [await api.get(f"partijen/{one['uuid']}") for one in (een, ander)]

    answer = await merge(api, een, ander)
    assert answer.status_code == 200, answer.text
    assert answer.json()["verplaatst"] == {"betrokkenen": 1, "digitaleAdressen": 1}
    assert await api.gone(f"partijen/{ander['uuid']}")
    assert (await api.get(f"betrokkenen/{betrokkene['uuid']}"))["wasPartij"]["uuid"] == een["uuid"]
    assert [one["uuid"] for one in (await api.get(f"partijen/{een['uuid']}"))["digitaleAdressen"]] == [adres["uuid"]]

    answer = await api.send("POST", f"partijen/{ander['uuid']}/_splits", {"reden": "Het was haar zus"})
    assert answer.status_code == 200, answer.text
    assert await api.get(f"partijen/{ander['uuid']}") == before
    assert await api.get(f"partijen/{een['uuid']}") == een_before
    assert (await api.get(f"betrokkenen/{betrokkene['uuid']}"))["wasPartij"]["uuid"] == ander["uuid"]


async def test_a_client_that_still_has_the_old_uuid_hears_where_the_partij_is_now(api: Schrijver) -> None:
    een, ander = await fatima(api), await fatima(api)
    await merge(api, een, ander)
    answer = await api.send("GET", f"partijen/{ander['uuid']}")
    assert answer.status_code == 404
    assert answer.headers["link"] == f'<{een["url"]}>; rel="successor-version"'
    assert "samengevoegd" in answer.json()["detail"]
    assert "link" not in (await api.send("GET", f"partijen/{NERGENS}")).headers


async def test_what_a_likeness_may_never_join_is_refused_with_every_reason(api: Schrijver) -> None:
    een, ander = await fatima(api, ("bsn", BSN)), await fatima(api, ("bsn", ANDER_BSN))
    answer = await merge(api, een, ander, vaststelling="legitimatie")
    assert (answer.status_code, [one["code"] for one in answer.json()["invalidParams"]]) == (400, ["bsn"])
    assert await find(api, een) == []
    firma = await api.post("partijen", {"soortPartij": "organisatie", "indicatieActief": True,
                                        "partijIdentificatoren": [identificator("kvk_nummer", KVK)]})  # fmt: skip
    answer = await merge(api, een, firma)
    assert [one["code"] for one in answer.json()["invalidParams"]] == ["soort"]
    assert BSN not in answer.text


async def test_who_was_never_identified_joins_who_was_only_after_a_person_established_it(api: Schrijver) -> None:
    een, ander = await fatima(api, ("bsn", BSN)), await fatima(api)
    (found,) = await find(api, een)
    assert [one["code"] for one in found["beletselen"]] == ["niet_vastgesteld"]
    answer = await merge(api, een, ander)
    assert [one["code"] for one in answer.json()["invalidParams"]] == ["niet_vastgesteld"]
    assert (await merge(api, een, ander, vaststelling="legitimatie")).status_code == 200
    assert await api.value("select middel from samenvoeging") == "legitimatie"


async def test_who_may_not_see_everything_may_not_move_it(api: Schrijver) -> None:
    een, ander = await fatima(api), await fatima(api)
    body = {"partij": ref(ander), "reden": "Dezelfde"}
    assert (await api.send("POST", f"partijen/{een['uuid']}/_voegsamen", body, "kaal")).status_code == 403
    assert (await api.send("POST", f"partijen/{ander['uuid']}/_splits", body, "kaal")).status_code == 403
    assert len(await find(api, een, "kaal")) == 1


async def test_everything_wrong_in_a_body_is_said_at_once(api: Schrijver) -> None:
    een = await fatima(api)
    path = f"partijen/{een['uuid']}/_voegsamen"
    assert await api.refused("POST", path, {"vaststelling": "gevoel"}) == {
        ("partij.uuid", "required"), ("reden", "required"), ("vaststelling", "invalid_choice"),
    }  # fmt: skip
    assert await api.refused("POST", path, {"partij": {"uuid": 3}, "reden": " "}) == {
        ("partij.uuid", "invalid"), ("reden", "blank"),
    }  # fmt: skip
    assert await api.refused("POST", path, {"partij": ref(een), "reden": "x" * 501}) == {("reden", "max_length")}
    assert (await api.send("POST", path, {"partij": {"uuid": NERGENS}, "reden": "x"})).status_code == 404
    assert (await api.send("POST", f"partijen/{NERGENS}/_dubbelen", {})).status_code == 404
    assert (await api.send("GET", path)).status_code == 405
    assert (await api.send("POST", f"{path}?x=1", {})).status_code == 400
    assert (await api.send("POST", "klantcontacten/x/_splits", {})).status_code == 404


async def test_a_bsn_is_nowhere_in_what_is_kept_of_a_samenvoeging(api: Schrijver) -> None:
    een, ander = await fatima(api), await fatima(api, ("bsn", BSN))
    assert (await merge(api, een, ander, vaststelling="legitimatie")).status_code == 200
    kept = await api.value("select string_agg(to_jsonb(s)::text, '') from samenvoeging s")
    assert BSN not in kept
    found = (await api.get(f"partij-identificatoren?partijIdentificatorObjectId={BSN}"))["results"]
    assert [one["identificeerdePartij"]["uuid"] for one in found] == [een["uuid"]]
