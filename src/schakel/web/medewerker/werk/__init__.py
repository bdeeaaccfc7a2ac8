# SPDX-License-Identifier: EUPL-1.2
"""The desk: werkvoorraad, one Interactie with all its contacts, the klantbeeld beside it, and the next step."""
