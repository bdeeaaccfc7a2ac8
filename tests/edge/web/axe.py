# SPDX-License-Identifier: EUPL-1.2
"""Axe: what axe-core finds on a page (WCAG 2.0 to 2.2 A and AA, best practice), and whether it fits its screen."""

from pathlib import Path

from playwright.async_api import Page

SCRIPT = Path(__file__).resolve().parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1440, 1100, 720, 360)
HEIGHT = 900
_RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${v.help}`));
}"""


async def violations(page: Page) -> list[str]:
    """One line per place that is wrong; empty when all is well."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(SCRIPT.read_text(encoding="utf-8"))  # past the CSP: this is the test's, not the page's
    found: list[str] = await page.evaluate(_RUN)
    return found


async def is_too_wide(page: Page) -> bool:
    """Whether something sticks out of the screen (WCAG 1.4.10)."""
    wide: bool = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide


async def check_page(page: Page, widths: tuple[int, ...] = WIDTHS) -> None:
    """No violation and nothing too wide, at each width."""
    before = page.viewport_size
    problems = []
    for width in widths:
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        problems += [f"{width}px: {line}" for line in await violations(page)]
        if await is_too_wide(page):
            problems.append(f"{width}px: the page is wider than the screen")
    if before:
        await page.set_viewport_size(before)
    assert not problems, "\n".join(problems)
