# SPDX-License-Identifier: EUPL-1.2
"""The house of the screens: forms, sessies, headers, errors, assets and what a browser makes of them."""
