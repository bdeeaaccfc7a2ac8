# SPDX-License-Identifier: EUPL-1.2
"""Whatever the bytes are, there is a Gespreksbijdrage; and of ordinary mail everything is read."""

import base64
import time
from dataclasses import fields

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schakel.begrippen.gespreksbijdrage import Gespreksbijdrage
from schakel.kanalen.email.kanaal import EmailKanaal
from schakel.kanalen.email.markup import sanitise, to_text
from schakel.kanalen.email.parse import parse_mail
from schakel.kanalen.email.quote import split_quote
from tests.edge.email.generator import BROKEN, OWN, envelop, letters, mail, multipart

HEADERS = ["From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Content-Type"]
HEADERS += ["Content-Disposition", "Content-Transfer-Encoding", "Auto-Submitted", "Precedence", "MIME-Version"]


def read(raw: bytes, mail_from: str = "fatima@inwoner.example", *aan: str) -> Gespreksbijdrage:
    return parse_mail(raw, envelop(mail_from, *aan), OWN)


def check_storable(bijdrage: Gespreksbijdrage) -> None:
    """Everything of it fits in PostgreSQL and in UTF-8, and is bounded."""
    texts = [bijdrage.onderwerp, bijdrage.tekst, bijdrage.html, bijdrage.afzender.adres, bijdrage.afzender.naam]
    texts += [*bijdrage.gebreken, bijdrage.references.kenmerk, bijdrage.references.token, *bijdrage.aan]
    texts += [text for bijlage in bijdrage.bijlagen for text in (bijlage.naam, bijlage.mediatype)]
    texts += bijdrage.references.antwoord_op
    for text in texts:
        assert "\x00" not in text
        assert len(text.encode()) <= 6_000_000
    for bijlage in bijdrage.bijlagen:
        assert bijlage.naam
        assert not set(bijlage.naam) & set("/\\\r\n\x00\u202e")
        assert not bijlage.naam.startswith(".")
        assert isinstance(bijlage.inhoud, bytes)
    assert "<script" not in bijdrage.html
    assert "<img" not in bijdrage.html
    assert len(bijdrage.vingerafdruk) == 64


@pytest.mark.parametrize("soort", BROKEN)
def test_each_way_of_breaking_still_gives_a_gespreksbijdrage_in_bounded_time(soort: str) -> None:
    begin = time.process_time()
    bijdrage = read(BROKEN[soort])
    assert time.process_time() - begin < 3  # a hang is what this guards against; most take milliseconds
    check_storable(bijdrage)


MUST_WARN = {"leeg", "alleen ruis", "geen grens", "grens komt niet voor", "kapotte base64", "winmail", "diep genest"}


@pytest.mark.parametrize(
    "soort", sorted({*MUST_WARN, "veel delen", "mail in mail, diep", "diepe html"} - {"alleen ruis"})
)
def test_what_could_not_be_read_is_said_to_a_person(soort: str) -> None:
    assert read(BROKEN[soort]).gebreken


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3_000))
@example(b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\r\n----")
def test_any_bytes_at_all_are_read(raw: bytes) -> None:
    check_storable(read(raw))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(set(BROKEN) - {"veel koppen", "diep genest", "lange kop", "veel delen", "diep en lang"})),
    st.data(),
)
def test_a_mutated_mail_is_read(soort: str, data: st.DataObject) -> None:
    raw = BROKEN[soort][:20_000]
    at = data.draw(st.integers(0, len(raw)))
    cut = data.draw(st.integers(0, 40))
    check_storable(read(raw[:at] + data.draw(st.binary(max_size=30)) + raw[at + cut :]))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(HEADERS), st.text(max_size=80)), max_size=8), st.binary(max_size=200))
def test_any_header_values_are_read(headers: list[tuple[str, str]], body: bytes) -> None:
    lines = [f"{name}: {value}".encode("utf-8", "replace") for name, value in headers]
    check_storable(read(b"\r\n".join(lines) + b"\r\n\r\n" + body))


