# SPDX-License-Identifier: EUPL-1.2
"""The counting of a ramp says both sides of what does not match."""

import pytest

pytest.register_assert_rewrite("tests.edge.rampen.telling")
