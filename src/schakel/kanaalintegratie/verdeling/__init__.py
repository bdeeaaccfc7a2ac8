# SPDX-License-Identifier: EUPL-1.2
"""Verdeling: which medewerker gets which work now, and why; decided on facts alone, the same way for everyone."""
