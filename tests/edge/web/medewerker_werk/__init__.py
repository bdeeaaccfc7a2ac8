# SPDX-License-Identifier: EUPL-1.2
"""The desk of the medewerker, on a real seeded database."""
