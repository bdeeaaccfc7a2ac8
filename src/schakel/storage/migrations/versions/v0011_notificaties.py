# SPDX-License-Identifier: EUPL-1.2
"""Revision 0011."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_sql(op, "0011_notificaties.up.sql")


def downgrade() -> None:
    run_sql(op, "0011_notificaties.down.sql")
