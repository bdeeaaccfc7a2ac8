# SPDX-License-Identifier: EUPL-1.2
"""One bericht as MIME: text and a simple accessible html; no value can add a header of its own."""

import re
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr, localtime
from html import escape

from schakel.begrippen.bericht import Bericht
from schakel.kit.text import clean

_IDS = {"message-id", "in-reply-to", "references"}
_KENMERK = re.compile(r"<[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*>")
_URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")
_ADDRESS = re.compile(r"[^\s<>\"()\[\],;:\\@\x00-\x1f\x7f]{1,64}@[^\s<>\"()\[\],;:\\@\x00-\x1f\x7f]{1,255}")
_STYLE = "font-family:Arial,sans-serif;font-size:16px;line-height:1.5;max-width:40em"


class _Policy(EmailPolicy):
    """The library breaks a long Message-ID into encoded words, and then no answer finds it back."""

    def fold(self, name: str, value: str) -> str:
        if name.lower() in _IDS:
            return f"{name}: {(self.linesep + ' ').join(str(value).split())}{self.linesep}"
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _IDS:
            return self.fold(name, value).encode("ascii", "replace")
        return super().fold_binary(name, value)


SMTP_POLICY = _Policy(linesep="\r\n", cte_type="7bit")


def compose(bericht: Bericht, naam: str, adres: str, *, utf8: bool = False) -> bytes:
    """The lines to send. `utf8`: the address needs SMTPUTF8. Raises ValueError without usable address or kenmerk."""
    if not is_address(bericht.aan):
        raise ValueError("no usable address")
    if not _KENMERK.fullmatch(bericht.kenmerk):  # the library stumbles over some that are none
        raise ValueError("no usable kenmerk")
    message = EmailMessage(policy=SMTP_POLICY.clone(utf8=utf8))
    message["Message-ID"] = bericht.kenmerk
    message["Date"] = format_datetime(localtime())
    message["From"] = formataddr((_line(naam), adres))
    message["To"] = bericht.aan
    message["Reply-To"] = with_token(adres, bericht.token)
    message["Subject"] = _line(bericht.onderwerp)
    if bericht.antwoord_op:
        message["In-Reply-To"] = _id(bericht.antwoord_op[-1])
        message["References"] = " ".join(_id(kenmerk) for kenmerk in bericht.antwoord_op[-20:])
    if bericht.automatisch:  # RFC 3834
        message["Auto-Submitted"] = "auto-replied" if bericht.antwoord_op else "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    tekst = clean(bericht.tekst).replace("\r\n", "\n").replace("\r", "\n")
    message.set_content(tekst, cte="quoted-printable")
    message.add_alternative(_page(_line(bericht.onderwerp), tekst), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def with_token(adres: str, token: str) -> str:
    """info@x → info+token@x, so that an answer or a bounce finds its way back."""
    local, _, domain = adres.partition("@")
    return f"{local}+{token}@{domain}" if token else adres


def is_address(adres: str) -> bool:
    """One plain address, nothing that could be read as more."""
    return bool(_ADDRESS.fullmatch(adres)) and adres == clean(adres)


def _page(onderwerp: str, tekst: str) -> str:
    """One column, one language, real paragraphs; links show where they go."""
    paragraphs = "\n".join(f"<p>{_linked(part)}</p>" for part in re.split(r"\n{2,}", tekst.strip()))
    return (
        f'<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>{escape(onderwerp)}</title>'
        f'<meta name="viewport" content="width=device-width"></head>\n<body style="{_STYLE}">\n{paragraphs}\n'
        "</body></html>\n"
    )


def _linked(part: str) -> str:
    out, position = [], 0
    for url in _URL.finditer(part):
        shown = escape(url[0])
        out += [escape(part[position : url.start()]), f'<a href="{shown}">{shown}</a>']
        position = url.end()
    return "".join([*out, escape(part[position:])]).replace("\n", "<br>\n")


def _line(value: str) -> str:
    return "".join(sign for sign in " ".join(clean(value).split()) if sign.isprintable())


def _id(value: str) -> str:
    return "".join(sign for sign in "".join(value.split()) if sign.isascii() and sign.isprintable())
