# SPDX-License-Identifier: EUPL-1.2
"""A small BRP with fictitious persons, for the demo and for tests: Haal Centraal BRP personen bevragen 2.x."""
