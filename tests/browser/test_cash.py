"""Cash in a browser: money arrives, is allocated by one person, approved by another, and posted."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.ledger.money import Money
from store import people
from store.engine import Database
from store.receivables import InvoiceRow, PaymentRow
from tests.browser.axe import problems
from tests.browser.test_pages import _open, sign_in
from tests.walks.house import House, eventually, house
from tests.web.cash_seeding import seed_receipts
from tests.web.kept import kept
from tests.web.serving import Site, serving

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
_TTL = timedelta(minutes=5)
PAGES = (
    "/payments?tab=proposed",
    "/payments?tab=ambiguous",
    "/payments?tab=parked",
    "/payments?tab=not_a_receipt",
    "/payments?tab=all",
    "/payments/{exact}",
    "/payments/{torn}",
    "/payments/{stranger}",
    "/payments/{returned}",
    "/payments/1",
    "/payments/enter",
    "/payments/bank",
    "/payments/rules",
    "/payments/classes",
)


@pytest.fixture
async def cash(database_url: str, db: Database, now: datetime) -> AsyncGenerator[Site]:
    """The application over the seeded world with money in it."""
    ids = await kept(seed_receipts, db, now)
    async with serving(database_url, db, now) as running:
        running.ids = ids
        yield running


@pytest.fixture
async def running(tmp_path: Path, new_database: Callable[[], str]) -> AsyncGenerator[House]:
    """The whole service on a small world."""
    async with house(tmp_path, new_database(), customers=12, invoices=60) as ready:
        yield ready


async def _unfold(page: Page) -> None:
    await page.evaluate("document.querySelectorAll('main details').forEach((d) => d.open = true)")


async def test_everybody_can_use_every_cash_page(chromium: Browser, cash: Site) -> None:
    page, complaints = await _open(chromium, "light", 1280)
    await sign_in(page, cash, "controller")
    found, wide = [], []
    for path in PAGES:
        answer = await page.goto(cash.url + path.format(**cash.ids))
        assert answer is not None
        assert answer.status == 200, path
        await _unfold(page)
        found.append((path, await problems(page)))
        await page.set_viewport_size({"width": 360, "height": 800})
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
        await page.set_viewport_size({"width": 1280, "height": 800})
    assert [one for one in found if one[1]] == []
    assert wide == []
    assert complaints == []


async def _signed_in(chromium: Browser, running: House, role: str) -> tuple[Page, list[str]]:
    page, complaints = await _open(chromium, "light", 1280)
    page.set_default_timeout(15_000)
    async with running.db.begin() as session:
        known = await people.users(session)
        person = next(u for u in known if u.email == f"{role}@dunwell.example")
        secret = await people.create_sign_in_link(session, person, _TTL, running.now())
    await page.goto(f"{running.url}/sign-in/{secret}")
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/today")
    return page, complaints


async def _owed(running: House) -> tuple[InvoiceRow, InvoiceRow]:
    """Two open invoices of one customer in one currency."""

    async def look() -> tuple[InvoiceRow, InvoiceRow] | None:
        seen: dict[tuple[int, str], InvoiceRow] = {}
        for row in await running.rows(InvoiceRow, status="open"):
            key = (row.customer_id, row.currency)
            if row.open_minor > 2_000 and key in seen:
                return seen[key], row
            seen[key] = row
        return None

    return await eventually(look, within=25, why="two open invoices of a customer")


async def _enters(page: Page, running: House, amount: Money, name: str) -> None:
    await page.goto(f"{running.url}/payments")
    await page.get_by_role("link", name="Enter a payment by hand").click()
    for label, text in (
        ("Amount", amount.plain()),
        ("Currency", amount.currency),
        ("Bank reference or check number", "WIRE-77"),
        ("Customer", name),
        ("Reference", "on account of several"),
    ):
        await page.get_by_label(label, exact=True).fill(text)
    await page.get_by_role("button", name="Record it").click()
    await page.wait_for_url("**notice=paid")


async def _allocates(page: Page, parts: dict[str, str], first: Money) -> None:
    """Type the sums, watch them follow, and be stopped while they do not add up."""
    verdict = page.locator("[data-verdict]")
    for field in await page.locator("form.sheet [data-sum]").all():
        await field.fill("")
    for number, text in parts.items():
        await page.get_by_label(f"Paid of {number}", exact=True).fill(text)
    await page.get_by_label(f"Paid of {next(iter(parts))}", exact=True).fill(first.plain() + "9")
    await page.get_by_role("button", name="Propose this").click()
    await page.get_by_role("alert").wait_for()
    assert await problems(page) == []
    await page.get_by_label(f"Paid of {next(iter(parts))}", exact=True).fill(first.plain())
    assert await verdict.inner_text() == "Adds up"
    await page.get_by_label("It pays a part").check()
    await page.get_by_label("Why like this?").fill("as told by phone")
    await page.get_by_role("button", name="Propose this").click()
    await page.wait_for_url("**notice=chosen")


async def test_money_arrives_and_is_posted(chromium: Browser, running: House) -> None:
    one, two = await _owed(running)
    customer = await running.customer(one.customer_id)
    first, second = (Money(r.open_minor - 1_000, r.currency) for r in (one, two))
    page, complaints = await _signed_in(chromium, running, "collector")
    await _enters(page, running, first + second, customer.name)
    path = page.url.partition("?")[0]
    await _matched(page, path)
    assert await problems(page) == []
    await _allocates(page, {one.number: first.plain(), two.number: second.plain()}, first)
    assert await page.get_by_role("button", name="Approve and post").count() == 0
    other, more = await _signed_in(chromium, running, "controller")
    await other.goto(f"{running.url}/payments?tab=proposed")
    await other.locator(f'[data-row][href="{path.removeprefix(running.url)}"]').press("Enter")
    await other.wait_for_url(path)
    assert "Balanced" in await other.locator("main").inner_text()
    assert await problems(other) == []
    await other.keyboard.press("a")
    await other.wait_for_url("**notice=approved")
    await _posted(other, path)
    (row,) = await running.rows(PaymentRow, source="manual")
    after = [await running.row(InvoiceRow, id=r.id) for r in (one, two)]
    assert row.netsuite_id
    assert [r.open_minor for r in after] == [1_000, 1_000]
    assert "as told by phone" in await other.locator("main").inner_text()
    assert [text for text in complaints + more if "422" not in text] == []
    await running.audit_is_whole()


async def _matched(page: Page, path: str) -> None:
    async def look() -> bool:
        await page.goto(path)
        return await page.locator("form.sheet tbody tr").count() > 1

    await eventually(look, within=20, why="invoices to choose from")


async def _posted(page: Page, path: str) -> None:
    async def look() -> bool:
        await page.goto(path)
        return await page.locator(".marks", has_text=re.compile("Posted in the ERP")).count() > 0

    await eventually(look, within=25, why="posted")
    assert await problems(page) == []
