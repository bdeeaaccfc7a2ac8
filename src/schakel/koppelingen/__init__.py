# SPDX-License-Identifier: EUPL-1.2
"""One folder per other system."""
