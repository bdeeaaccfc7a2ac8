# SPDX-License-Identifier: EUPL-1.2
"""The same, with a real Postfix between us and the world: it relays, retries and bounces as its own grown-up self."""

import asyncio
import os
import pwd
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from schakel.begrippen.bericht import Bericht, BezorgUitkomst
from schakel.kanalen.email.envelop import Envelop
from schakel.kanalen.email.parse import parse_mail
from schakel.kanalen.email.send import SmtpUit
from schakel.kanalen.email.smtp_in import SmtpIn, listen
from tests.edge.email.generator import DOMEIN, INFO, OWN
from tests.edge.email.poorten import free_port, reachable

pytestmark = [
    pytest.mark.mailserver,
    pytest.mark.skipif(os.geteuid() != 0, reason="Een eigen Postfix starten kan alleen als root"),
]
TOKEN = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnop"
BERICHT = Bericht("fatima@inwoner.example", "Één antwoord", ".punt\nGroet", f"<{TOKEN}.0a@{DOMEIN}>", TOKEN)

MASTER = """{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """compatibility_level = 3.6
queue_directory = {place}/queue
data_directory = {place}/data
maillog_file = {place}/postfix.log
maillog_file_prefixes = {place}
myhostname = relay.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
relayhost = [127.0.0.1]:{next_hop}
alias_maps =
alias_database =
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
smtp_destination_concurrency_limit = 5
"""


def lay_out(port: int, next_hop: int) -> Path:
    """Folders and configuration of a private Postfix."""
    place = Path(tempfile.mkdtemp(prefix="schakel-postfix-"))
    place.chmod(0o755)
    for folder in ("etc", "queue", "data"):
        (place / folder).mkdir()
    account = pwd.getpwnam("postfix")
    os.chown(place / "data", account.pw_uid, account.pw_gid)
    (place / "etc/main.cf").write_text(MAIN.format(place=place, next_hop=next_hop))
    (place / "etc/master.cf").write_text(MASTER.format(port=f"127.0.0.1:{port}"))
    return place


async def run_postfix(place: Path, command: str) -> asyncio.subprocess.Process:
    program = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "postfix"
    quiet = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(program, "-c", str(place / "etc"), command, stdout=quiet, stderr=quiet)


@asynccontextmanager
async def postfix(next_hop: int) -> AsyncIterator[int]:
    """A Postfix of this test alone, relaying everything to `next_hop`; yields its port."""
    port = free_port()
    place = lay_out(port, next_hop)
    try:
        await asyncio.wait_for((await run_postfix(place, "start")).wait(), 30)
        await reachable(port)
        yield port
    finally:
        await asyncio.wait_for((await run_postfix(place, "abort")).wait(), 30)
        shutil.rmtree(place, ignore_errors=True)


class Neighbour:
    """What stands behind Postfix: our own intake, whose store can be out of order for a while."""

    def __init__(self, domeinen: tuple[str, ...], faults: int = 0) -> None:
        self.kept: list[tuple[bytes, Envelop]] = []
        self.faults = faults
        self._came = asyncio.Semaphore(0)
        self.smtp_in = SmtpIn(self._store, domeinen)

    async def _store(self, content: bytes, envelop: Envelop) -> None:
        if self.faults:
            self.faults -= 1
            raise OSError(28, "vol")
        self.kept.append((content, envelop))
        self._came.release()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(30):
            for _ in range(count):
                await self._came.acquire()


@asynccontextmanager
async def chain(neighbour: Neighbour) -> AsyncIterator[SmtpUit]:
    """SmtpUit → Postfix → the neighbour."""
    server = await listen(neighbour.smtp_in, "127.0.0.1", 0, "mail.lindewaard.example")
    try:
        async with postfix(server.sockets[0].getsockname()[1]) as port:
            yield SmtpUit("127.0.0.1", port, "Gemeente Lindewaard", INFO)
    finally:
        server.close()


async def test_an_answer_goes_through_postfix_unharmed() -> None:
    neighbour = Neighbour(())
    async with chain(neighbour) as uit:
        assert (await uit.deliver(BERICHT)).uitkomst is BezorgUitkomst.BEZORGD
        await neighbour.until(1)
    raw, envelop = neighbour.kept[0]
    bijdrage = parse_mail(raw, envelop, frozenset())
    assert (bijdrage.references.kenmerk, bijdrage.tekst) == (BERICHT.kenmerk, BERICHT.tekst)
    assert envelop.mail_from == f"info+{TOKEN}@{DOMEIN}"


async def test_postfix_brings_again_what_we_could_not_store() -> None:
    neighbour = Neighbour((), faults=2)
    async with chain(neighbour) as uit:
        for n in range(3):
            await uit.deliver(Bericht("fatima@inwoner.example", f"Vraag {n}", "x", f"<{n}@{DOMEIN}>"))
        await neighbour.until(3)
    assert neighbour.smtp_in.not_stored == 2
    assert sorted(parse_mail(*kept, OWN).onderwerp for kept in neighbour.kept) == ["Vraag 0", "Vraag 1", "Vraag 2"]


async def test_klacht_25_a_real_bounce_comes_back_to_its_interactie() -> None:
    neighbour = Neighbour((DOMEIN,))  # refuses fatima's domain, takes ours
    async with chain(neighbour) as uit:
        assert (await uit.deliver(BERICHT)).uitkomst is BezorgUitkomst.BEZORGD
        await neighbour.until(1)
    raw, envelop = neighbour.kept[0]
    bounce = parse_mail(raw, envelop, OWN)
    assert envelop.mail_from == ""
    assert bounce.geautomatiseerd
    assert bounce.references.token == TOKEN
    assert BERICHT.kenmerk in bounce.references.antwoord_op
    assert any(b"5.7.1" in bijlage.inhoud for bijlage in bounce.bijlagen)
