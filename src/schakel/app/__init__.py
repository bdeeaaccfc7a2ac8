# SPDX-License-Identifier: EUPL-1.2
"""App: puts the house together. The only folder that knows every part; it decides nothing."""

from schakel.app.huis import Huis
from schakel.app.ontvangst import PortTaken, mail_ontvangst
from schakel.app.opening import opened
from schakel.app.registers import toegangsbeheer
from schakel.app.verdeling import verdeling

__all__ = ["Huis", "PortTaken", "mail_ontvangst", "opened", "toegangsbeheer", "verdeling"]