@pytest.mark.parametrize(
    "stored", [{}, {"rcpt_to": 5}, {"mail_from": None, "rcpt_to": [b"x"], "received_at": "gisteren"}]
)
def test_an_odd_envelop_does_not_stop_a_message(stored: dict[str, object]) -> None:
    assert EmailKanaal(OWN).to_gespreksbijdrage(mail(), stored).tekst == "Hallo"


def test_a_stored_envelop_reads_back_the_same() -> None:
    kept = envelop("f@x.example", "info@lindewaard.example")
    bijdrage = EmailKanaal(OWN).to_gespreksbijdrage(mail(), kept.to_dict())
    assert bijdrage.ontvangen_op == kept.received_at
    assert bijdrage == parse_mail(mail(), kept, OWN)
    assert {field.name for field in fields(bijdrage)} >= {"html", "gebreken"}


def test_ordinary_letters_have_no_gebreken_and_keep_their_photos() -> None:
    with_photo = 0
    for adres, raw in letters(200):
        bijdrage = read(raw, adres)
        assert (bijdrage.gebreken, bijdrage.geautomatiseerd) == ((), False)
        assert bijdrage.tekst.startswith("Goedendag,\n\n")
        assert bijdrage.afzender.adres == adres
        assert bijdrage.afzender.naam
        with_photo += bool(bijdrage.bijlagen)
    assert with_photo > 20


@pytest.mark.parametrize(
    ("header", "onderwerp"),
    [
        ("Subject: =?utf-8?Q?Caf=C3=A9_=E2=82=AC?=", "Café €"),
        ("Subject: =?utf-8?B?w4k=?= =?utf-8?B?w6k=?= rest", "Éé rest"),
        ("Subject: =?utf-8?q?=C3?=\r\n =?utf-8?q?=A9=C3=A9n?=", "één"),
        ("Subject: =?iso-8859-1?Q?=80_5?=", "€ 5"),
        ("Subject: =?onzin?Q?abc?= en meer", "abc en meer"),
        ("Subject: =?utf-8?B?a?= kapot", "=?utf-8?B?a?= kapot"),
        ("Subject: map C:\\users =?utf-8?q?=C3=A9?=", "map C:\\users é"),
        (b"Subject: \xdcberweisung", "Überweisung"),
        ("Subject: rechtstreeks é", "rechtstreeks é"),
    ],
)
def test_subjects_are_decoded(header: str | bytes, onderwerp: str) -> None:
    assert read(mail(header)).onderwerp == onderwerp


def test_html_alone_becomes_text_and_harmless_html() -> None:
    page = (
        "<html><head><title>t</title><style>p{}</style></head><body onload=x()><p>Hallo &amp; dag,</p><ul><li>een<li>"
        'twee</ul><img src="https://spion.example/x.gif"><a href="javascript:x()">a</a>'
        '<a href="https://post.example/">b</a><script>x()</script><form><input name=bsn></form></body></html>'
    )
    bijdrage = read(mail("Content-Type: text/html; charset=utf-8", body=page))
    assert bijdrage.tekst.split("\n")[:2] == ["Hallo & dag,", ""] or bijdrage.tekst.startswith(
        "Hallo & dag,\n- een\n- twee"
    )
    for harmful in ("script", "onload", "spion", "javascript", "<form", "<input", "<style", "x()"):
        assert harmful not in bijdrage.html
    assert 'href="https://post.example/"' in bijdrage.html


def test_a_text_footer_does_not_hide_an_html_letter() -> None:
    raw = multipart(
        b"Content-Type: text/html\r\n\r\n<p>De brief</p>", b"Content-Type: text/plain\r\n\r\nDisclaimer <x>"
    )
    bijdrage = read(raw)
    assert bijdrage.tekst == "De brief\n\nDisclaimer <x>"
    assert "&lt;x&gt;" in bijdrage.html


