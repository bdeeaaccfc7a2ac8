# SPDX-License-Identifier: EUPL-1.2
"""Partijen, digitale adressen, klantcontacten and interne taken (RB-0)."""
