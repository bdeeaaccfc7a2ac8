# SPDX-License-Identifier: EUPL-1.2
"""EmailKanaal: fills the inbound port of kanaalintegratie for e-mail, and says what is wrong in its set-up."""

from dataclasses import dataclass
from typing import ClassVar

from schakel.begrippen.gespreksbijdrage import Gespreksbijdrage
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.gezondheid import Deel, Staat
from schakel.kanalen.email.compose import is_address, with_token
from schakel.kanalen.email.connection import MAX_CONNECTIONS
from schakel.kanalen.email.envelop import read_envelop
from schakel.kanalen.email.parse import parse_mail
from schakel.kanalen.email.smtp_in import SmtpIn

TOKEN_LENGTH, MAX_LOCAL = 48, 64


@dataclass(frozen=True, slots=True)
class EmailKanaal:
    """Translates; decides nothing (PL-0). `own`: addresses and domains of ours, lower case."""

    own: frozenset[str]
    kanaal: ClassVar[Kanaal] = Kanaal.EMAIL

    def to_gespreksbijdrage(self, origineel: bytes, envelop: dict[str, object]) -> Gespreksbijdrage:
        """Never raises."""
        return parse_mail(origineel, read_envelop(envelop), self.own)


def check_config(adres: str, domeinen: tuple[str, ...]) -> list[str]:
    """What a beheerder must change before mail can come and go, in Dutch; empty when all is well."""
    if not is_address(adres):
        return ["Het afzenderadres van de gemeente is geen e-mailadres."]
    found = []
    local, _, domein = adres.rpartition("@")
    if len(with_token(local + "@", "x" * TOKEN_LENGTH)) - 1 > MAX_LOCAL:
        found.append(
            f"Het deel vóór de @ van het afzenderadres mag hoogstens {MAX_LOCAL - TOKEN_LENGTH - 1} tekens zijn."
        )
    if domein.lower() not in {naam.lower() for naam in domeinen}:
        found.append(
            "Het afzenderadres ligt niet in een domein waarvoor Schakel e-mail ontvangt: antwoorden komen niet aan."
        )
    return found


async def check_smtp_in(smtp_in: SmtpIn) -> Deel:
    """The state of the mail intake for the health page."""
    state = smtp_in.state()
    sinds = f"{state.last_received_at:%d-%m-%Y %H:%M} UTC" if state.last_received_at else "nog niets sinds de start"
    full = state.connections >= MAX_CONNECTIONS
    tekst = f"Laatste bericht: {sinds}." + (" Alle verbindingen zijn bezet." if full else "")
    if state.not_stored:
        tekst += f" {state.not_stored} keer kon een bericht niet worden bewaard; de afzender probeert het opnieuw."
    return Deel(
        "e-mail in",
        Staat.LET_OP if full or state.not_stored else Staat.GOED,
        tekst,
        {"verbindingen": state.connections, "ontvangen": state.received, "geweigerd": state.refused},
    )
