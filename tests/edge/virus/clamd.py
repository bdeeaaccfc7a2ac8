# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: ASYNC240 -- small files of a test, nothing else shares this loop
"""A clamd of one test run, that knows one signature of our own: the harmless test file that all scanners know."""

import asyncio
import hashlib
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from schakel.koppelingen.clamd.client import Clamd
from tests.edge.email.poorten import free_port, reachable

#: In two halves, so that no scanner takes this file for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MAX_STREAM = 1_000_000
CONFIG = """DatabaseDirectory {place}/db
TCPSocket {port}
TCPAddr 127.0.0.1
Foreground yes
AlertEncrypted yes
StreamMaxLength {limit}
LogFile {place}/clamd.log
"""


def zipped(inhoud: bytes, naam: str = "foto.jpg") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(naam, inhoud)
    return kept.getvalue()


def locked_zip() -> bytes:
    """An archive whose one file says that it is encrypted."""
    raw = bytearray(zipped(b"geheim" * 50))
    for signature in (b"PK\x03\x04", b"PK\x01\x02"):
        flags = raw.index(signature) + (6 if signature == b"PK\x03\x04" else 8)
        raw[flags] |= 1
    return bytes(raw)


@asynccontextmanager
async def clamd() -> AsyncIterator[Clamd]:
    """Running, reached over loopback."""
    place = Path(tempfile.mkdtemp(prefix="schakel-clamd-"))
    (place / "db").mkdir()
    digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (place / "db/eigen.hdb").write_text(f"{digest}:{len(EICAR)}:Schakel.Test\n")
    port = free_port()
    (place / "clamd.conf").write_text(CONFIG.format(place=place, port=port, limit=MAX_STREAM))
    program = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "clamd"
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(program, "-c", str(place / "clamd.conf"), stdout=quiet, stderr=quiet)
    try:
        await reachable(port)
        yield Clamd("127.0.0.1", port, timeout=20)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 20)
        shutil.rmtree(place, ignore_errors=True)
