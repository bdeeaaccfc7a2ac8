# SPDX-License-Identifier: EUPL-1.2
"""The schakel: ontvangst, interactie, verdeling and verzending over all kanalen (KI-0)."""
