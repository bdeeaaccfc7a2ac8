# SPDX-License-Identifier: EUPL-1.2
"""The telephone of a medewerker: who calls, what is to be written down, and whom to call back."""
