# SPDX-License-Identifier: EUPL-1.2
"""The Notificaties API of VNG, for subscribers: abonnementen and the kanalen to choose from."""
