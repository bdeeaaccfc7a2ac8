# SPDX-License-Identifier: EUPL-1.2
"""What must survive: kill -9 at every durable step, a dead database, a next hop that misbehaves."""
