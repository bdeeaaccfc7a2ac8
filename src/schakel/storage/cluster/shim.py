# SPDX-License-Identifier: EUPL-1.2
"""Becomes postgres: drops root, asks to die with its parent, then execs; so postgres is its starter's own child.

Run as a script. The death signal comes after the change of user, because that change clears it.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Arguments: parent's pid, uid or "-", program, its arguments."""
    parent, uid, *command = sys.argv[1:]
    if uid != "-":
        os.setgroups([])
        os.setgid(int(uid))
        os.setuid(int(uid))
    os.umask(0o077)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
        if os.getppid() != int(parent):
            sys.exit("de starter is al weg")
    os.execv(command[0], command)  # noqa: S606 -- no shell is wanted


if __name__ == "__main__":
    main()
