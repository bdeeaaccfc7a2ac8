# SPDX-License-Identifier: EUPL-1.2
"""Values that every package shares: Bsn, Kanaal, Doel, Gespreksbijdrage."""
