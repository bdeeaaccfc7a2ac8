# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: ASYNC240 -- small files of a test, nothing else shares this loop
"""A Dovecot of one test alone, with the line to it in our hands: it can be cut, held up and mended."""

import asyncio
import os
import shutil
import signal
import smtplib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.edge.email.poorten import free_port, reachable

PASSWORD = "geheim"
CONFIG = """base_dir = {place}/run
log_path = {place}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{place}/mail/%u
first_valid_uid = 1
mail_uid = nobody
mail_gid = nogroup
auth_mechanisms = plain
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={place}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""


@dataclass
class Dovecot:
    """`port` is that of the line in front of it."""

    place: Path
    imap: int
    lmtp: int
    port: int = 0
    slow: float = 0.0
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    async def deliver(self, *mails: bytes, to: str = "info", mail_from: str = "fatima@inwoner.example") -> None:
        """As a mail server would, over LMTP."""
        await asyncio.to_thread(self._deliver, mails, to, mail_from)

    def _deliver(self, mails: tuple[bytes, ...], to: str, mail_from: str) -> None:
        with smtplib.LMTP("127.0.0.1", self.lmtp) as client:
            for mail in mails:
                client.sendmail(mail_from, [f"{to}@localhost"], mail)

    def number_anew(self, user: str = "info") -> None:
        """As after a restore: every message gets another number, under another UIDVALIDITY."""
        folder = self.place / "mail" / f"{user}@localhost"
        uidlist = folder / "dovecot-uidlist"
        first, *lines = uidlist.read_text().splitlines()
        words = first.split()
        validity, following = int(words[1][1:]), int(words[2][1:])
        numbers = {line.split()[0]: str(int(line.split()[0]) + 1000) for line in lines}
        renewed = [f"{numbers[line.split()[0]]} {line.partition(' ')[2]}" for line in lines]
        head = " ".join([words[0], f"V{validity + 1}", f"N{following + 1000}", *words[3:]])
        uidlist.write_text("\n".join([head, *renewed]) + "\n")
        for index in folder.glob("dovecot.index*"):
            index.unlink()

    def cut(self) -> None:
        """Every line to it breaks, without goodbye."""
        for writer in tuple(self._open):
            writer.transport.abort()

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.imap)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, back}
        with suppress(OSError):
            await asyncio.gather(self._pass(reader, back), self._pass(there, writer))
        self._open -= {writer, back}

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            await asyncio.sleep(self.slow)
            target.write(data)
            await target.drain()
        target.close()


@asynccontextmanager
async def dovecot() -> AsyncIterator[Dovecot]:
    """Running, with empty mailboxes for whoever logs in."""
    place = Path(tempfile.mkdtemp(prefix="schakel-dovecot-"))
    place.chmod(0o755)
    (place / "mail").mkdir()
    shutil.chown(place / "mail", "nobody", "nogroup")
    found = Dovecot(place, free_port(), free_port())
    (place / "dovecot.conf").write_text(CONFIG.format(place=place, imap=found.imap, lmtp=found.lmtp, password=PASSWORD))
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "dovecot"
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        program, "-F", "-c", str(place / "dovecot.conf"), stdout=quiet, stderr=quiet
    )
    server = await asyncio.start_server(found.relay, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        await reachable(found.imap)
        await reachable(found.lmtp)
        yield found
    finally:
        server.close()
        found.cut()
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 20)
        shutil.rmtree(place, ignore_errors=True)
