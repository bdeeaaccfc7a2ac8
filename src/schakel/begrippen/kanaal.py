# SPDX-License-Identifier: EUPL-1.2
"""Kanaal: a way over which klant and gemeente communicate. Open: a new kanaal is a new value, not new code."""

from typing import ClassVar


class Kanaal(str):
    """The value that is stored and sent, spelled as in VNG Klantinteracties ("e-mail", "telefoon")."""

    EMAIL: ClassVar["Kanaal"]
    WEBFORMULIER: ClassVar["Kanaal"]
    BALIE: ClassVar["Kanaal"]
    TELEFOON: ClassVar["Kanaal"]
    CHAT: ClassVar["Kanaal"]
    POST: ClassVar["Kanaal"]
    SMS: ClassVar["Kanaal"]
    WHATSAPP: ClassVar["Kanaal"]
    BERICHTENBOX: ClassVar["Kanaal"]

    __slots__ = ()


Kanaal.EMAIL = Kanaal("e-mail")
Kanaal.WEBFORMULIER = Kanaal("webformulier")
Kanaal.BALIE = Kanaal("balie")
Kanaal.TELEFOON = Kanaal("telefoon")
Kanaal.CHAT = Kanaal("chat")
Kanaal.POST = Kanaal("post")
Kanaal.SMS = Kanaal("sms")
Kanaal.WHATSAPP = Kanaal("whatsapp")
Kanaal.BERICHTENBOX = Kanaal("berichtenbox")
