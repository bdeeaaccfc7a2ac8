# SPDX-License-Identifier: EUPL-1.2
"""Notificaties: what happened in the register, told to every system that subscribed, at least once and in order."""
