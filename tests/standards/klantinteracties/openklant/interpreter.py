#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Finds a Python that is new enough for open-klant-client, on PATH, of pyenv or of uv; prints where it is.

Standard library only: `.ci/run` asks before anything is installed.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys

NEWEST = 20
_WORKS = "import sys, venv, ensurepip; print(sys.executable) if sys.version_info >= (3, 12) else sys.exit(1)"


def candidates() -> list[str]:
    home = os.path.expanduser("~")
    pyenv = os.environ.get("PYENV_ROOT", os.path.join(home, ".pyenv"))
    uv = os.environ.get("UV_PYTHON_INSTALL_DIR", os.path.join(home, ".local/share/uv/python"))
    names = [f"python3.{minor}" for minor in range(12, NEWEST)]
    folders = [*glob.glob(os.path.join(pyenv, "versions/3.*")), *glob.glob(os.path.join(uv, "cpython-3.*"))]
    return [sys.executable, *names, *(os.path.join(folder, "bin/python3") for folder in sorted(folders))]


def find() -> str:
    """Its path, or empty. Each is tried: a name on PATH may be a shim of pyenv with nothing behind it."""
    for candidate in candidates():
        program = shutil.which(candidate)
        if program:
            done = subprocess.run([program, "-c", _WORKS], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return done.stdout.strip()
    return ""


if __name__ == "__main__":
    found = find()
    sys.stdout.write(f"{found}\n")
    sys.exit(0 if found else 1)
