# SPDX-License-Identifier: EUPL-1.2
"""Webformulier: translates a posted form to a Gespreksbijdrage."""
