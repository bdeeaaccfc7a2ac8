# SPDX-License-Identifier: EUPL-1.2
"""Whole journeys, in a real browser, with real mail."""
