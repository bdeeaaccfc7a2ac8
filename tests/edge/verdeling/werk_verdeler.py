# SPDX-License-Identifier: EUPL-1.2
"""A verdeler as a process of its own, to be killed: `python -m tests.edge.verdeling.werk_verdeler <url> <rounds>`."""

import asyncio
import sys
from datetime import timedelta

from schakel.storage.pool import Database
from tests.edge.verdeling.vloer import OCHTEND, Vloer


async def main(url: str, minutes: int) -> None:
    database = Database(url)
    await database.open()
    vloer = Vloer(database, OCHTEND + timedelta(minutes=minutes))
    while await vloer.verdeler.divide():
        pass
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
