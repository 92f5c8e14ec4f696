"""The sample deals: the clear ones can be planned, the others say why not."""

from __future__ import annotations

from datetime import date

import pytest

from domain.ledger.billing.from_deal import billing_of
from domain.ledger.deal import Deal
from sandbox.hubspot.samples import CLEAR, seed
from sources.hubspot.values import NotWon, Unreadable
from tests.sources.hubspot.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")
PROBLEMS = {
    "no_lines": "lines_missing",
    "no_company": "company_missing",
    "no_currency": "currency_missing",
    "two_signed_quotes": "quotes_several",
    "two_discounts": "discount_unclear",
    "tiered": "price_tiered",
    "starts_after_checkout": "start_delayed",
}


async def test_every_sample(hub: World) -> None:
    customers = {"Larkfield Inc": "larkfield.example", "Ostrava AG": "ostrava.example"}
    made = seed(hub.store, customers, date(2026, 3, 2))
    found = {sort: await hub.client().deal(key) for sort, key in made.items()}
    told = {
        sort: [problem.name for problem in one.problems]
        for sort, one in found.items()
        if isinstance(one, Unreadable)
    }
    assert told == {sort: [name] for sort, name in PROBLEMS.items()}
    assert isinstance(found["not_won_yet"], NotWon)
    for sort in CLEAR:
        deal = found[sort]
        assert isinstance(deal, Deal)
        billing = billing_of(deal, "c1", 1)
        assert (len(billing.lines), billing.unbillable) == (len(CLEAR[sort]), ())


async def test_the_signed_quote_has_its_own_price(hub: World) -> None:
    key = seed(hub.store, {"Larkfield Inc": "l.example"}, date(2026, 3, 2))["signed_quote"]
    deal = await hub.client().deal(key)
    assert isinstance(deal, Deal)
    assert deal.quote_id
    assert deal.lines[0].amount.plain() == "1620.00"
    assert deal.customer.emails == ("ap@l.example",)
