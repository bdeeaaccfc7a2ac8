# SPDX-License-Identifier: EUPL-1.2
"""Beheer and the demo on a real PostgreSQL."""
