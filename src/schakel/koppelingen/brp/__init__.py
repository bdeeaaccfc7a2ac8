# SPDX-License-Identifier: EUPL-1.2
"""BRP: persons by Haal Centraal 2.x, and the small BRP of the demo."""
