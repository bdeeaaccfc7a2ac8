# SPDX-License-Identifier: EUPL-1.2
"""Telefoon: translates a registered call to a Gespreksbijdrage."""
