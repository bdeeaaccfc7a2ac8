# SPDX-License-Identifier: EUPL-1.2
"""Whoever asks what: an answer in words, the right headers, and no form of another site is taken."""

import pytest
from litestar.testing import TestClient

from tests.edge.web.house import make_site

HTML = {"Accept": "text/html,*/*;q=0.8"}


def sign_in(client: TestClient, who: str) -> None:
    client.cookies.set("schakel", who)


@pytest.mark.norm("GE-11")
@pytest.mark.parametrize("path", ["/", "/bestaat-niet", "/kapot", "/botsing", "/werk", "/assets/x.css"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path, headers=HTML, follow_redirects=False).headers

    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_pages_hold_no_inline_style_or_script(client: TestClient) -> None:
    for path in ("/", "/onderdelen", "/botsing"):
        text = client.get(path, headers=HTML).text
        assert " style=" not in text
        assert "<style" not in text
        assert "<script>" not in text
        assert " onclick" not in text


@pytest.mark.parametrize(
    ("path", "status"), [("/bestaat-niet", 404), ("/kapot", 500), ("/botsing", 409), ("/echo", 405)]
)
def test_a_mistake_is_a_dutch_page_or_problem_json(client: TestClient, path: str, status: int) -> None:
    page, machine = client.get(path, headers=HTML), client.get(path)

    assert (page.status_code, machine.status_code) == (status, status)
    assert '<html lang="nl"' in page.text
    assert machine.headers["content-type"] == "application/problem+json"
    assert machine.json()["status"] == status
    for text in (page.text, machine.text):
        assert "aylin@post.example" not in text
        assert "Traceback" not in text


def test_a_broken_page_says_that_the_text_is_kept(client: TestClient) -> None:
    assert "Uw tekst is bewaard" in client.get("/kapot", headers=HTML).text


def test_htmx_gets_a_line_for_the_place_of_messages(client: TestClient) -> None:
    answer = client.get("/botsing", headers={**HTML, "HX-Request": "true"})

    assert answer.headers["hx-retarget"] == "#meldingen"
    assert "<html" not in answer.text
    assert "Iemand anders was u net voor" in answer.text


def test_who_is_not_signed_in_is_sent_to_do_so_and_comes_back(client: TestClient) -> None:
    answer = client.get("/werk?a=1", headers=HTML, follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/aanmelden?verder=/werk%3Fa%3D1"
    assert client.get("/mijn", headers=HTML, follow_redirects=False).headers["location"].startswith("/digid?verder=")
    assert client.get("/werk").status_code == 401


def test_a_role_opens_only_its_own_door(client: TestClient) -> None:
    sign_in(client, "maud")
    assert client.get("/werk").json() == {"naam": "Maud Jansen"}
    assert client.get("/mijn").status_code == 401
    assert client.get("/beheer").status_code == 403
    sign_in(client, "aylin")
    assert client.get("/mijn").status_code == 200
    assert client.get("/werk").status_code == 403


def test_a_form_needs_the_token_of_its_sessie(client: TestClient) -> None:
    sign_in(client, "maud")
    assert client.post("/echo", data={"naam": "x"}).status_code == 403
    assert client.post("/echo", data={"naam": "x", "csrf": "geraden"}).status_code == 403
    assert client.post("/echo", json={"csrf": "geheim-token"}).status_code == 403
    assert client.post("/echo", data={"naam": "x", "csrf": "geheim-token"}).json() == {"naam": "x"}
    assert client.post("/echo", headers={"X-CSRF-Token": "geheim-token"}, files={"naam": (None, "y")}).json() == {
        "naam": "y"
    }
    assert "Dit formulier is te oud" in client.post("/echo", data={"naam": "x"}, headers=HTML).text


def test_another_site_cannot_post_even_without_a_sessie(client: TestClient) -> None:
    assert client.post("/echo", data={"naam": "x"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/echo", data={"naam": "x"}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 201


def test_over_https_the_cookie_is_bound_to_this_host() -> None:
    with TestClient(make_site(https=True), base_url="https://testserver.local") as client:
        client.cookies.set("schakel", "maud")
        assert client.get("/werk").status_code == 401
        client.cookies.set("__Host-schakel", "maud")
        answer = client.get("/werk")
        assert answer.status_code == 200
        assert answer.headers["strict-transport-security"]


def test_what_is_typed_comes_back_as_text(client: TestClient) -> None:
    text = client.get("/onderdelen").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert(1)" not in text


def test_assets_are_kept_for_ever_and_packed(client: TestClient) -> None:
    page = client.get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/assets/..%2fpage.py").status_code == 404
