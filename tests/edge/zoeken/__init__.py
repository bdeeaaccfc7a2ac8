# SPDX-License-Identifier: EUPL-1.2
"""Finding the right klant: what was typed, taken apart, and found among all inwoners of Lindewaard."""
