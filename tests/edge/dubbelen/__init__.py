# SPDX-License-Identifier: EUPL-1.2
"""Two records of one klant: found, joined and taken apart on a real PostgreSQL."""
