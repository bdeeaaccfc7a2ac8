# SPDX-License-Identifier: EUPL-1.2
"""Revision 0005."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_sql(op, "0005_afnemers.up.sql")


def downgrade() -> None:
    run_sql(op, "0005_afnemers.down.sql")
