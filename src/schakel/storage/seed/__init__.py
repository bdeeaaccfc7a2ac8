# SPDX-License-Identifier: EUPL-1.2
"""The demo's own data: Lindewaard written into an empty database, once."""

from schakel.storage.seed.write import seed

__all__ = ["seed"]
