# SPDX-License-Identifier: EUPL-1.2
"""Calls from a telephone exchange, on a whole house."""
