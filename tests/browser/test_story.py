"""The demo's story in a browser: a reminder is approved, answered, paid and posted."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox.company import Temperament
from sandbox.debtors.life import Pace
from store import people
from store.effects import EffectRow, in_states
from store.engine import Session
from store.parties import CustomerRow
from store.standing import PromiseRow
from tests.browser.axe import problems
from tests.walks.house import House, eventually, house

if TYPE_CHECKING:
    from playwright.async_api import Browser, ConsoleMessage, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]
_PATIENCE_MS = 15_000


@pytest.fixture
async def running(tmp_path: Path, new_database: Callable[[], str]) -> AsyncGenerator[House]:
    """The service, and debtors who answer at once."""
    pace = Pace(speed=1000.0, spacing=0.0)
    async with house(tmp_path, new_database(), pace=pace, customers=40, invoices=160) as ready:
        yield ready


async def _link(running: House, role: str) -> str:
    async with running.db.begin() as session:
        known = await people.users(session)
        person = next(u for u in known if u.email == f"{role}@dunwell.example")
        ttl = timedelta(minutes=5)
        secret = await people.create_sign_in_link(session, person, ttl, running.now())
    return f"{running.url}/sign-in/{secret}"


async def _drafted(running: House) -> tuple[EffectRow, CustomerRow]:
    """A reminder that waits, to somebody who promises and keeps the promise."""

    async def look() -> tuple[EffectRow, CustomerRow] | None:
        async with running.db.read() as session:
            for row in await in_states(session, ["proposed"], limit=200):
                found = await _keeper(running, session, row)
                if found is not None:
                    return row, found
        return None

    return await eventually(look, within=25, why="a reminder to somebody who keeps promises")


async def _keeper(running: House, session: Session, row: EffectRow) -> CustomerRow | None:
    customer = await session.get(CustomerRow, row.customer_id)
    if customer is None or not running.plain(customer):
        return None
    keeps = running.debtor(customer).temperament is Temperament.PROMISE_KEEPER
    return customer if keeps and str(row.payload["step"]).startswith("overdue") else None


class Person:
    """Somebody at the screen, who also looks for what others could not see or use."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.found: list[tuple[str, list[str]]] = []
        self.complaints: list[str] = []
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and message.location["url"].startswith(self.url):
            self.complaints.append(message.text)

    async def judge(self) -> None:
        self.found.append((self.page.url, await problems(self.page)))

    async def sees(self, path: str, text: str | re.Pattern[str], kind: str) -> None:
        """Open a page again until an entry of this kind says so."""

        async def look() -> bool:
            await self.page.goto(self.url + path)
            entry = self.page.locator(f"li.k-{kind}", has_text=text)
            return await entry.count() > 0

        await eventually(look, within=20, why=f"{text} at {path}")


async def test_a_reminder_becomes_cash(chromium: Browser, running: House) -> None:
    effect, customer = await _drafted(running)
    context = await chromium.new_context(viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    person = Person(page, running.url)
    await _signs_in(person, await _link(running, "controller"))
    await _approves(person, effect)
    await _sees_the_mail(page, running, effect)
    timeline = f"/customers/{customer.id}"
    await person.sees(timeline, "We wrote", "contact")
    await person.sees(timeline, "They wrote", "contact")
    await person.sees(timeline, "Promise to pay", "promise")
    await person.judge()
    await _lets_days_pass(person, running)
    await _sees_the_money(person, running, customer)
    assert [found for found in person.found if found[1]] == []
    assert person.complaints == []
    await running.audit_is_whole()


async def _signs_in(person: Person, link: str) -> None:
    await person.page.goto(link)
    await person.page.get_by_role("button", name="Sign in").click()
    await person.page.wait_for_url("**/today")
    await person.judge()


async def _approves(person: Person, effect: EffectRow) -> None:
    """By keyboard: down the queue to the mail, open it, read it, approve it."""
    page = person.page
    await page.get_by_role("link", name="Review").press("Enter")
    await page.wait_for_url("**/review")
    row = page.locator(f'[data-row][href$="/review/{effect.id}"]')
    place = await row.evaluate("r => [...document.querySelectorAll('[data-row]')].indexOf(r)")
    for _ in range(place):
        await page.keyboard.press("j")
    if place:
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/review/{effect.id}**")
    letter = page.frame_locator("iframe").locator("body")
    assert re.search(r"INV\d+", await letter.inner_text())
    await person.judge()
    await page.keyboard.press("a")
    await page.locator(".notice", has_text="Approved").wait_for()
    await person.judge()


async def _sees_the_mail(page: Page, running: House, effect: EffectRow) -> None:
    """In the mailbox of the sandbox, which has its own page."""
    token = running.world.parts.secrets.control_token
    subject = str(effect.payload["subject"])
    box = f"{running.world.control_url}/mailbox?token={token}"

    async def look() -> bool:
        await page.goto(box)
        return await page.get_by_role("link", name=subject).count() > 0

    await eventually(look, within=20, why="the mail in the mailbox")


async def _lets_days_pass(person: Person, running: House) -> None:
    """With the button of the banner, to a day after every promise."""
    before = running.now()
    await person.page.get_by_role("button", name="7 days").click()
    await person.page.locator(".notice", has_text="clock").wait_for()
    assert running.now() - before >= timedelta(days=7)
    await person.judge()


async def _sees_the_money(person: Person, running: House, customer: CustomerRow) -> None:
    """Matched, approved where the policy asks for it, posted; the promise is kept."""
    timeline = f"/customers/{customer.id}"
    await person.sees(timeline, "Payment posting proposed", "proposal")
    page = person.page
    waiting = page.locator("li.k-proposal", has_text="Waiting for a decision")
    posting = waiting.filter(has_text="Payment posting").get_by_role("link")
    while await posting.count():
        await posting.first.click()
        await page.wait_for_url("**/review/**")
        await page.keyboard.press("a")
        await page.locator(".notice", has_text="Approved").wait_for()
        await page.goto(running.url + timeline)
    await person.sees(timeline, "Posted in the ERP", "payment")
    await person.sees(timeline, re.compile("Payment posting.*Done"), "outcome")
    (promise,) = await running.rows(PromiseRow, customer_id=customer.id)
    assert promise.promised_on <= running.now().date()
    await person.judge()
