# SPDX-License-Identifier: EUPL-1.2
"""Balie: translates what happens at the counter to a Gespreksbijdrage."""
