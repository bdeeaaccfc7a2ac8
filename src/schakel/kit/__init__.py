# SPDX-License-Identifier: EUPL-1.2
"""Technique without domain: clock, ids, errors, logs."""
