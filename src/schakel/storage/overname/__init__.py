# SPDX-License-Identifier: EUPL-1.2
"""Overname: a register moves in, set by set; and everything moves out and in again, in open formats."""
