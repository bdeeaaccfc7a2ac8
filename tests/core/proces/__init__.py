# SPDX-License-Identifier: EUPL-1.2
"""Tests of proceslogica: models, processes and decisions."""
