# SPDX-License-Identifier: EUPL-1.2
"""Notificaties in PostgreSQL: the outbox, and who is told."""
