"""The pages of revenue and of the close: seen by everybody, on every screen, in both schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from outreach.papers.reading import words_of
from tests.browser.axe import problems
from tests.browser.test_pages import sign_in
from tests.web.serving import Site
from tests.web.test_revenue_close import begun

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
PAGES = (
    "/revenue",
    "/revenue/reports/recognized",
    "/revenue/reports/roll-forward?by=customer",
    "/revenue/reports/waterfall?as_of=2026-01-31&customer=1",
    "/revenue/reports/lines-waterfall",
    "/revenue/reports/journals?from=2026-01-01",
    "/revenue/reports/exceptions",
    "/revenue/reports/recognized/print",
    "/revenue/lines/1",
    "/revenue/close?subsidiary=1&on=2026-02-01",
    "/revenue/close?subsidiary=1&on=2026-01-01",
)


async def test_every_page_is_for_everybody(chromium: Browser, site: Site) -> None:
    books = await begun(site)
    await books.invoice("INV1 of Elm 2026-01-05", "1 1800.00 2026-01-01 2026-12-31")
    await books.invoice("INV2 of Elm 2026-02-05", "8 90.00")
    await books.take()
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    await sign_in(page, site, "controller")
    found = []
    for path in PAGES:
        await page.goto(site.url + path)
        found += [(path, one) for one in await problems(page)]
        await page.set_viewport_size({"width": 360, "height": 800})
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "wider than its window"))
        await page.set_viewport_size({"width": 1280, "height": 800})
    assert found == []
    assert complaints == []
    await page.goto(f"{site.url}/revenue/reports/recognized/print?from=2026-01-01")
    paper = words_of(await page.pdf(prefer_css_page_size=True), "application/pdf")
    assert paper.count("Recognized revenue") == 2
    assert "2026-01 Main" in paper
    assert "1 / 1" in paper
    for word in ("Worklist", "Sign out", "Back to the report"):
        assert word not in paper
