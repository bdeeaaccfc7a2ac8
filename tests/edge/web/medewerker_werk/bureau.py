# SPDX-License-Identifier: EUPL-1.2
"""What these tests do again and again: let a mail come in, read the page, count who looked."""

import re
from email.message import EmailMessage
from uuid import UUID

from playwright.async_api import BrowserContext

from schakel.begrippen.kanaal import Kanaal
from schakel.kanalen.email.envelop import Envelop
from schakel.kit.ids import new_id
from schakel.proceslogica.contract import Processtand
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible

AYLIN = "Aylin Yılmaz"
PDF = b"%PDF-1.4 " + bytes(range(256))


async def mail_in(
    stad: Stad,
    onderwerp: str = "Grof vuil",
    tekst: str = "Wanneer wordt mijn grof vuil opgehaald?",
    *,
    van: str = "Joop Hofstra <joop.hofstra@post.example>",
    html: str = "",
    bijlage: str = "",
) -> UUID:
    """A real MIME message, from the door on; the Interactie it became."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = van, "gemeente@lindewaard.example", onderwerp
    message["Message-ID"] = f"<{new_id()}@post.example>"
    message.set_content(tekst)
    if html:
        message.add_alternative(html, subtype="html")
    if bijlage:
        message.add_attachment(PDF, maintype="application", subtype="pdf", filename=bijlage)
    at = stad.diensten.clock()
    envelop = Envelop("joop.hofstra@post.example", ["gemeente@lindewaard.example"], at)
    origineel_id = await stad.diensten.inbox.store(Kanaal.EMAIL, bytes(message), envelop.to_dict(), at)
    await stad.diensten.inbox.register(origineel_id)
    found: UUID = await stad.value("select interactie_id from gespreksbijdrage where origineel_id = $1", origineel_id)
    return found


async def move_to(stad: Stad, interactie_id: UUID, team: str) -> None:
    async with stad.diensten.open_werk() as werk:
        await werk.interacties.set_team(interactie_id, team, None, stad.diensten.clock())


async def regiehouder_of(stad: Stad, interactie_id: object) -> UUID | None:
    found: UUID | None = await stad.value("select regiehouder from interactie where id = $1", interactie_id)
    return found


async def clear_desk(stad: Stad, account: str) -> None:
    """What the seed gave this medewerker to do is nobody's now."""
    async with stad.database.connection() as connection:
        await connection.execute(
            "update interactie set regiehouder = null where regiehouder = $1", await stad.actor(account)
        )


async def identified(stad: Stad, interactie_id: UUID, naam: str = AYLIN) -> UUID:
    """As after legitimatie."""
    partij_id = await stad.partij(naam)
    async with stad.diensten.open_werk() as werk:
        await werk.werkplekken.identify(interactie_id, partij_id)
    return partij_id


async def stand_of(stad: Stad, interactie_id: UUID) -> Processtand:
    async with stad.diensten.open_werk() as werk:
        stand = (await stad.diensten.behandelingen.behandelstand(werk, interactie_id)).stand
    assert stand is not None
    return stand


async def answer_form(bezoeker: Bezoeker, interactie_id: UUID) -> dict[str, object]:
    """The hidden fields of the step as the page gives them, but for the csrf token, which is of who posts."""
    page = (await bezoeker.get(f"/werk/{interactie_id}")).text
    form = re.search(r'(?s)<form[^>]+action="/werk/[^"]+/(?:stap|indienen)".*?</form>', page)
    assert form is not None, visible(page)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))
    del fields["csrf"]
    return fields


async def looks(stad: Stad) -> int:
    """How many lines the logboek has."""
    found: int = await stad.value("select count(*) from verwerking")
    return found


async def answers_sent(stad: Stad, interactie_id: UUID) -> int:
    """Messages to the klant that a person wrote."""
    found: int = await stad.value(
        "select count(*) from bericht where interactie_id = $1 and not automatisch", interactie_id
    )
    return found


async def sign_in(stad: Stad, context: BrowserContext, address: str, account: str) -> None:
    """This browser is of that medewerker from now on."""
    bezoeker = await stad.log_in(account)
    token = bezoeker.client.cookies["schakel"]
    await context.add_cookies([{"name": "schakel", "value": token, "url": address}])
