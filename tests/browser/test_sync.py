"""Sync in a browser: an invoice from form to approval by a second person, and pages for all."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from domain.ledger.reconciliation import Figure
from store.drafts import draft_named
from store.effects import effect
from store.engine import Database, Session
from store.passes import ErpCheckRow, PassRow, keep_checks, note_pass
from tests.browser.axe import problems
from tests.browser.test_pages import _open, sign_in
from tests.web.drifts import due_date_moved
from tests.web.seeding import seed
from tests.web.serving import Site, serving
from tests.web.sync_seeding import seed_sync
from tests.web.test_month_end import line, read, report

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
PAGES = (
    "/sync",
    "/sync/import",
    "/sync/import/documents",
    "/sync/import/documents?kind=payment",
    "/sync/invoices",
    "/sync/invoices?amount_from=much",
    "/sync/invoices/{ready}",
    "/sync/invoices/{unmapped}",
    "/sync/invoices/{stranger}",
    "/sync/invoices/{closed}",
    "/sync/invoices/{changes}",
    "/sync/invoices/new",
    "/sync/invoices/upload",
    "/sync/invoices/{ready}/edit",
    "/sync/invoices/{changes}/edit",
    "/sync/mapping",
    "/sync/mapping?kind=tax",
    "/sync/drift",
    "/sync/drift/{finding}",
    "/sync/reconciliation",
    "/sync/reconciliation?period=902",
    "/customers/{alder}?tab=invoices",
)


@pytest.fixture
async def synced(database_url: str, db: Database, now: datetime) -> AsyncGenerator[Site]:
    """The application over the seeded world with drafts in it."""
    ids = await seed(db, now)
    ids |= await seed_sync(db, now)
    ids["finding"] = await due_date_moved(db, "40", date(2026, 5, 1), now)
    async with db.begin() as session:
        await _books(session, now)
    async with serving(database_url, db, now) as running:
        running.ids = ids
        yield running


async def _books(session: Session, now: datetime) -> None:
    """A pass, a check that failed, the first import's report and a month with a gap."""
    await note_pass(session, PassRow(kind="fast", began_at=now, ended_at=now, rows=1234))
    failed = ErpCheckRow(
        name="netsuite periods",
        ok=False,
        detail="no permission",
        fix="Manage Accounting Periods",
        checked_at=now,
    )
    await keep_checks(session, [failed])
    session.add(report(now))
    await read(session, now, line(Figure.OPEN, 100, 100), line(Figure.INVOICED, 100, 150))


async def _unfold(page: Page) -> None:
    """Open everything that opens in place, so that what is inside is judged too."""
    await page.evaluate("document.querySelectorAll('main details').forEach((d) => d.open = true)")


async def test_everybody_can_use_every_page(chromium: Browser, synced: Site) -> None:
    page, complaints = await _open(chromium, "light", 1280)
    await sign_in(page, synced, "controller")
    found = []
    for path in PAGES:
        answer = await page.goto(synced.url + path.format(**synced.ids))
        assert answer is not None
        assert answer.status in (200, 422), path
        await _unfold(page)
        found.append((path, await problems(page)))
    assert [one for one in found if one[1]] == []
    assert [text for text in complaints if "422" not in text] == []


async def test_no_page_is_wider_than_a_phone(chromium: Browser, synced: Site) -> None:
    page, _ = await _open(chromium, "light", 360)
    await sign_in(page, synced, "controller")
    wide = []
    for path in PAGES:
        await page.goto(synced.url + path.format(**synced.ids))
        await _unfold(page)
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


async def _writes(page: Page) -> None:
    for name, text in (
        ("Your reference", "ORD-77"),
        ("Customer", "Alder Freight"),
        ("Currency", "USD"),
        ("Product, line 1", "Phone help"),
        ("Quantity, line 1", "2"),
        ("Rate, line 1", "125.00"),
        ("Amount, line 1", "250.00"),
    ):
        await page.get_by_label(name, exact=True).fill(text)
    await page.get_by_role("button", name="Put it on the list").click()
    await page.wait_for_url("**/sync/invoices/*?notice=drafted")


async def test_an_invoice_from_form_to_approval(chromium: Browser, synced: Site) -> None:
    page, complaints = await _open(chromium, "light", 1280)
    await sign_in(page, synced, "collector")
    await page.goto(f"{synced.url}/sync/invoices")
    await page.get_by_role("link", name="New invoice").click()
    await page.wait_for_url("**/sync/invoices/new")
    await _writes(page)
    assert "has no item" in await page.locator(".findings").inner_text()
    await page.get_by_label("Item for Phone help").fill("Telephone support (9)")
    await page.get_by_role("button", name="Map and remember").click()
    await page.wait_for_url("**notice=item_chosen")
    assert "Balanced" in await page.locator("main").inner_text()
    await page.keyboard.press("a")
    await page.wait_for_url("**notice=submitted")
    assert "Waiting for a decision" in await page.locator(".marks").inner_text()
    path = page.url.partition("?")[0]
    other, more = await _open(chromium, "dark", 1280)
    await sign_in(other, synced, "approver")
    await _opens_by_keyboard(other, synced, path)
    await other.keyboard.press("a")
    await other.wait_for_url("**notice=approved")
    assert complaints + more == []
    async with synced.db.read() as session:
        row = await draft_named(session, "manual", "ORD-77")
        proposal = await effect(session, row.effect_id or 0) if row is not None else None
    assert proposal is not None
    assert proposal.state == "approved"


async def _opens_by_keyboard(page: Page, site: Site, path: str) -> None:
    """Down the queue to the invoice and into it."""
    await page.goto(f"{site.url}/sync/invoices")
    row = page.locator(f'[data-row][href="{path.removeprefix(site.url)}"]')
    place = await row.evaluate("r => [...document.querySelectorAll('[data-row]')].indexOf(r)")
    for _ in range(place):
        await page.keyboard.press("j")
    await row.focus()
    await page.keyboard.press("k")
    await page.keyboard.press("j")
    assert await row.evaluate("r => r === document.activeElement")
    await page.keyboard.press("Enter")
    await page.wait_for_url(path)
    await page.get_by_role("button", name="Approve for sync").wait_for()


async def test_all_of_a_page_are_ticked_at_once(chromium: Browser, synced: Site) -> None:
    page, complaints = await _open(chromium, "light", 1280)
    await sign_in(page, synced, "collector")
    await page.goto(f"{synced.url}/sync/invoices")
    await page.get_by_label("Tick all invoices of this page").check()
    boxes = page.locator('input[name="pick"]')
    assert await boxes.count() == await page.locator('input[name="pick"]:checked').count() == 5
    await page.get_by_role("button", name="Submit selected").click()
    await page.wait_for_url("**/sync/invoices/many")
    assert "of 5 done" in await page.locator(".told").inner_text()
    assert await problems(page) == []
    assert complaints == []


async def test_edit_opens_by_its_key(chromium: Browser, synced: Site) -> None:
    page, _ = await _open(chromium, "light", 1280)
    await sign_in(page, synced, "collector")
    path = f"/sync/invoices/{synced.ids['ready']}"
    await page.goto(synced.url + path)
    await page.keyboard.press("e")
    await page.wait_for_url(f"**{path}/edit")
    await page.get_by_label("Memo").fill("For the spring")
    await page.get_by_role("button", name="Save").click()
    await page.wait_for_url("**notice=draft_edited")
    assert "For the spring" in await page.locator("main").inner_text()
