# SPDX-License-Identifier: EUPL-1.2
"""Revision 0009."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_sql(op, "0009_verdeling.up.sql")


def downgrade() -> None:
    run_sql(op, "0009_verdeling.down.sql")
