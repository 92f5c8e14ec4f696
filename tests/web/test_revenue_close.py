"""The close page: the list, explanations, posting before the lock, who may, decided changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.revenue.settings import Mode
from flows.revenue.closing import run
from flows.revenue.posting import PeriodPosted, post_period
from flows.sync.first_import import FAST
from store import erp_mirror
from store.parties import SubsidiaryRow
from store.revenue import RevenuePeriodRow
from store.revenue_state import note_arrangements
from tests.flows.revenue.books import Books, settings
from tests.web.serving import DESK, Browser, Site

FEBRUARY = {"subsidiary": "1", "on": "2026-02-01"}
PAGE = "/revenue/close?subsidiary=1&on=2026-02-01"
YEAR = "1 1200.00 2026-01-01 2026-12-31"


async def begun(site: Site, *, locked: bool = True) -> Books:
    """Books with one invoice, January posted; NetSuite read and posting by journals."""
    books = Books(site.db, settings())
    await books.begin()
    await books.invoice("INV1 of Elm 2026-01-05", YEAR)
    async with site.db.begin() as session:
        await note_arrangements(session, site.now, answer=False)
        until = site.now.isoformat()
        await erp_mirror.advance(session, FAST, now=site.now, watermark=until)
    await books.take()
    async with site.db.begin() as session:
        own = await session.get(SubsidiaryRow, 1)
        assert own is not None
        now = datetime(2026, 2, 2, tzinfo=UTC)
        done = await post_period(
            session, own, date(2026, 1, 31), books.settings, Mode.JOURNAL, "Noor", now
        )
        assert isinstance(done, PeriodPosted), done
        row = await session.get(RevenuePeriodRow, done.period_id)
        assert row is not None
        row.state, row.closed_at, row.closed_by = "closed" if locked else "posted", now, "Noor"
        session.add(row)
    return books


async def explain(browser: Browser, *subjects: str) -> None:
    for subject in subjects:
        answer = await browser.post(
            "/revenue/review", **FEBRUARY, subject=subject, reason="seen with the bank"
        )
        assert answer.status_code in (303, 404), answer.text


async def test_before_any_import_the_page_says_what_will_be_here(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        shown = (await browser.get("/revenue/close")).text
        assert "No subsidiary is known yet" in shown


async def test_a_controller_posts_a_period_and_sees_what_is_left(site: Site) -> None:
    await begun(site)
    async with site.signed_in("controller") as browser:
        shown = (await browser.get(PAGE)).text
        assert "Not ready to close" in shown
        assert "The rows of the period are not written" in shown
        await explain(browser, "drift", "receipts")
        answer = await browser.post("/revenue/close", **FEBRUARY)
        assert answer.headers["location"] == f"{PAGE}&notice=revenue_closing"
        shown = (await browser.get(PAGE)).text
        assert 'hx-get="/revenue/closings/1" hx-trigger="every 2s"' in shown
        assert "Waiting for the worker" in shown
        assert "It is being closed" in shown
        assert "hx-refresh" not in (await browser.get("/revenue/closings/1")).headers
        assert (await browser.get("/revenue/closings/2")).status_code == 404
        await run(site.db, 1, DESK, lambda: site.now)
        assert (await browser.get("/revenue/closings/1")).headers["hx-refresh"] == "true"
        shown = (await browser.get(PAGE)).text
        assert "1 rows posted, not locked yet" in shown
        assert "hx-trigger" not in shown.split('id="closing"')[1].split(">")[0]
        assert "The ledger was not read for" in shown
        assert "Journals of USD: proposed" in shown
        refused = await browser.post("/revenue/reopen", **FEBRUARY, reason="late invoice")
        assert refused.status_code == 409
        assert "2026-02 is not closed" in refused.text
        again = await browser.post("/revenue/review", **FEBRUARY, subject="nothing", reason="x")
        assert again.status_code == 404


async def test_only_a_controller_closes_reopens_and_explains(site: Site) -> None:
    await begun(site)
    async with site.signed_in("approver") as browser:
        shown = (await browser.get(PAGE)).text
        assert "A controller closes and reopens periods" in shown
        assert 'action="/revenue/close"><input type="hidden" name="csrf"' not in shown
        for path in ("close", "reopen", "review", "changes/1"):
            assert (await browser.post(f"/revenue/{path}", **FEBRUARY)).status_code == 403


async def test_a_locked_period_is_reopened_with_a_reason(site: Site) -> None:
    await begun(site)
    january = {"subsidiary": "1", "on": "2026-01-01"}
    async with site.signed_in("controller") as browser:
        shown = (await browser.get("/revenue/close?subsidiary=1&on=2026-01-10")).text
        assert (await browser.get("/revenue/close?subsidiary=9")).status_code == 404
        assert (await browser.get("/revenue/close?subsidiary=1&on=soon")).status_code == 404
        assert "Fingerprint of everything it says" in shown
        without = await browser.post("/revenue/reopen", **january, reason=" ")
        assert without.status_code == 409
        answer = await browser.post("/revenue/reopen", **january, reason="an invoice was late")
        assert answer.headers["location"].endswith("notice=revenue_reopened")
        shown = (await browser.get(answer.headers["location"])).text
    assert "an invoice was late" in shown


async def test_a_change_shows_the_figures_of_each_treatment_and_is_decided(site: Site) -> None:
    books = await begun(site)
    await books.invoice("INV1 of Elm 2026-01-05", "1 1800.00 2026-01-01 2026-12-31")
    await books.take()
    async with site.signed_in("controller") as browser:
        shown = (await browser.get(PAGE)).text
        assert "1 changes wait for a decision" in shown
        assert "As if from the start, the difference now" in shown
        change = shown.split('action="/revenue/changes/')[1].split('"')[0]
        path = f"/revenue/changes/{change}"
        odd = await browser.post(path, **FEBRUARY, treatment="guess", reason="x")
        assert odd.status_code == 422
        none = await browser.post(path, **FEBRUARY, treatment="none", reason="x")
        assert none.status_code == 409
        done = await browser.post(path, **FEBRUARY, treatment="prospective", reason="more seats")
        assert done.headers["location"] == f"{PAGE}&notice=revenue_decided"
        assert "No change waits for a decision" in (await browser.get(PAGE)).text


async def test_a_line_that_waits_is_called_as_people_call_it(site: Site) -> None:
    books = await begun(site)
    await books.invoice("INV2 of Elm 2026-02-05", "1 90.00")
    await books.take()
    async with site.signed_in("controller") as browser:
        shown = (await browser.get(PAGE)).text
    assert "Explain INV2 line 1" in shown
    assert "Explain held:" not in shown
