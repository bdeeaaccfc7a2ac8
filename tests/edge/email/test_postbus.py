# SPDX-License-Identifier: EUPL-1.2
"""The address of a mailbox: what can be read from it, and what is said when it cannot."""

import pytest

from schakel.kanalen.email.postbus import InvalidPostbus, read_postbussen
from schakel.kit.clock import AMSTERDAM


def test_two_mailboxes_with_all_there_is_to_say() -> None:
    one, two = read_postbussen(
        "imaps://info%40gemeente.nl:p%3Aw@mail.gemeente.nl/Post%20in?sinds=2026-11-01 imap://a:b@localhost:1143"
    )
    assert (one.host, one.port, one.gebruiker, one.wachtwoord) == ("mail.gemeente.nl", 993, "info@gemeente.nl", "p:w")
    assert (one.folder, one.tls) == ("Post in", True)
    assert one.sinds is not None
    assert one.sinds.isoformat() == "2026-11-01T00:00:00+01:00"
    assert one.sinds.tzinfo is AMSTERDAM
    assert (two.port, two.folder, two.tls, two.is_local, two.sinds) == (1143, "INBOX", False, True, None)


@pytest.mark.parametrize(
    "wrong",
    [
        "mail.gemeente.nl",
        "pop3://a:geheim@x",
        "imaps://a@x",
        "imaps://a:geheim@x:0x/I",
        "imaps://a:geheim@x?sinds=eens",
    ],
)
def test_what_cannot_be_read_is_said_without_the_password(wrong: str) -> None:
    with pytest.raises(InvalidPostbus) as refused:
        read_postbussen(wrong)
    assert "geheim" not in str(refused.value)


def test_nothing_is_no_mailbox() -> None:
    assert read_postbussen("") == ()
