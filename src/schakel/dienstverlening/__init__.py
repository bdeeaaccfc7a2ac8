# SPDX-License-Identifier: EUPL-1.2
"""Producten, serviceformules, beloften, metingen and feedback (SF-0)."""
