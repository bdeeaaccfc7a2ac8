# SPDX-License-Identifier: EUPL-1.2
"""Any bytes, under any content type, give fields or a clear refusal; and notations are those of schermen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

from schakel.kit.errors import InvalidInput
from schakel.web import notatie
from schakel.web.formulier import MAX_FIELDS, MAX_TEXT, from_multipart, from_urlencoded
from schakel.web.klok import klokstand_of
from schakel.web.sessie import safe_onward
from tests.edge.web.house import make_site

CLIENT = TestClient(make_site(), raise_server_exceptions=False)
NOW = datetime(2026, 11, 24, 13, 2, tzinfo=UTC)


@given(st.binary(max_size=400), st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_fields_or_refused(body: bytes, boundary: str) -> None:
    for given_body in (body, b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n" + body + b"\r\n--x--\r\n"):
        for read in (lambda b=given_body: from_urlencoded(b), lambda b=given_body: from_multipart(b, boundary or "x")):
            try:
                fields = read().fields()
            except InvalidInput:
                continue
            assert all("\x00" not in value for value in fields.values())


@given(st.binary(max_size=200), st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
@settings(max_examples=60, deadline=None)
def test_the_edge_never_answers_5xx(body: bytes, content_type: str) -> None:
    for kind in (content_type, f"multipart/form-data; boundary={content_type}", "application/x-www-form-urlencoded"):
        answer = CLIENT.post("/echo", content=body, headers={"Content-Type": kind})
        assert answer.status_code < 500


def test_signs_that_no_keyboard_makes_are_left_out() -> None:
    formulier = from_urlencoded(b"naam=Ayl%07in%E2%80%AE&tekst=een%0D%0Atwee")
    assert formulier.text("naam") == "Aylin"
    assert formulier.text("tekst") == "een\ntwee"


@pytest.mark.parametrize("body", [b"naam=Ayl%00in", b"naam=%ff", b"n%00=x"])
def test_nul_and_what_is_no_utf8_are_refused_in_words(body: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        from_urlencoded(body).checked()
    assert "Typ de tekst opnieuw" in refused.value.detail


def test_too_long_and_too_many_are_refused_in_words() -> None:
    with pytest.raises(InvalidInput) as refused:
        from_urlencoded(b"tekst=" + b"a" * (MAX_TEXT + 1)).checked()
    assert "te lang" in refused.value.fields["tekst"]
    with pytest.raises(InvalidInput):
        from_urlencoded(b"&".join(b"a=1" for _ in range(MAX_FIELDS + 1)))
    with pytest.raises(InvalidInput):
        from_urlencoded(b"naam=abcdef").text("naam", longest=5)


def test_a_file_keeps_its_bytes_and_an_empty_input_is_no_file() -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="bij"; filename="a\xc3\xab.pdf"\r\nContent-Type: application/pdf'
        b'\r\n\r\n\x00\xff\r\n--x\r\nContent-Disposition: form-data; name="leeg"; filename=""\r\n\r\n\r\n--x--\r\n'
    )
    formulier = from_multipart(body, "x")
    upload = formulier.files("bij")[0]
    assert (upload.naam, upload.mediatype, upload.inhoud) == ("aë.pdf", "application/pdf", b"\x00\xff")
    assert formulier.files("leeg") == []
    assert "a\xeb" not in repr(formulier)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (notatie.getal(1284), "1.284"),
        (notatie.getal(0.4, 1), "0,4"),
        (notatie.procent(0.998, 1), "99,8\u202f%"),
        (notatie.duur(41), "41 sec"),
        (notatie.duur(112), "1 min 52"),
        (notatie.duur(timedelta(hours=2, minutes=54)), "2 u 54 min"),
        (notatie.duur(timedelta(days=1, hours=7)), "1 d 7 u"),
        (notatie.duur(-5), "0 sec"),
        (notatie.telefoon("+31612344127"), "06 12 34 41 27"),
        (notatie.telefoon("140199"), "14 0199"),
        (notatie.telefoon("0201234567"), "020 123 45 67"),
        (notatie.telefoon("0318123456"), "0318 12 34 56"),
        (notatie.telefoon("06-12"), "06-12"),
        (notatie.postcode("3811lw"), "3811 LW"),
        (notatie.wisselcode("7kq4m2"), "7KQ-4M2"),
        (notatie.datum(date(2026, 11, 24), NOW), "dinsdag 24 november"),
        (notatie.datum(date(2025, 11, 24), NOW), "maandag 24 november 2025"),
        (notatie.korte_datum(date(2026, 11, 23), NOW), "gisteren"),
        (notatie.korte_datum(date(2026, 11, 20), NOW), "vr 20 nov"),
        (notatie.tijdstip(NOW, NOW), '<time datetime="2026-11-24T13:02:00+00:00">vandaag 14.02</time>'),
        (notatie.alineas("a<b\nc\n\nd"), "<p>a&lt;b<br>c</p><p>d</p>"),
    ],
)
def test_notations(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.parametrize(
    ("minutes", "stil", "soort", "woord"),
    [
        (-12, False, "fout", "12 min te laat"),
        (38, False, "let", "nog 38 min"),
        (180, False, "", "nog 3 u"),
        (299, False, "", "vandaag 19.01"),
        (38, True, "", "staat stil"),
        (60 * 24 * 3, False, "", "vr 27 nov"),
    ],
)
def test_a_clock_says_what_it_is(minutes: int, stil: bool, soort: str, woord: str) -> None:
    klok = klokstand_of(NOW + timedelta(minutes=minutes), NOW if stil else None, None, NOW)
    assert (klok.soort, klok.woord) == (soort, woord)


@pytest.mark.parametrize("wanted", ["//elders.example", "https://elders.example", "/\\elders", "", None, "/a\nb"])
def test_after_signing_in_nobody_is_sent_elsewhere(wanted: str | None) -> None:
    assert safe_onward(wanted, "/werk") == "/werk"
    assert safe_onward("/zoeken?q=a", "/werk") == "/zoeken?q=a"
