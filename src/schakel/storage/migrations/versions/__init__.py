# SPDX-License-Identifier: EUPL-1.2
"""Revisions, each naming two SQL files."""
