# SPDX-License-Identifier: EUPL-1.2
"""What went wrong in other products, one test each: the part of it that reading a mail must get right."""

import pytest

from schakel.begrippen.gespreksbijdrage import Gespreksbijdrage
from schakel.kanalen.email.parse import parse_mail
from tests.edge.email.generator import BROKEN, INFO, OWN, envelop, mail, multipart, uuencoded

TOKEN = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnop"


def read(raw: bytes, mail_from: str = "fatima@inwoner.example", *aan: str) -> Gespreksbijdrage:
    return parse_mail(raw, envelop(mail_from, *aan), OWN)


@pytest.mark.parametrize("soort", ["diep genest", "mail in mail, diep", "veel koppen", "alleen ruis", "nul-bytes"])
def test_klacht_4_an_unreadable_mail_is_still_a_contribution_with_its_sender(soort: str) -> None:
    bijdrage = read(BROKEN[soort])
    assert bijdrage.afzender.adres == "fatima@inwoner.example"
    if soort == "diep genest":
        assert (bijdrage.onderwerp, bijdrage.references.kenmerk) == ("diep", "<diep@x.example>")


@pytest.mark.parametrize(
    ("raw", "tekst"),
    [
        (mail("Content-Type: text/plain; charset=klingon-8", body="Één vraag"), "Één vraag"),
        (mail("Content-Type: text/plain; charset=utf-8", body="Eén € 5".encode("cp1252")), "Eén € 5"),
        (mail("Content-Type: text/plain; charset=iso-8859-1", body="€ 5 “zo”".encode("cp1252")), "€ 5 “zo”"),
        (mail("Content-Type: text/plain; charset=us-ascii", body="één".encode()), "één"),
        (mail("Content-Type: text/plain; charset=utf-16", body="één".encode("utf-16")), "één"),
        (mail("Content-Type: text/plain; charset=\"'utf-8'\"", body="één"), "één"),
    ],
)
def test_klacht_6_charsets_are_read_whatever_they_are_called(raw: bytes, tekst: str) -> None:
    assert read(raw).tekst == tekst


def test_klacht_6_uuencoded_files_in_the_text_become_bijlagen() -> None:
    bijdrage = read(mail(body=b"Hierbij het plan.\n" + uuencoded("plan.pdf", b"%PDF inhoud" * 30) + b"Groet"))
    assert bijdrage.tekst == "Hierbij het plan.\nGroet"
    assert [(b.naam, b.inhoud) for b in bijdrage.bijlagen] == [("plan.pdf", b"%PDF inhoud" * 30)]


def test_klacht_6_a_text_that_only_looks_uuencoded_stays_text() -> None:
    raw = mail(body=b"begin 644 met de eerste stap\nEn ga door tot het klaar is, vraag ik u.\nend\n")
    assert "ga door" in read(raw).tekst


def test_klacht_6_audio_is_kept() -> None:
    voicemail = multipart(b'Content-Type: audio/x-wav; name="bericht (1).wav"\r\n\r\nRIFF')
    assert [b.mediatype for b in read(voicemail).bijlagen] == ["audio/x-wav"]


def test_klacht_7_winmail_dat_is_kept_and_said() -> None:
    bijdrage = read(BROKEN["winmail"])
    assert [b.naam for b in bijdrage.bijlagen] == ["winmail.dat"]
    assert "winmail.dat" in bijdrage.gebreken[0]


@pytest.mark.parametrize("header", ["Message-ID:", "Message-ID: <>", "Message-ID: < >", "X: y"])
def test_klacht_8_a_mail_without_message_id_has_a_vingerafdruk_instead(header: str) -> None:
    bijdrage = read(mail(header))
    assert bijdrage.references.kenmerk == ""
    assert bijdrage.vingerafdruk == read(mail("X: y")).vingerafdruk


def test_klacht_9_mails_that_differ_in_anything_have_different_vingerafdrukken() -> None:
    same = mail()
    others = [
        mail("Subject: Anders"),
        mail("Date: 2 Nov 2026 10:00"),
        mail("From: jan@inwoner.example"),
        mail(body="Hallo daar"),
        multipart(b"\r\nHallo", b"Content-Type: image/png; name=a.png\r\n\r\nx"),
        multipart(b"\r\nHallo", b"Content-Type: image/png; name=a.png\r\n\r\ny"),
        BROKEN["diep genest"],
        BROKEN["diep genest"] + b"y",
    ]
    prints = {read(raw).vingerafdruk for raw in [same, *others]} | {read(same, "ander@x.example").vingerafdruk}
    assert len(prints) == len(others) + 2


@pytest.mark.parametrize("raw", [mail(body=b"Hall\xf6\r\n"), BROKEN["diep genest"], BROKEN["nul-bytes"]])
def test_klacht_10_one_mail_to_two_mailboxes_has_one_vingerafdruk(raw: bytes) -> None:
    relayed = b"Received: from a by b; 1 Nov\r\nDelivered-To: x\r\nX-Spam: 1\r\n" + raw.replace(b"\r\n", b"\n")
    first = read(raw, "fatima@inwoner.example", INFO)
    second = read(relayed, "Fatima@inwoner.example", "burgerzaken@lindewaard.example")
    assert first.vingerafdruk == second.vingerafdruk
    assert second.aan == ("burgerzaken@lindewaard.example",)


