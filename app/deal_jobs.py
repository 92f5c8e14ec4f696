"""The jobs about deals: looking into the CRMs, reading one object again, billing what is due."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import httpx

from app.hubspot_settings import HubSpotSettings
from app.salesforce_settings import SalesforcePolling
from app.wiring import Parts
from flows.deals.reading import REREAD, Crm, Page, look_for_gone, poll, read_deal
from flows.deals.settling import bill
from jobs.clock import Tick
from jobs.handlers import Handler
from sources.hubspot.values import Cursor as HubSpotCursor
from sources.hubspot.values import Kind, ObjectId
from sources.salesforce.cursor import Cursor as SalesforceCursor

if TYPE_CHECKING:
    from sources.hubspot.client import HubSpot
    from sources.salesforce.client import Salesforce

BILL = "deals.bill"
GONE = "deals.gone.hubspot"
_FIRST_LOOK = timedelta(days=1)
_PATIENCE = httpx.Timeout(30)


@dataclass(frozen=True, slots=True)
class DealJobs:
    """Each may run twice; each reads the clock when it acts."""

    parts: Parts
    crms: Mapping[str, Crm]
    hubspot: HubSpot | None = None

    async def bill(self, slot: str) -> None:
        """Draft what is due, and note which drafts reached the ERP."""
        del slot
        await bill(self.parts.db, self.parts.clock())

    async def reread(self, kind: Kind, object_id: str) -> None:
        """Read the deals again that an object of HubSpot is part of."""
        if self.hubspot is None:
            return
        for deal_id in await self.hubspot.deals_of(ObjectId(kind, object_id)):
            await read_deal(self.parts.db, self.crms["hubspot"], deal_id, self.parts.clock)

    def poll(self, name: str) -> Handler:
        """The look into one CRM."""

        async def look(slot: str) -> None:
            del slot
            await poll(self.parts.db, self.crms[name], self.parts.clock)

        return look

    async def gone(self, slot: str) -> None:
        """Find the deals that HubSpot deleted or merged: its search does not tell."""
        del slot
        if self.hubspot is not None:
            crm = self.crms["hubspot"]
            await look_for_gone(self.parts.db, crm, self.hubspot.missing, self.parts.clock)

    def handlers(self) -> dict[str, Handler]:
        """The jobs by name; a CRM that is not configured is not looked into."""
        known: dict[str, Handler] = {BILL: self.bill}
        known |= {f"deals.poll.{name}": self.poll(name) for name in self.crms}
        if self.hubspot is not None:
            known |= {REREAD: self.reread, GONE: self.gone}
        return known


def deal_jobs(parts: Parts) -> DealJobs:
    """The jobs with the CRMs of the settings."""
    crms: dict[str, Crm] = {}
    reader: HubSpot | None = None
    known = parts.settings.hubspot
    if known is not None:
        from sources.hubspot.client import HubSpot

        reader = HubSpot(_client(parts), known.account)
        crms["hubspot"] = hubspot_crm(reader, known.since)
    polling = parts.settings.salesforce
    if polling is not None:
        from sources.salesforce.client import Salesforce

        crms["salesforce"] = salesforce_crm(
            Salesforce(_client(parts), polling.settings, parts.clock), polling
        )
    return DealJobs(parts, crms, reader)


def _client(parts: Parts) -> httpx.AsyncClient:
    http = httpx.AsyncClient(timeout=_PATIENCE, follow_redirects=False)
    parts.at_end.push_async_callback(http.aclose)
    return http


def hubspot_crm(reader: HubSpot, since: date | None = None) -> Crm:
    """HubSpot as deals are read from it; the first look begins on a day, or goes one day back."""

    def changed(payload: Mapping[str, object] | None, now: datetime) -> AsyncIterator[Page]:
        first = datetime.combine(since, time(), UTC) if since else now - _FIRST_LOOK
        start = HubSpotCursor.starting(first)
        return reader.changed(HubSpotCursor.from_payload(payload) if payload else start)

    return Crm("hubspot", changed, reader.deal)


def salesforce_crm(reader: Salesforce, polling: SalesforcePolling) -> Crm:
    """Salesforce as deals are read from it; the first look begins on the day that was set."""

    def changed(payload: Mapping[str, object] | None, now: datetime) -> AsyncIterator[Page]:
        since = datetime.combine(polling.since, time(), UTC) if polling.since else None
        start = SalesforceCursor.starting(since or now - _FIRST_LOOK)
        return reader.changed(SalesforceCursor.from_payload(payload) if payload else start)

    return Crm("salesforce", changed, reader.deal)


def deal_ticks(
    hubspot: HubSpotSettings | None, salesforce: SalesforcePolling | None
) -> tuple[Tick, ...]:
    """When the CRMs are looked into, and when what is due is drafted."""
    ticks = [Tick(BILL, timedelta(minutes=1), lane="deals.bill")]
    for name, every in (
        ("hubspot", hubspot.poll_seconds if hubspot else 0),
        ("salesforce", salesforce.poll_seconds if salesforce else 0),
    ):
        if every:
            lane = f"deals.{name}"
            ticks.append(Tick(f"deals.poll.{name}", timedelta(seconds=every), lane=lane))
    if hubspot is not None and hubspot.poll_seconds:
        night = timedelta(hours=5)
        ticks.append(Tick(GONE, timedelta(days=1), lane="deals.hubspot", after=night))
    return tuple(ticks)
