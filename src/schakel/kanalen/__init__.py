# SPDX-License-Identifier: EUPL-1.2
"""One folder per kanaal; each translates and decides nothing (PL-0)."""
