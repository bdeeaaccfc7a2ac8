# SPDX-License-Identifier: EUPL-1.2
"""Logging in at the gemeente's own OpenID provider (NL GOV Assurance profile for OIDC)."""
