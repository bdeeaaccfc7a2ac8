# SPDX-License-Identifier: EUPL-1.2
"""A klant on the line or at the balie: found, established, registered, and going on where he was."""
