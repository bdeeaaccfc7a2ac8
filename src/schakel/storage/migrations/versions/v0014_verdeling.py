# SPDX-License-Identifier: EUPL-1.2
"""Revision 0014."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_sql(op, "0014_verdeling.up.sql")


def downgrade() -> None:
    run_sql(op, "0014_verdeling.down.sql")
