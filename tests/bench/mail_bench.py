# SPDX-License-Identifier: EUPL-1.2
"""What mail costs: CPU per mail read, mails per second accepted, with a store that does nothing. Run as a module."""

import asyncio
import email
import statistics
import sys
import time
from email import policy

from schakel.begrippen.bericht import Bericht
from schakel.kanalen.email.compose import compose
from schakel.kanalen.email.envelop import Envelop
from schakel.kanalen.email.parse import parse_mail
from schakel.kanalen.email.smtp_in import SmtpIn, listen
from tests.edge.email.generator import DOMEIN, INFO, OWN, envelop, letters

COUNT = 1_000


def cpu_per_mail() -> list[float]:
    """CPU-ms of each of `COUNT` ordinary mails, from bytes to Gespreksbijdrage."""
    found = []
    for adres, raw in letters(COUNT):
        begin = time.process_time_ns()
        parse_mail(raw, envelop(adres), OWN)
        found.append((time.process_time_ns() - begin) / 1e6)
    return found


def cpu_of_default_policy() -> float:
    """CPU-ms per mail of the library's newer policy, headers and bodies read, for comparison."""
    begin = time.process_time()
    for _, raw in letters(COUNT):
        message = email.message_from_bytes(raw, policy=policy.default)
        _ = [str(message[name]) for name in ("From", "To", "Subject", "Date", "Message-ID")]
        _ = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return (time.process_time() - begin) / COUNT * 1_000


async def _send(port: int, share: list[tuple[str, bytes]], pipelined: bool) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    writer.write(b"EHLO bench\r\n")
    while (await reader.readline())[3:4] == b"-":
        pass
    for adres, raw in share:
        stuffed = raw.replace(b"\r\n.", b"\r\n..")
        commands = [f"MAIL FROM:<{adres}>\r\n", f"RCPT TO:<{INFO}>\r\n", "DATA\r\n"]
        if pipelined:
            writer.write("".join(commands).encode())
        for command in commands:
            if not pipelined:
                writer.write(command.encode())
            await reader.readline()
        writer.write(stuffed + b".\r\n")
        if not (await reader.readline()).startswith(b"250"):
            raise RuntimeError("not accepted")
    writer.close()


async def mails_per_second(connections: int, pipelined: bool) -> tuple[float, float]:
    """Mails per second of wall time, and CPU-ms per mail, of sender and intake together in this one process."""

    async def store(content: bytes, found: Envelop) -> None:
        return

    server = await listen(SmtpIn(store, DOMEIN), "127.0.0.1", 0, "mail.lindewaard.example")
    port, corpus = server.sockets[0].getsockname()[1], list(letters(COUNT))
    begin, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(_send(port, corpus[n::connections], pipelined) for n in range(connections)))
    took, used = time.perf_counter() - begin, time.process_time() - cpu
    server.close()
    return COUNT / took, used / COUNT * 1_000


def main() -> None:
    """Print the figures."""
    costs = sorted(cpu_per_mail())
    lines = [
        f"lezen: {statistics.mean(costs):.2f} CPU-ms gemiddeld, p50 {costs[COUNT // 2]:.2f}, "
        f"p99 {costs[-COUNT // 100]:.2f} (budget 2); de nieuwere policy: {cpu_of_default_policy():.2f}"
    ]
    for connections, pipelined in ((1, False), (1, True), (20, True)):
        rate, used = asyncio.run(mails_per_second(connections, pipelined))
        how = "achter elkaar" if not pipelined else "doorlopend"
        lines.append(f"innemen, {connections} verbinding(en), {how}: {rate:.0f} mails/s, {used:.2f} CPU-ms per mail")
    bericht = Bericht("f@x.example", "Uw vraag", "Goedendag,\n\n" + "Een regel. " * 60, "<a@b.example>")
    begin = time.process_time()
    for _ in range(300):
        compose(bericht, "Gemeente Lindewaard", INFO)
    lines.append(f"opstellen: {(time.process_time() - begin) / 300 * 1_000:.2f} CPU-ms per bericht")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
