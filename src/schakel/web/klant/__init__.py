# SPDX-License-Identifier: EUPL-1.2
"""The face for the klant: start, formulier, overzicht, inzage."""
