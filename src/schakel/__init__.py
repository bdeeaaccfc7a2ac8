# SPDX-License-Identifier: EUPL-1.2
"""Schakel: de schakel tussen elk kanaal en elk proces van een gemeente."""
