"""The pages of the connection and of month-end: seen by everybody, on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.ledger.money import Money
from domain.ledger.reconciliation import Figure, Reason
from store.passes import ErpCheckRow, PassRow, keep_checks, note_pass
from tests.browser.axe import problems
from tests.browser.test_pages import sign_in
from tests.web.serving import Site
from tests.web.test_month_end import known, line, read, report

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
PAGES = (
    "/sync",
    "/sync/reconciliation",
    "/sync/reconciliation?period=301",
    "/customers/{cedar}",
)


@pytest.fixture
async def books(site: Site) -> Site:
    """Passes, checks, a report and a period that was read."""
    now = site.now
    async with site.db.begin() as session:
        await known(session)
        session.add(report(now))
        row = PassRow(kind="fast", began_at=now, ended_at=now, rows=12, counts={"invoices": 12})
        await note_pass(session, row)
        check = ErpCheckRow(
            name="netsuite periods",
            ok=False,
            detail="No permission to read accounting periods",
            fix="Setup > Users/Roles > Manage Roles: add Manage Accounting Periods",
            checked_at=now,
        )
        await keep_checks(session, [check])
        await read(
            session,
            now,
            line(Figure.INVOICED, 123_456_789, 123_456_789),
            line(Figure.RECEIVED, 5_000, 5_000, Reason(7, Money(-900, "USD"))),
            line(Figure.OPEN, 100, 150),
            line(Figure.DEPOSITED, None, 700),
        )
    return site


async def test_every_page_is_for_everybody(chromium: Browser, books: Site) -> None:
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    await sign_in(page, books, "controller")
    found = []
    for path in PAGES:
        await page.goto(books.url + path.format(**books.ids))
        found += [(path, one) for one in await problems(page)]
        await page.set_viewport_size({"width": 360, "height": 800})
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "wider than its window"))
        await page.set_viewport_size({"width": 1280, "height": 800})
    assert found == []
    assert complaints == []


async def test_a_period_is_chosen_and_its_findings_open(chromium: Browser, books: Site) -> None:
    page = await chromium.new_page()
    await sign_in(page, books, "controller")
    await page.goto(f"{books.url}/sync")
    await page.get_by_role("link", name="Reconciliation").click()
    await page.get_by_text("1 finding:").click()
    await page.get_by_role("link", name="Finding 7").wait_for()
    await page.locator("select[name=period]").select_option("301")
    await page.get_by_role("button", name="Show").click()
    await page.wait_for_url("**period=301")
    await page.get_by_role("button", name="Read NetSuite again").click()
    await page.wait_for_url("**notice=reading")
    assert "NetSuite is being asked" in await page.locator(".notice").inner_text()
