# SPDX-License-Identifier: EUPL-1.2
"""A real Chromium for tests that look at screens. Mark them `browser`: without Chromium they are skipped loudly,
and in CI that counts as failed (tests/conftest.py). Import the fixtures in the conftest that needs them."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
WIDE, SMALL = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser per run."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((found for found in map(shutil.which, names) if found), None)
    if program is None:
        pytest.skip("Chromium ontbreekt: apt install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(chromium: Browser) -> AsyncIterator[BrowserContext]:
    """A visitor: own cookies, own storage; never waits longer than ten seconds."""
    context = await chromium.new_context(viewport=WIDE, locale="nl-NL", timezone_id="Europe/Amsterdam")
    context.set_default_timeout(10_000)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> Page:
    return await context.new_page()


async def screenshot(page: Page, name: str) -> None:
    """The whole page at 1440 and 360 px in the folder SCHAKEL_SCHERMBEELDEN; nothing when that is not set."""
    folder = os.environ.get("SCHAKEL_SCHERMBEELDEN")
    if not folder:
        return
    for size in (WIDE, SMALL):
        await page.set_viewport_size(size)
        await page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)
    await page.set_viewport_size(WIDE)
