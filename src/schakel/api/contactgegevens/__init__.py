# SPDX-License-Identifier: EUPL-1.2
"""Contactgegevens: personen and organisaties as clients know them (1.1.1)."""
