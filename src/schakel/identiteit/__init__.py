# SPDX-License-Identifier: EUPL-1.2
"""Who asks, on whose behalf, with what assurance."""
