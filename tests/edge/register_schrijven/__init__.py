# SPDX-License-Identifier: EUPL-1.2
"""Writes to the register, over HTTP on a real PostgreSQL."""
