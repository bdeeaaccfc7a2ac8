# SPDX-License-Identifier: EUPL-1.2
"""Mail as a gemeente gets it: ordinary letters in Dutch, and every way in which MIME breaks. All persons invented."""

import base64
import binascii
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from schakel.kanalen.email.envelop import Envelop

DOMEIN = "lindewaard.example"
INFO = f"info@{DOMEIN}"
OWN = frozenset({DOMEIN})
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

_NAMEN = ("Fatima Öztürk", "Jan de Vries", "Noël van 't Hoff", "Agnieszka Wójcik", "Ngozi Okafor", "Bram Dijkstra")
_VRAGEN = (
    ("Parkeervergunning", "Ik wil graag een parkeervergunning voor de Lindelaan. Hoe vraag ik die aan?"),
    ("Losse stoeptegel", "Voor nummer 12 ligt een stoeptegel los. Mijn moeder is er bijna over gevallen."),
    ("Verhuizing doorgeven", "Wij verhuizen op 1 december naar de Dorpsstraat. Moeten wij allebei langskomen?"),
    ("Paspoort kwijt", "Ik ben mijn paspoort verloren en ga over twee weken op reis. Wat nu?"),
    ("Bezwaar WOZ", "Hierbij maak ik bezwaar tegen de WOZ-waarde van mijn woning. Die is € 35.000 te hoog."),
    ("Afvalcontainer", "De groene container is dinsdag niet geleegd, terwijl hij wel buiten stond."),
    ("Geboorteaangifte", "Onze dochter is gisteren geboren. Kan de aangifte ook online?"),
)


def envelop(mail_from: str = "fatima@inwoner.example", *rcpt_to: str) -> Envelop:
    """As SMTP would have it."""
    return Envelop(mail_from, rcpt_to or (INFO,), AT)


def letter(n: int, random_: random.Random) -> tuple[str, bytes]:
    """An ordinary mail and its sender: text, often html beside it, sometimes a photo or a quote."""
    naam = random_.choice(_NAMEN)
    adres = f"inwoner{n}@{random_.choice(('thuis', 'post', 'werk'))}.example"
    onderwerp, vraag = random_.choice(_VRAGEN)
    message = EmailMessage()
    message["From"] = f"{naam} <{adres}>"
    message["To"] = f"Gemeente Lindewaard <{INFO}>"
    message["Subject"] = f"{onderwerp} ({n})"
    message["Date"] = format_datetime(AT + timedelta(minutes=n))
    message["Message-ID"] = f"<{n}.{random_.randrange(10**9)}@post.example>"
    tekst = f"Goedendag,\n\n{vraag}\n\nMet vriendelijke groet,\n{naam}\n"
    if random_.random() < 0.3:
        tekst += (
            "\nOp 3 november 2026 schreef Gemeente Lindewaard:\n> Geachte heer of mevrouw,\n> Wij hielpen u graag.\n"
        )
    message.set_content(tekst)
    if random_.random() < 0.6:
        html = "".join(f"<p>{line}</p>" for line in tekst.split("\n") if line)
        message.add_alternative(f"<html><head><style>p{{margin:0}}</style></head><body>{html}</body></html>", "html")
    if random_.random() < 0.25:
        photo = random_.randbytes(random_.randrange(2_000, 60_000))
        message.add_attachment(photo, maintype="image", subtype="jpeg", filename=f"foto {n}.jpg")
    return adres, message.as_bytes().replace(b"\n", b"\r\n")


def letters(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """`count` different ones, the same for the same seed."""
    random_ = random.Random(seed)
    return (letter(n, random_) for n in range(count))


def mail(*header_lines: str | bytes, body: str | bytes = b"Hallo\r\n") -> bytes:
    """Raw lines as given, then the body; From, Subject and Date are there unless given."""
    lines = [line if isinstance(line, bytes) else line.encode() for line in header_lines]
    for name, value in ((b"From", b"fatima@inwoner.example"), (b"Subject", b"Vraag"), (b"Date", b"1 Nov 2026 10:00")):
        if not any(line.lower().startswith(name.lower() + b":") for line in lines):
            lines.insert(0, name + b": " + value)
    return b"\r\n".join(lines) + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode())


def multipart(*parts: bytes, subtype: str = "mixed", boundary: str = "grens") -> bytes:
    """Parts with their own headers, as the body of a multipart mail."""
    body = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), part) for part in parts)
    return mail(
        f'Content-Type: multipart/{subtype}; boundary="{boundary}"', body=body + b"--%s--\r\n" % boundary.encode()
    )


