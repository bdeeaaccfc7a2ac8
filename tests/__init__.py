# SPDX-License-Identifier: EUPL-1.2
"""The whole suite, from one rule to a klantreis."""
