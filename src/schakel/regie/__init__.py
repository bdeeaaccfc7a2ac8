# SPDX-License-Identifier: EUPL-1.2
"""Doelbinding, toestemming, eigenaarschap, logboek and bewaartermijnen (KB-3)."""
