# SPDX-License-Identifier: EUPL-1.2
"""Revision 0002."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_sql(op, "0002_werk.up.sql")


def downgrade() -> None:
    run_sql(op, "0002_werk.down.sql")
