# SPDX-License-Identifier: EUPL-1.2
"""Revision 0004."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_sql(op, "0004_register.up.sql")


def downgrade() -> None:
    run_sql(op, "0004_register.down.sql")
