# SPDX-License-Identifier: EUPL-1.2
"""A klant on the line or at the balie: herkennen, registreren, and going on with a Wisselcode."""
