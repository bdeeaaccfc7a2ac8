# SPDX-License-Identifier: EUPL-1.2
"""Revision 0015."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run_sql(op, "0015_live.up.sql")


def downgrade() -> None:
    run_sql(op, "0015_live.down.sql")
