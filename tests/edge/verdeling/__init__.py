# SPDX-License-Identifier: EUPL-1.2
"""Tests of verdeling on a real database."""
