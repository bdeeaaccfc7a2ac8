# SPDX-License-Identifier: EUPL-1.2
"""Klanten who are here twice: side by side, joined by who can say why, and taken apart again."""
