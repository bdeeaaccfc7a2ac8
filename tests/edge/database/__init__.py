# SPDX-License-Identifier: EUPL-1.2
"""The database: launcher, pool, migrations, jobs."""
