"""The demo's HubSpot: the same deals at every start, read as deals that can be billed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import httpx

from domain.ledger.billing.from_deal import billing_of
from domain.ledger.deal import Deal
from sandbox.crm import PROPERTIES, open_crm
from sandbox.in_loop import served
from sandbox.world import build_company
from sources.hubspot.account import HubSpotAccount, PropertyNames
from sources.hubspot.client import HubSpot

DAY = date(2026, 3, 2)
NAMES = PropertyNames(**dict(part.split("=") for part in PROPERTIES.split(",")))


async def test_its_won_deals_can_be_billed() -> None:
    company = build_company(7, DAY, 20, 40)
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    crm, again = (open_crm(company, "pat-1", lambda: now, DAY) for _ in range(2))
    assert crm.store.things.keys() == again.store.things.keys()
    ids = [one.id for one in crm.store.of_kind("deals")]
    assert len(ids) == 3
    async with served(crm.app()) as url, httpx.AsyncClient() as http:
        reader = HubSpot(http, HubSpotAccount(token="pat-1", base_url=url, names=NAMES))
        deals = [await reader.deal(one) for one in ids]
    for deal in deals:
        assert isinstance(deal, Deal), deal
        assert billing_of(deal, "C", 1).unbillable == ()
    known = [deal.customer.erp_id for deal in deals if isinstance(deal, Deal)]
    assert [bool(one) for one in known] == [True, True, False]
