# SPDX-License-Identifier: EUPL-1.2
"""The only place that speaks SQL: cluster, migrations, jobs and every record kept."""