def uuencoded(name: str, content: bytes) -> bytes:
    """A file as old programs put it in the text."""
    lines = [binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45)]
    return f"begin 644 {name}\n".encode() + b"".join(lines) + b"`\nend\n"


def nested(depth: int) -> bytes:
    """A multipart in a multipart, `depth` times."""
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    return b"From: fatima@inwoner.example\r\nSubject: diep\r\nMessage-ID: <diep@x.example>\r\n" + opened + b"\r\nx"


_PDF = b"Content-Type: application/pdf; name=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"

#: Each category of breakage by name.
BROKEN: dict[str, bytes] = {
    "leeg": b"",
    "alleen regeleinden": b"\r\n" * 50,
    "nul-bytes": mail("Subject: a\x00b", body=b"x\x00y\x00\r\n") + b"\x00" * 500,
    "alleen ruis": bytes(range(256)) * 40,
    "geen koppen": b"Hallo, dit is gewoon tekst zonder koppen.\r\n",
    "onbekende tekenset": mail("Content-Type: text/plain; charset=klingon-8", body="Één vraag"),
    "verkeerde tekenset": mail("Content-Type: text/plain; charset=utf-8", body="Eén vraag, € 5".encode("cp1252")),
    "tekenset die rekent": mail("Content-Type: text/plain; charset=punycode", body=b"a-" * 50_000),
    "ruwe koppen": mail("From: Zoë <z@x.example>".encode("latin-1"), "Subject: Überweisung".encode()),
    "kapotte encoded words": mail("Subject: =?utf-8?b?a?= =?x?q?=?= =?utf-8?q?=C3?= =?utf-8?q?=A9n?="),
    "geen grens": mail("Content-Type: multipart/mixed", body=b"--x\r\n\r\nhallo\r\n--x--\r\n"),
    "grens komt niet voor": mail("Content-Type: multipart/mixed; boundary=ander", body=b"--x\r\n\r\nhallo\r\n"),
    "afgebroken": multipart(b"\r\nhallo", _PDF + base64.b64encode(b"x" * 900))[:-500],
    "kapotte base64": multipart(b"\r\nhallo", _PDF + b"@@@@A"),
    "uuencode": mail(body=b"Hierbij\n" + uuencoded("plan.pdf", b"%PDF-1.4 inhoud" * 20)),
    "uuencode zonder einde": mail(body=b"begin 644 x.txt\n#86)C\n"),
    "winmail": multipart(b"\r\nhallo", b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx\x9f\x3e\x22"),
    "alleen bijlage": mail("Subject: ", "Content-Type: application/pdf; name=a.pdf", body=b"%PDF"),
    "mail in mail": multipart(b"\r\nzie bijlage", b"Content-Type: message/rfc822\r\n\r\n" + mail("Subject: Oud")),
    "diep genest": nested(10_000),
    "diep en lang": nested(150) + b"regel\r\n" * 400_000,
    "mail in mail, diep": mail(body=b"")[:-2] + b"Content-Type: message/rfc822\r\n\r\n" * 5_000,
    "veel koppen": mail(*[f"X-Kop-{n}: waarde" for n in range(100_000)]),
    "veel delen": multipart(*[b"\r\nx"] * 20_000),
    "lange kop": mail("Subject: " + "x" * 2_000_000),
    "lange parameter": mail("Content-Type: text/plain; " + '";' * 100_000),
    "haakjes": mail("From: " + "(" * 5_000, "To: " + "(" * 5_000),
    "diepe html": mail("Content-Type: text/html", body=b"<div>" * 90_000),
    "open stijl": mail("Content-Type: text/html", body=b"<style>" * 50_000 + b"<p>hallo"),
    "script": mail("Content-Type: text/html", body=b"<p onclick=x>hoi<script>x()</script><img src=//e/x>"),
    "vreemde codering": mail("Content-Transfer-Encoding: x-wat", body=b"hallo"),
    "gevaarlijke naam": multipart(
        b'Content-Disposition: attachment; filename="../../etc/pass\x00wd\r\n .exe"\r\n\r\nx',
        b"Content-Disposition: attachment; filename*=utf-8''%E2%80%AEfdp.exe\r\n\r\nx",
        b"Content-Disposition: attachment; filename*0*=bogus''a%FF; filename*1=b; filename*x=c\r\n\r\nx",
    ),
}
