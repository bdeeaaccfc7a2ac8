# SPDX-License-Identifier: EUPL-1.2
"""Revision 0010."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_sql(op, "0010_zoeken.up.sql")


def downgrade() -> None:
    run_sql(op, "0010_zoeken.down.sql")
