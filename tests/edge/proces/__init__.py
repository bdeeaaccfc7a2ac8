# SPDX-License-Identifier: EUPL-1.2
"""Processes and decisions on a real PostgreSQL, by the promises that the twin in memory keeps too."""