@pytest.mark.parametrize("adres", [INFO, f"info+{TOKEN}@lindewaard.example", "Jan@Lindewaard.example"])
def test_klacht_11_mail_from_ourselves_is_a_loop(adres: str) -> None:
    assert read(mail(f"From: {adres}"), adres).geautomatiseerd


def test_klacht_11_mail_that_our_own_forwarder_rewrote_is_not_ours() -> None:
    assert not read(mail(), "SRS0=x1=AB=inwoner.example=fatima@lindewaard.example").geautomatiseerd


def test_klacht_12_a_forward_keeps_its_references() -> None:
    bijdrage = read(mail("Subject: FW: Vraag", "References: <een@x.example>\r\n <twee@x.example>"))
    assert bijdrage.references.antwoord_op == ("<twee@x.example>", "<een@x.example>")


def test_klacht_13_overwritten_references_do_not_hide_in_reply_to() -> None:
    bijdrage = read(mail(f"In-Reply-To: <{TOKEN}.1f2e@lindewaard.example>", "References: <nieuw@apple.example>"))
    assert bijdrage.references.antwoord_op[0] == f"<{TOKEN}.1f2e@lindewaard.example>"
    assert bijdrage.references.token == TOKEN


def test_klacht_13_a_folded_id_is_one_id_and_the_last_of_many_references_are_kept() -> None:
    folded = read(mail("In-Reply-To: <lang-begin\r\n -en-eind@x.example>"))
    assert folded.references.antwoord_op == ("<lang-begin-en-eind@x.example>",)
    many = read(mail("References: " + "\r\n ".join(f"<{n:060}@x.example>" for n in range(1_000))))
    assert many.references.antwoord_op[0] == f"<{999:060}@x.example>"


@pytest.mark.parametrize(
    "raw",
    [
        mail("Subject: Re: [LW-2026-004711] Vraag", body="Kenmerk LW-2026-004711"),
        mail("To: info+LW-2026-004711@lindewaard.example"),
        mail(f"Subject: {TOKEN}", body=f"info+{TOKEN}@lindewaard.example"),
        mail(f"In-Reply-To: <{TOKEN[:-1]}.1@lindewaard.example>"),
    ],
)
def test_klacht_14_a_nummer_subject_or_text_is_no_token(raw: bytes) -> None:
    bijdrage = read(raw)
    assert bijdrage.references.token == ""
    assert not any("004711" in kenmerk for kenmerk in bijdrage.references.antwoord_op)


@pytest.mark.parametrize("place", ["envelop", "To", "In-Reply-To", "References"])
def test_klacht_14_our_token_is_found_where_mail_programs_bring_it_back(place: str) -> None:
    adres, kenmerk = f"info+{TOKEN.upper()}@lindewaard.example", f"<{TOKEN}.0a1b@lindewaard.example>"
    if place == "envelop":
        found = read(mail(), "fatima@inwoner.example", adres)
    else:
        found = read(mail(f"{place}: {adres if place == 'To' else kenmerk}"))
    assert found.references.token == TOKEN


BOUNCE = multipart(
    b"\r\nUw bericht kwam niet aan.",
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; f@x\r\n"
    b"Status: 5.1.1",
    b"Content-Type: message/rfc822\r\n\r\n" + mail(f"Message-ID: <{TOKEN}.aa@lindewaard.example>"),
    subtype="report; report-type=delivery-status",
)


def test_klacht_23_a_bounce_is_from_a_machine_and_keeps_its_report() -> None:
    bijdrage = read(BOUNCE, "", f"info+{TOKEN}@lindewaard.example")
    assert bijdrage.geautomatiseerd
    assert b"Status: 5.1.1" in bijdrage.bijlagen[0].inhoud


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied (vakantie)",
        "Auto-Submitted: auto-generated; owner-email=x@y.example",
        "Precedence: Bulk",
        "Precedence: list",
        "Precedence: junk",
        "List-Id: <nieuws.example>",
        "List-Unsubscribe: <mailto:x@y.example>",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "X-Autoreply: yes",
        "Return-Path: <>",
        "From: MAILER-DAEMON@post.example",
        "From: postmaster@post.example",
        "From: Winkel <no-reply@winkel.example>",
        "From: noreply+123@winkel.example",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
    ],
)
def test_klacht_24_loop_signs_are_seen(header: str) -> None:
    assert read(mail(header)).geautomatiseerd


@pytest.mark.parametrize("mail_from", ["", INFO])
def test_klacht_24_the_null_sender_and_our_own_are_loop_signs(mail_from: str) -> None:
    assert read(mail(), mail_from).geautomatiseerd


@pytest.mark.parametrize(
    "header",
    ["Auto-Submitted: no", "Auto-Submitted: No (mens)", "Precedence: normal", "X-Auto-Response-Suppress: None", "X: y"],
)
def test_klacht_24_a_person_is_not_taken_for_a_machine(header: str) -> None:
    assert not read(mail(header, "From: Noor Eplyk <noor.eplyk@inwoner.example>")).geautomatiseerd


@pytest.mark.parametrize("aan", [f"info+{TOKEN}@lindewaard.example", INFO])
def test_klacht_25_a_bounce_finds_the_interactie_it_is_about(aan: str) -> None:
    bijdrage = read(BOUNCE, "", aan)
    assert bijdrage.references.token == TOKEN
    assert f"<{TOKEN}.aa@lindewaard.example>" in bijdrage.references.antwoord_op
