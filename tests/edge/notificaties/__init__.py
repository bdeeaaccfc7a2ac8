# SPDX-License-Identifier: EUPL-1.2
"""Notificaties: from the register, through the outbox, to subscribers that misbehave."""
