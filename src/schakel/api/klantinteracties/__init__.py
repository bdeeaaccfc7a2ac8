# SPDX-License-Identifier: EUPL-1.2
"""Klantinteracties: the register as every client already speaks it (0.9.0)."""
