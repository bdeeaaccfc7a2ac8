# SPDX-License-Identifier: EUPL-1.2
"""Revision 0003."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_sql(op, "0003_jobs.up.sql")


def downgrade() -> None:
    run_sql(op, "0003_jobs.down.sql")
