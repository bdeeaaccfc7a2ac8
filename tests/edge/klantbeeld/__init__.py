# SPDX-License-Identifier: EUPL-1.2
"""The klantbeeld composed from real parts: our own PostgreSQL with Lindewaard in it, and the small BRP over HTTP."""
