# SPDX-License-Identifier: EUPL-1.2
"""What is bad stays shut, whichever kanaal brought it, and what is good opens; nobody opens what was not looked at."""

from collections.abc import AsyncIterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio

from schakel.app import opened
from schakel.begrippen.virusoordeel import Virusoordeel
from schakel.kanaalintegratie.bestandscontrole import ScannerUnreachable
from schakel.kanaalintegratie.gezondheid import Staat
from schakel.kanalen.email.envelop import Envelop
from schakel.kit.clock import system_clock
from schakel.koppelingen.clamd.client import Clamd
from tests.databases import copied
from tests.edge.email.poorten import free_port
from tests.edge.stad import Stad, stad_settings
from tests.edge.virus.clamd import EICAR, MAX_STREAM, clamd, locked_zip, zipped
from tests.edge.web.klant.portaal import begin, fill_in

pytestmark = pytest.mark.virusscanner


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def scanner() -> AsyncIterator[Clamd]:
    async with clamd() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def beveiligd(scanner: Clamd, seeded: str, template_url: str, open_folder: Path) -> AsyncIterator[Stad]:
    """Lindewaard with a scanner."""
    settings = replace(stad_settings(open_folder), clamd=f"{scanner.host}:{scanner.port}")
    async with copied(seeded) as name:
        url = template_url.rpartition("/")[0] + f"/{name}"
        async with opened(settings, url, say=lambda _: None) as huis:
            yield Stad(huis, url)


def mail_with(inhoud: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "fatima@post.example", "info@lindewaard.example", "Mijn foto"
    mail.set_content("Zie de bijlage.")
    mail.add_attachment(inhoud, maintype="application", subtype="octet-stream", filename="foto.jpg")
    return mail.as_bytes()


async def by_mail(stad: Stad, inhoud: bytes) -> UUID:
    """The bijlage of a mail that came in, looked at or not."""
    envelop = Envelop("fatima@post.example", ("info@lindewaard.example",), system_clock())
    await stad.huis.store_mail(mail_with(inhoud), envelop)
    await stad.do_jobs()
    found: UUID = await stad.value("select id from bijlage where naam = 'foto.jpg' order by ontvangen_op desc limit 1")
    return found


@pytest.mark.parametrize(
    ("inhoud", "oordeel"),
    [
        (b"gewoon een foto", Virusoordeel.SCHOON),
        (b"", Virusoordeel.SCHOON),
        (EICAR, Virusoordeel.BESMET),
        (zipped(EICAR), Virusoordeel.BESMET),
        (zipped(zipped(EICAR), "binnen.zip"), Virusoordeel.BESMET),
        (locked_zip(), Virusoordeel.ONLEESBAAR),
        (bytes(2 * MAX_STREAM), Virusoordeel.ONLEESBAAR),
    ],
)
async def test_a_real_scanner_tells_good_from_bad(scanner: Clamd, inhoud: bytes, oordeel: Virusoordeel) -> None:
    assert await scanner.scan(inhoud) is oordeel


async def test_a_scanner_that_is_not_there_is_said_and_judges_nothing(scanner: Clamd) -> None:
    gone = Clamd("127.0.0.1", free_port(), timeout=1)
    with pytest.raises(ScannerUnreachable):
        await gone.scan(b"x")
    assert (await gone.check()).staat is Staat.FOUT
    assert (await scanner.check()).staat is not Staat.FOUT


@pytest.mark.parametrize("inhoud", [EICAR, zipped(EICAR)])
async def test_a_virus_by_mail_stays_shut_and_the_team_sees_why(beveiligd: Stad, inhoud: bytes) -> None:
    bijlage_id = await by_mail(beveiligd, inhoud)
    maud = await beveiligd.log_in("maud")
    answer = await maud.get(f"/bijlage/{bijlage_id}")
    assert answer.status_code == 409
    assert "virus" in answer.text
    assert b"EICAR" not in answer.content
    raw = await beveiligd.value("select origineel_id from gespreksbijdrage where onderwerp = 'Mijn foto'")
    assert (await maud.get(f"/origineel/{raw}")).status_code == 409
    page = (await maud.get(f"/werk/{await interactie_of(beveiligd, bijlage_id)}")).text
    assert "virus gevonden: blijft dicht" in page
    assert f"/bijlage/{bijlage_id}" not in page
    assert "Een bijlage bevat een virus" in page


async def test_a_good_file_opens(beveiligd: Stad) -> None:
    bijlage_id = await by_mail(beveiligd, b"gewoon een foto")
    maud = await beveiligd.log_in("maud")
    assert (await maud.get(f"/bijlage/{bijlage_id}")).content == b"gewoon een foto"


async def test_a_virus_in_an_aanvraag_stays_shut_for_medewerker_and_klant(beveiligd: Stad) -> None:
    aylin = await beveiligd.log_in_partij(await beveiligd.partij())
    path, _ = await begin(aylin)
    given = {"kenteken": "XX-123-X", "eigenaar": "lease"}
    await fill_in(aylin, path, 1, given, "stop", files={"v_bewijs": ("contract.pdf", EICAR, "application/pdf")})
    await beveiligd.do_jobs()
    bijlage_id = await beveiligd.value("select id from bijlage where naam = 'contract.pdf'")
    ruben = await beveiligd.log_in("ruben")
    for bezoeker, place in ((aylin, f"/mijn/bijlage/{bijlage_id}"), (ruben, f"/bijlage/{bijlage_id}")):
        answer = await bezoeker.get(place)
        assert answer.status_code == 409, place
        assert b"EICAR" not in answer.content


async def test_without_an_answer_of_the_scanner_a_file_waits_and_opens_when_it_is_back(
    beveiligd: Stad, scanner: Clamd
) -> None:
    controle = beveiligd.huis.bestandscontrole
    object.__setattr__(controle, "scanner", Clamd("127.0.0.1", free_port(), timeout=1))
    bijlage_id = await by_mail(beveiligd, b"gewoon een foto")
    maud = await beveiligd.log_in("maud")
    answer = await maud.get(f"/bijlage/{bijlage_id}")
    assert answer.status_code == 409
    assert "over een minuut" in answer.text
    assert await beveiligd.value("select count(*) from pgqueuer where entrypoint = 'controleer'") >= 1
    object.__setattr__(controle, "scanner", scanner)
    await controle.control(bijlage_id)
    assert (await maud.get(f"/bijlage/{bijlage_id}")).status_code == 200


async def test_without_a_scanner_the_page_says_that_nobody_looked(stad: Stad) -> None:
    bijlage_id = await by_mail(stad, b"gewoon een foto")
    maud = await stad.log_in("maud")
    page = (await maud.get(f"/werk/{await interactie_of(stad, bijlage_id)}")).text
    assert "niet gecontroleerd op virussen" in page
    assert (await maud.get(f"/bijlage/{bijlage_id}")).status_code == 200


async def interactie_of(stad: Stad, bijlage_id: UUID) -> UUID:
    found: UUID = await stad.value("select interactie_id from bijlage where id = $1", bijlage_id)
    return found
