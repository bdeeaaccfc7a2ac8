# SPDX-License-Identifier: EUPL-1.2
"""Migrations: Alembic running plain SQL revisions, forward and back."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.util import await_only

MIGRATION_LOCK = 0x5C4A4B  # an advisory lock; any number, as long as nothing else locks by it
_HERE = Path(__file__).parent
_one_at_a_time = threading.Lock()  # Alembic keeps its state in a module; between processes a lock in the database


def run_sql(op: object, name: str) -> None:
    """Run one file of several statements on the connection and in the transaction of this revision."""
    bind = op.get_bind()  # type: ignore[attr-defined]
    bind.exec_driver_sql("select 1")
    text = (_HERE / "sql" / name).read_text(encoding="utf-8")
    await_only(bind.connection.driver_connection.execute(text))


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["url"] = url
    return config


async def migrate(url: str, revision: str = "head") -> None:
    """Bring the database forward to this revision."""
    await asyncio.to_thread(_run, command.upgrade, url, revision)


async def downgrade(url: str, revision: str) -> None:
    """Bring the database back to this revision; "base" is an empty one."""
    await asyncio.to_thread(_run, command.downgrade, url, revision)


def _run(way: Callable[[Config, str], None], url: str, revision: str) -> None:
    with _one_at_a_time:
        way(_config(url), revision)
