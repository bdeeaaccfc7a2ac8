# SPDX-License-Identifier: EUPL-1.2
"""open-klant-client, as Open Formulieren and Open Inwoner use it, works against us in all its methods."""

import asyncio
import hashlib
import json
import subprocess
from pathlib import Path

import pytest
from tests.edge.rampen.draaiend import Draaiend
from tests.standards.klantinteracties.openklant.interpreter import find

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
REQUIREMENTS = ROOT / "requirements" / "openklant.txt"


@pytest.fixture(scope="module")
def client_python() -> Path:
    """A Python that is new enough, with the package in a venv of its own."""
    newer = find()
    if not newer:
        pytest.skip("Python 3.12 of nieuwer ontbreekt: installeer het met apt, pyenv of `uv python install 3.13`")
    digest = hashlib.sha256(REQUIREMENTS.read_bytes() + newer.encode()).hexdigest()
    venv = ROOT / ".venv" / "openklant"
    stamp, python = venv / "stempel", venv / "bin" / "python"
    if not (stamp.is_file() and stamp.read_text() == digest):
        subprocess.run([newer, "-m", "venv", "--clear", venv], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", REQUIREMENTS]
        subprocess.run(pip, check=True, timeout=300)
        stamp.write_text(digest)
    return python


@pytest.mark.traag
async def test_every_method_of_the_package_works_against_us(draaiend: Draaiend, client_python: Path) -> None:
    base = f"http://localhost:{draaiend.port}/klantinteracties/api/v1/"
    process = await asyncio.create_subprocess_exec(
        client_python, HERE / "drive.py", base, "proef", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, wrong = await process.communicate()
    assert process.returncode == 0, wrong.decode()
    methods = json.loads(said)
    assert len(methods["there"]) == 38
    assert methods["called"] == methods["there"]
