# SPDX-License-Identifier: EUPL-1.2
"""A register that moves in from Open Klant."""