def test_an_alternative_is_read_once() -> None:
    raw = multipart(b"\r\nDe brief", b"Content-Type: text/html\r\n\r\n<p>De brief</p>", subtype="alternative")
    assert read(raw).tekst == "De brief"


def test_html_that_is_nested_absurdly_is_text() -> None:
    deep = "<div>" * 60_000 + "Er ligt een tegel los"
    assert to_text(sanitise(deep)) == "Er ligt een tegel los"


def test_attachments_keep_their_bytes_and_get_a_safe_unique_name() -> None:
    photo = base64.b64encode(b"\xff\xd8 foto")
    part = b'Content-Type: image/jpeg; name="foto.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + photo
    rfc2231 = b"Content-Disposition: attachment; filename*0*=utf-8''Ge%C3%AF; filename*1*=nd%20plan.pdf\r\n\r\nx"
    encoded = b'Content-Disposition: attachment; filename="=?utf-8?q?b=C3=A9zwaar.pdf?="\r\n\r\nx'
    raw8 = 'Content-Disposition: attachment; filename="één.pdf"\r\n\r\nx'.encode("latin-1")
    path = b'Content-Disposition: attachment; filename="..\\..\\C:\\autoexec.bat"\r\n\r\nx'
    bijlagen = read(multipart(b"\r\ntekst", part, part, rfc2231, encoded, raw8, path)).bijlagen
    assert [b.naam for b in bijlagen] == [
        "foto.jpg", "foto (2).jpg", "Geïnd plan.pdf", "bézwaar.pdf", "één.pdf", "autoexec.bat",
    ]  # fmt: skip
    assert bijlagen[0].inhoud == b"\xff\xd8 foto"


def test_a_forwarded_mail_is_kept_as_a_file_and_its_words_are_not_the_senders() -> None:
    bijdrage = read(BROKEN["mail in mail"])
    assert bijdrage.tekst == "zie bijlage"
    assert [(b.naam, b.mediatype) for b in bijdrage.bijlagen] == [("Oud.eml", "message/rfc822")]
    assert b"Hallo" in bijdrage.bijlagen[0].inhoud


@pytest.mark.parametrize(
    ("tekst", "own"),
    [
        ("Graag morgen.\n\nOp 3 nov schreef Gemeente:\n> oude tekst\n> meer", "Graag morgen."),
        ("Graag.\n\nOp dinsdag 3 november 2026 om 10:00\nschreef Gemeente Lindewaard:\n> oud", "Graag."),
        ("Ja.\n\n-----Oorspronkelijk bericht-----\nVan: Gemeente\nwie leest dit", "Ja."),
        ("Ja.\n\nVan: Gemeente\nVerzonden: dinsdag\nAan: Fatima\n\noud", "Ja."),
        ("Ja.\n> oud", "Ja."),
    ],
)
def test_the_quote_below_an_answer_can_be_folded_away(tekst: str, own: str) -> None:
    found, quoted = split_quote(tekst)
    assert found == own
    assert quoted


@pytest.mark.parametrize(
    "tekst",
    [
        "> Wanneer verhuist u?\nOp 1 december.\n> Met wie?\nAlleen.",
        "Beste,\n> Wanneer verhuist u?\nOp 1 december.\n> Met wie?\nAlleen.",
        "Van: het station naar huis",
        "",
        "> alles",
        "Op vrijdag.",
    ],
)
def test_own_words_are_never_folded_away(tekst: str) -> None:
    assert split_quote(tekst) == (tekst, "")


@given(st.text(max_size=300))
def test_folding_loses_nothing_but_blank_lines(tekst: str) -> None:
    own, quoted = split_quote(tekst)
    assert own + quoted == tekst or tekst.startswith(own)
    assert tekst.endswith(quoted)
    assert not tekst[len(own) : len(tekst) - len(quoted)].strip()
