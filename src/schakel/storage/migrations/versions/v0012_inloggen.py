# SPDX-License-Identifier: EUPL-1.2
"""Revision 0012."""

from alembic import op

from schakel.storage.migrations import run_sql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run_sql(op, "0012_inloggen.up.sql")


def downgrade() -> None:
    run_sql(op, "0012_inloggen.down.sql")
