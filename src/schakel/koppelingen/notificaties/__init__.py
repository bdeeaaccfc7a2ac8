# SPDX-License-Identifier: EUPL-1.2
"""Notificaties: the wire of what other systems are told: VNG Notificaties and NL GOV CloudEvents."""
