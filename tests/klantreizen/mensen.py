# SPDX-License-Identifier: EUPL-1.2
"""The people of a walk: each with a browser of his own, doing what the screen offers by its visible words."""

from email.message import EmailMessage

import aiosmtplib
from playwright.async_api import Browser, Page

from tests.browser_fixtures import WIDE
from tests.edge.stad import Draaiend


async def open_browser(chromium: Browser, running: Draaiend) -> Page:
    """A browser without memory of others."""
    context = await chromium.new_context(
        viewport=WIDE, locale="nl-NL", timezone_id="Europe/Amsterdam", base_url=running.url
    )
    context.set_default_timeout(10_000)
    return await context.new_page()


async def as_medewerker(chromium: Browser, running: Draaiend, account: str) -> Page:
    """One of the demo accounts on the start page."""
    page = await open_browser(chromium, running)
    await page.goto("/")
    await page.locator(f'button[name="account"][value="{account}"]').click()
    return page


async def as_aylin(chromium: Browser, running: Draaiend) -> Page:
    """An inwoner, through the simulated DigiD."""
    page = await as_medewerker(chromium, running, "aylin")
    await page.get_by_label("Aylin Yılmaz").check()
    await page.get_by_role("button", name="Log in").click()
    await page.wait_for_url("**/mijn")
    return page


async def mail(running: Draaiend, van: str, onderwerp: str, tekst: str, *, antwoord_op: str = "", kenmerk: str) -> None:
    """A real mail to the gemeente, over SMTP."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = van, "gemeente@lindewaard.example", onderwerp
    message["Message-ID"] = kenmerk
    if antwoord_op:
        message["In-Reply-To"] = antwoord_op
    message.set_content(tekst)
    await aiosmtplib.send(message, hostname="127.0.0.1", port=running.smtp_port, timeout=10, start_tls=False)
