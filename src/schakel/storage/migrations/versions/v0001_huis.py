# SPDX-License-Identifier: EUPL-1.2
"""Revision 0001."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_sql(op, "0001_huis.up.sql")


def downgrade() -> None:
    run_sql(op, "0001_huis.down.sql")
