# SPDX-License-Identifier: EUPL-1.2
"""The commands as a beheerder types them, each as a process of its own."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES

READY = "Schakel is gereed: "


def free_port() -> str:
    with closing(socket.create_server(("127.0.0.1", 0))) as end:
        return str(end.getsockname()[1])


@contextmanager
def running(command: str, ready: str, data: Path, **env: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and the line that said it is ready; it gets SIGTERM at the end and must stop by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "schakel.cli", command],
        env={**os.environ, "SCHAKEL_DATA": str(data), "SCHAKEL_DEMO": "leeg", **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    bell = threading.Timer(90, process.kill)
    bell.start()
    try:
        line = next((line for line in process.stdout if line.startswith(ready)), "")
        assert line, f"{command} stopped before it was ready"
        yield process, line.removeprefix(ready).strip()
    finally:
        process.terminate()
        code = process.wait(30)
        bell.cancel()
    assert code == 0


def run(command: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "schakel.cli", command, *arguments],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def data(open_folder: Path, request: pytest.FixtureRequest) -> Path:
    return open_folder / f"cli-{request.node.name[:30]}"


def test_start_says_where_it_is_and_leaves_nothing_behind(data: Path) -> None:
    ports = {"SCHAKEL_PORT": free_port(), "SCHAKEL_SMTP_PORT": free_port()}
    with running("start", READY, data, **ports) as (process, url):
        family = psutil.Process(process.pid).children(recursive=True)
        assert any("postgres" in child.name() for child in family)
        health = httpx.get(f"{url}/gezondheid").json()
        assert health["staat"] == "goed"
        assert {"database", "werk", "e-mail in"} <= {deel["naam"] for deel in health["delen"]}
        second = run("start", SCHAKEL_DATA=str(data), SCHAKEL_PORT=free_port(), SCHAKEL_SMTP_PORT=free_port())
        assert second.returncode == 1
        assert "Schakel draait al met deze gegevens" in second.stderr
    assert not [child for child in family if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


def test_web_and_werker_run_beside_a_start_and_not_without_one(data: Path) -> None:
    alone = run("web", SCHAKEL_DATA=str(data), DATABASE_URL="")
    assert alone.returncode == 1
    assert "Er is geen database om mee te verbinden" in alone.stderr
    port = free_port()
    with (
        running("start", READY, data, SCHAKEL_PORT=free_port(), SCHAKEL_SMTP_PORT=free_port()),
        running("werker", "Werker is gereed", data, SCHAKEL_SMTP_PORT=free_port()),
    ):
        web = subprocess.Popen(
            [sys.executable, "-m", "schakel.cli", "web"],
            env={**os.environ, "SCHAKEL_DATA": str(data), "SCHAKEL_DEMO": "leeg", "SCHAKEL_PORT": port},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            transport = httpx.HTTPTransport(retries=0)
            with httpx.Client(transport=transport) as client:
                answer = _patiently(client, f"http://127.0.0.1:{port}/gezondheid", web)
            assert answer.status_code == 200
        finally:
            web.terminate()
            web.wait(20)


def _patiently(client: httpx.Client, url: str, process: "subprocess.Popen[bytes]") -> httpx.Response:
    """The first answer of a server that is starting."""
    for _ in range(300):
        assert process.poll() is None, "web stopped while starting"
        try:
            return client.get(url, timeout=5)
        except httpx.TransportError:
            threading.Event().wait(0.1)
    raise TimeoutError


def test_a_taken_port_and_a_wrong_setting_are_said_in_dutch(data: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        refused = run("start", SCHAKEL_DATA=str(data), SCHAKEL_PORT=port)
        assert refused.returncode == 1
        assert refused.stderr == (
            f"Schakel kan niet luisteren. Poort {port} is bezet. "
            "Kies een andere poort met SCHAKEL_PORT of SCHAKEL_SMTP_PORT.\n"
        )
    wrong = run("start", SCHAKEL_PORT="acht")
    assert (wrong.returncode, "SCHAKEL_PORT moet een getal zijn." in wrong.stderr) == (1, True)


def test_an_empty_gemeente_has_both_apis_and_a_way_to_the_first_token(data: Path) -> None:
    ports = {"SCHAKEL_PORT": free_port(), "SCHAKEL_SMTP_PORT": free_port()}
    with running("start", READY, data, SCHAKEL_DEMO_TOKEN="proef-token", **ports) as (_, url):
        for token in ("proef-token", made_token(data)):
            with httpx.Client(base_url=url, headers={"Authorization": f"Token {token}"}, timeout=20) as http:
                for api in (KLANTINTERACTIES, CONTACTGEGEVENS):
                    rows = {name: http.get(f"{api.path}/{name}").json() for name in api.resources}
                    left = {name for name, page in rows.items() if page["count"]}
                    assert left <= {"actoren"}, "an empty gemeente has its teams and nothing else"
                    rows_of = rows.get("actoren", {"results": []})["results"]
                    assert {one["soortActor"] for one in rows_of} <= {"organisatorische_eenheid"}
        body = {"kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False}
        headers = {"Authorization": f"Token {token}"}
        made = httpx.post(f"{url}{KLANTINTERACTIES.path}/klantcontacten", json=body, headers=headers)
        assert made.status_code == 201
        wrong = run("token", "KISS", "--doel", "zomaar", SCHAKEL_DATA=str(data), DATABASE_URL="")
        assert (wrong.returncode, "Kies waarvoor dit systeem" in wrong.stderr) == (1, True)


def made_token(data: Path) -> str:
    """What `schakel token` prints; the token alone, so that it can be kept by a script."""
    said = run("token", "KISS", "--eigenaar", "KCC", SCHAKEL_DATA=str(data), DATABASE_URL="")
    assert said.returncode == 0, said.stderr
    assert "Mag alles lezen" in said.stderr
    return said.stdout.strip()


def test_check_reads_the_file_of_groepen(tmp_path: Path) -> None:
    groepen = tmp_path / "groepen.toml"
    groepen.write_text('[[groep]]\nnaam = "KCC"\nrollen = ["baas"]\n')
    named = {"SCHAKEL_OIDC_ISSUER": "http://login.example", "SCHAKEL_OIDC_CLIENT_ID": "schakel"}
    said = run("check", **named, SCHAKEL_OIDC_GROEPEN=str(groepen))
    assert (said.returncode, "Groep 1 noemt een rol die er niet is" in said.stderr) == (1, True)


def test_check_names_what_is_not_arranged() -> None:
    said = run("check", DATABASE_URL="", SCHAKEL_SMTP_UIT="")
    assert said.returncode == 0
    assert "SCHAKEL_SMTP_UIT ontbreekt" in said.stdout
    assert "Traceback" not in said.stderr


def test_normen_ends_with_what_is_shown() -> None:
    said = run("normen")
    assert said.returncode == 0
    assert said.stdout.rstrip().splitlines()[-1].endswith(" van 92 aangetoond")
