# SPDX-License-Identifier: EUPL-1.2
"""Overname: a register of another system moves in, with all its uuids, and we say what differs."""
