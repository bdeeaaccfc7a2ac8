# SPDX-License-Identifier: EUPL-1.2
"""Behaviours 35 to 40: expand, filters, cascade, and how any request may be refused."""

from urllib.parse import quote

from tests.conformance.register import NERGENS, PERSOON, K, Register, invalid_in, reasons_in, ref

ERROR = {"type", "code", "title", "status", "detail", "instance"}


def test_behaviour_35_expand_is_complete_and_knows_its_names(api: Register) -> None:
    path = f"partijen/{api.persoon()['uuid']}"
    assert api.get(f"{path}?expand=digitaleAdressen")["_expand"] == {"digitaleAdressen": []}
    for name in ("foo", "*"):
        assert api.refused("GET", f"{path}?expand={name}") == {("expand", "invalid_choice")}
    assert not api.get(f"{path}?expand=betrokkenen.hadKlantcontact").get("_expand")


def test_behaviour_36_unknown_parameters_are_named(api: Register) -> None:
    answer = api.send("GET", "partijen?foo=bar&soort=1")
    assert invalid_in(answer) == {("nonFieldErrors", "unknown-parameters")}
    assert reasons_in(answer) == "Onbekende query parameters: foo, soort"


def test_behaviour_37_a_filter_takes_a_uuid_or_a_url_and_nothing_else(api: Register) -> None:
    uuid, url = "hadBetrokkene__uuid", "hadBetrokkene__url"
    assert api.refused("GET", f"klantcontacten?{uuid}=abc") == {(uuid, "invalid")}
    assert api.refused("GET", f"klantcontacten?{url}=abc") == {(url, "invalid")}
    assert api.found(f"klantcontacten?{url}={quote('https://elders.example/x', safe='')}") == []


def test_behaviour_38_a_filter_over_many_gives_every_row_once_and_yes_and_no_make_the_whole(api: Register) -> None:
    partij, contact = api.persoon(), api.klantcontact(onderwerp="Tweemaal")
    for _ in range(2):
        api.betrokkene(contact, partij)
        api.taak(contact, api.actor())
    mine = f"klantcontacten?hadBetrokkene__wasPartij__uuid={partij['uuid']}"
    assert api.found(mine) == [contact["uuid"]]
    for name in ("leiddeTotInterneTaken", "hadBetrokkene__wasPartij"):
        halves = [api.get(f"klantcontacten?pageSize=1&{name}={value}")["count"] for value in ("true", "false")]
        assert sum(halves) == api.get("klantcontacten?pageSize=1")["count"], name
    adressen = [api.adres(partij, verificatieDatum=day) for day in (None, "2026-01-31")]
    hers = f"digitaleadressen?verstrektDoorPartij__uuid={partij['uuid']}&isGeverifieerd"
    assert [api.found(f"{hers}={value}") for value in ("false", "true")] == [[one["uuid"]] for one in adressen]


def test_behaviour_39_an_onderwerpobject_can_take_its_klantcontact_along_unless_it_is_shared(api: Register) -> None:
    partij, actor, contact = api.persoon(), api.actor(), api.klantcontact()
    betrokkene, taak = api.betrokkene(contact, partij), api.taak(contact, actor)
    adres = api.adres(partij, verstrektDoorBetrokkene=ref(betrokkene))
    first, second = (
        api.post("onderwerpobjecten", {"klantcontact": ref(contact), "wasKlantcontact": None}) for _ in "ab"
    )
    kept = api.send("DELETE", f"onderwerpobjecten/{first['uuid']}?cascade=true")
    assert (kept.status_code, kept.json()) == (200, {"behouden": [contact["url"]]})
    gone = api.send("DELETE", f"onderwerpobjecten/{second['uuid']}?cascade=true")
    assert (gone.status_code, gone.json()) == (200, {"behouden": []})
    erased = (f"klantcontacten/{contact['uuid']}", f"betrokkenen/{betrokkene['uuid']}", f"internetaken/{taak['uuid']}")
    assert [api.status("GET", path) for path in erased] == [404, 404, 404]
    assert [api.status("GET", f"{p}/{o['uuid']}") for p, o in (("actoren", actor), ("digitaleadressen", adres))] == [
        200,
        200,
    ]


def test_behaviour_40_who_does_not_say_who_he_is_is_told_so(api: Register) -> None:
    for header, fault in (("", "not_authenticated"), ("Token 0", "authentication_failed")):
        answer = api.send("GET", "partijen", authorization=header)
        assert (answer.status_code, answer.json()["code"]) == (401, fault)
        assert answer.json().keys() >= ERROR


def test_behaviour_40_every_refusal_has_its_own_status_and_the_error_object(api: Register) -> None:
    partij = f"partijen/{api.persoon()['uuid']}"
    for status, method, path, options in (
        (404, "GET", f"partijen/{NERGENS}", {}),
        (404, "GET", "partijen/abc", {}),
        (404, "GET", "nergens", {}),
        (405, "DELETE", "partijen", {}),
        (405, "POST", partij, {"json": PERSOON}),
        (406, "GET", "partijen", {"headers": {"accept": "text/html"}}),
        (415, "POST", "partijen", {"content": b"x", "headers": {"content-type": "text/plain"}}),
    ):
        answer = api.http.request(method, path, **options)
        assert answer.status_code == status, (method, path, answer.text)
        assert answer.json().keys() >= ERROR
        assert answer.json()["status"] == status
        assert answer.headers["content-type"] == "application/json"
    broken = api.http.post("partijen", content=b"{", headers={"content-type": "application/json"})
    assert (broken.status_code, broken.json()["code"]) == (400, "parse_error")


def test_behaviour_40_pages_have_an_end_and_lead_to_each_other(api: Register) -> None:
    for _ in range(2):
        api.post("categorieen", {"naam": "Bladzijde"})
    past = api.send("GET", "categorieen?page=9999999")
    assert (past.status_code, past.json()["detail"]) == (404, "Ongeldige pagina.")
    assert api.get("categorieen?pageSize=1")["next"] == f"{api.base}/categorieen?page=2&pageSize=1"


def test_behaviour_40_unknown_and_read_only_fields_are_ignored(api: Register) -> None:
    made = api.klantcontact(uuid=NERGENS, url="x", hadBetrokkenen="x", onbekend={"a": [1]})
    assert made["uuid"] != NERGENS
    assert (made["hadBetrokkenen"], made.keys() & {"onbekend"}) == ([], set())
    changed = api.put(f"klantcontacten/{made['uuid']}", {**K, "uuid": NERGENS, "leiddeTotInterneTaken": 3})
    assert changed["uuid"] == made["uuid"]
