# SPDX-License-Identifier: EUPL-1.2
"""The register on a real PostgreSQL, read over HTTP as a client does."""
