# SPDX-License-Identifier: EUPL-1.2
"""Migrations: Alembic running plain SQL revisions, forward and back."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.util import await_only

_HERE = Path(__file__).parent


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
    await asyncio.to_thread(command.upgrade, _config(url), revision)


async def downgrade(url: str, revision: str) -> None:
    """Bring the database back to this revision; "base" is an empty one."""
    await asyncio.to_thread(command.downgrade, _config(url), revision)
