# SPDX-License-Identifier: EUPL-1.2
"""The picture of one klant, composed in real time from all bronnen (KB-0)."""
