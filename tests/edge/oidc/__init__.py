# SPDX-License-Identifier: EUPL-1.2
"""Logging in at an OpenID provider: a real one, and one that lies."""
