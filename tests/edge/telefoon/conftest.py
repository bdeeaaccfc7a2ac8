# SPDX-License-Identifier: EUPL-1.2
"""A browser, for the walk."""

from tests.browser_fixtures import chromium, context  # noqa: F401
