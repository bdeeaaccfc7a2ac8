# SPDX-License-Identifier: EUPL-1.2
"""An outbox of one test alone."""

import pytest

from schakel.storage.pool import Database
from tests.edge.notificaties.huis import Huis


@pytest.fixture
def huis(db: Database) -> Huis:
    return Huis(db)
