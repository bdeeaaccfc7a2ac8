# SPDX-License-Identifier: EUPL-1.2
"""Loop signs (RFC 3834): does a machine seem to have sent this? Then no machine of ours answers it."""

import re

from schakel.kanalen.email.headers import Headers

_PRECEDENCE = {"bulk", "list", "junk", "auto_reply"}
_SUPPRESS = re.compile(r"\b(all|oof|autoreply)\b", re.IGNORECASE)
_MARKS = {"x-autoreply", "x-autorespond", "x-autoresponder", "x-loop", "x-failed-recipients", "feedback-id"}
_SENDERS = re.compile(
    r"(mailer-?daemon|postmaster|(no|do-?_?not)[-_.]?reply|bounces?|niet-?beantwoorden|geen-?antwoord)([+.\-_].*)?@",
    re.IGNORECASE,
)


def is_automatic(headers: Headers, mail_from: str, adres: str, own: frozenset[str]) -> bool:
    """`own`: addresses and domains of ours, lower case; a mail that seems to come from one of them is a loop."""
    if not mail_from or is_own(adres, own) or is_own(mail_from, own):
        return True
    submitted = re.split(r"[;\s(]", headers.text("auto-submitted").strip().lower())[0]
    if submitted not in ("", "no") or headers.text("return-path").strip() == "<>":
        return True
    if headers.text("precedence").strip().lower() in _PRECEDENCE:
        return True
    if _SUPPRESS.search(headers.text("x-auto-response-suppress")):
        return True
    if headers.text("content-type").lower().startswith("multipart/report"):  # a bounce or a read receipt
        return True
    if any(name.startswith("list-") or name in _MARKS for name in headers.names()):
        return True
    return bool(_SENDERS.match(adres) or _SENDERS.match(mail_from))


def is_own(adres: str, own: frozenset[str]) -> bool:
    """Whether this is one of our addresses, a plus-address of one, or at one of our domains."""
    local, _, domain = adres.lower().rpartition("@")
    if local.startswith(("srs0", "srs1")):  # a forwarder of ours put its own name before that of a stranger
        return False
    return domain in own or f"{local.partition('+')[0]}@{domain}" in own
