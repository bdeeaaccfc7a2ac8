# SPDX-License-Identifier: EUPL-1.2
"""Open Klant: a register that moves to us is read over its own API."""
