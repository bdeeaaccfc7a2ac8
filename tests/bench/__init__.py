# SPDX-License-Identifier: EUPL-1.2
"""Benchmarks: figures for the budgets of the house. They measure and promise nothing; tests do not run them."""
