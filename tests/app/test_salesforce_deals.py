"""Salesforce looked into on the clock: one deal however often it is told, until it is gone."""

from __future__ import annotations

from datetime import timedelta

import httpx

from app.deal_jobs import salesforce_crm
from app.salesforce_settings import SalesforcePolling
from flows.deals.reading import poll
from sandbox.in_loop import served
from sources.salesforce.client import Salesforce
from store import billing, deals
from store.deals import DealRow
from store.engine import Database
from tests.sources.salesforce.office import START, Office, settings_for


async def known(db: Database, deal_id: str) -> DealRow:
    async with db.begin() as session:
        row = await deals.deal_named(session, "salesforce", deal_id)
    assert row is not None
    return row


async def test_a_won_opportunity_from_the_first_look_to_its_end(db: Database) -> None:
    office = Office()
    office.won(Name="Open", IsWon=False)
    deal_id = office.won()
    line = office.line(deal_id, UnitPrice="900")
    for day, amount in (("2026-03-01", "300"), ("2026-06-01", "600")):
        office.org.create(
            "OpportunityLineItemSchedule", OpportunityLineItemId=line, Type="Revenue",
            ScheduleDate=day, Revenue=amount,
        )  # fmt: skip
    async with served(office.server.application()) as url, httpx.AsyncClient(verify=False) as http:
        settings = settings_for(url)
        polling = SalesforcePolling(settings, 300, (START - timedelta(days=1)).date())
        crm = salesforce_crm(Salesforce(http, settings, office.watch), polling)
        for _ in range(3):
            office.watch.pass_by(60)
            await poll(db, crm, office.watch)
        row = await known(db, deal_id)
        assert (row.state, row.version, row.amount_minor) == ("won", 1, 90_000)
        async with db.read() as session:
            lines = await billing.lines_of(session, row.id)
        assert [each.key for each in lines] == [
            f"salesforce:{deal_id}:{line}:1", f"salesforce:{deal_id}:{line}:2",
        ]  # fmt: skip
        office.watch.pass_by(3_600)
        await poll(db, crm, office.watch)
        assert await poll(db, crm, office.watch) == 0
        office.org.change("OpportunityLineItem", line, Description="Renamed")
        await poll(db, crm, office.watch)
        assert (await known(db, deal_id)).version == 2
        office.org.change("OpportunityLineItem", line, CurrencyIsoCode="EUR")
        await poll(db, crm, office.watch)
        told = await known(db, deal_id)
        assert [problem["name"] for problem in told.problems] == ["currency_differs"]
        office.org.delete("Opportunity", deal_id)
        await poll(db, crm, office.watch)
        assert (await known(db, deal_id)).state == "gone"
