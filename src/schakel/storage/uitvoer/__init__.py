# SPDX-License-Identifier: EUPL-1.2
"""Uitvoer: everything out in open formats, one consistent picture, and back in with equal counts and hashes."""
