# SPDX-License-Identifier: EUPL-1.2
"""Revision 0013."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_sql(op, "0013_overname.up.sql")


def downgrade() -> None:
    run_sql(op, "0013_overname.down.sql")
