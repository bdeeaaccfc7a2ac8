# SPDX-License-Identifier: EUPL-1.2
"""Published APIs, one folder per standard, and our own."""
