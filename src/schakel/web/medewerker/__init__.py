# SPDX-License-Identifier: EUPL-1.2
"""The face for people who work at the gemeente: werkvoorraad, Interactie, balie."""
