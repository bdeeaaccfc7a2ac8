# SPDX-License-Identifier: EUPL-1.2
"""Revision 0008."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_sql(op, "0008_verdeling.up.sql")


def downgrade() -> None:
    run_sql(op, "0008_verdeling.down.sql")
