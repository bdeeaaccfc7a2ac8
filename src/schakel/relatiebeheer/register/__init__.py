# SPDX-License-Identifier: EUPL-1.2
"""Register: the rules for who reads and writes relatiebeheer over an API, whatever the API."""
