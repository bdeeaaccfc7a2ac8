# SPDX-License-Identifier: EUPL-1.2
"""Revision 0007."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_sql(op, "0007_notificaties.up.sql")


def downgrade() -> None:
    run_sql(op, "0007_notificaties.down.sql")
