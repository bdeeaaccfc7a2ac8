# SPDX-License-Identifier: EUPL-1.2
"""Revision 0006."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_sql(op, "0006_dubbelen.up.sql")


def downgrade() -> None:
    run_sql(op, "0006_dubbelen.down.sql")
