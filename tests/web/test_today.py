"""Today's figures: what came in by week, and what is expected, in exact amounts."""

from __future__ import annotations

from datetime import timedelta

from domain.ledger.money import Money
from store.expected import collected_by_week, expected_cash
from store.standing import PromiseRow
from tests.web.serving import Site

NOTHING = Money(0, "USD")


async def test_what_is_due_is_expected_as_late_as_the_customer_usually_is(site: Site) -> None:
    async with site.db.read() as session:
        (dollars,) = [
            e for e in await expected_cash(session, site.now.date()) if e.currency == "USD"
        ]
    rest = [NOTHING] * 6
    # Alder and Elm pay on time for all that is known; Cedar paid 25 days late.
    rest[1], rest[5] = Money(740_700, "USD"), Money(370_350, "USD")
    assert list(dollars.weeks) == rest
    assert dollars.past == Money(3 * 370_350, "USD")


async def test_a_promised_day_counts_instead(site: Site) -> None:
    today = site.now.date()
    async with site.db.begin() as session:
        session.add(
            PromiseRow(
                key="p2", customer_id=site.ids["alder"], invoice_ids=[1], currency="USD",
                promised_on=today + timedelta(days=22), quote="On that day.", made_at=site.now,
            )
        )  # fmt: skip
    async with site.db.read() as session:
        (dollars,) = [e for e in await expected_cash(session, today) if e.currency == "USD"]
    assert dollars.weeks[3] == Money(123_450, "USD")
    assert dollars.past == Money(3 * 370_350 - 123_450, "USD")


async def test_receipts_stand_in_the_week_they_came(site: Site) -> None:
    async with site.db.read() as session:
        weeks = await collected_by_week(session, site.now.date())
    assert weeks["USD"][-1] == Money(50_000, "USD")
    assert set(weeks["USD"][:-1]) == {NOTHING}
    async with site.signed_in("viewer") as browser:
        page = await browser.get("/today")
    assert "Expected cash, six weeks" in page.text
    assert "Received in USD, last 12 weeks" in page.text
