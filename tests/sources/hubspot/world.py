"""A HubSpot account on loopback, a client that reads it, and objects in one line of text."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

from sandbox.hubspot.app import build_hubspot_app
from sandbox.hubspot.limits import Limits
from sandbox.hubspot.store import HubSpotStore
from sandbox.hubspot.tokens import Access
from sandbox.in_loop import served
from sources.hubspot.account import HubSpotAccount
from sources.hubspot.client import HubSpot
from sources.hubspot.rest.records import Record

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"


@dataclass
class Clock:
    """A time that stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class World:
    """The account, its limits, the client, and every pause the client made."""

    store: HubSpotStore
    clock: Clock
    limits: Limits
    access: Access
    http: httpx.AsyncClient
    account: HubSpotAccount
    pauses: list[float] = field(default_factory=list)

    def empty(self) -> None:
        """As it was at the start."""
        for held in (self.store.things, self.store.links, self.store.events, self.pauses):
            held.clear()
        self.store.link_page, self.clock.now = 500, START
        self.store.search_ignores_filters = False
        self.store.undefined.clear()
        self.access.scopes = frozenset()
        self.access.issued.clear()
        self.limits.reset()

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.clock.forward(seconds=seconds)

    def client(self, account: HubSpotAccount | None = None) -> HubSpot:
        return HubSpot(self.http, account or self.account, sleep=self.sleep)

    def company(self, name: str = "Acme Inc", **properties: str) -> str:
        return self.store.create("companies", name=name, **properties)

    def line(self, parent: str, text: str = "1 x 100.00", **properties: str) -> str:
        """A line item of a deal or quote: quantity x price."""
        quantity, _, price = text.partition(" x ")
        values = {"name": "Seat", "quantity": quantity, "price": price} | properties
        key = self.store.create("line_items", **values)
        self.store.link(parent, key)
        return key

    def deal(self, *lines: str, company: str = "Acme Inc", **properties: str) -> str:
        """A won deal with a company and line items."""
        given = {
            "dealname": "Acme renewal",
            "dealstage": "closedwon",
            "pipeline": "default",
            "deal_currency_code": "USD",
            "closedate": "2026-03-01T12:00:00Z",
        }
        key = self.store.create("deals", **(given | properties))
        if company:
            self.store.link(key, self.company(company), primary=True)
        for line in lines:
            self.line(key, line)
        return key

    def quote(self, deal: str, *lines: str, **properties: str) -> str:
        given = {"hs_status": "APPROVAL_NOT_NEEDED", "hs_currency": "USD"} | properties
        key = self.store.create("quotes", **given)
        self.store.link(deal, key)
        for line in lines:
            self.line(key, line)
        return key


@contextlib.asynccontextmanager
async def world() -> AsyncIterator[World]:
    """An account served on loopback."""
    clock, limits = Clock(), Limits()
    store = HubSpotStore(clock)
    access = Access("pat-1", "client-1", "secret-1", "refresh-1")
    async with served(build_hubspot_app(store, access, limits)) as url, httpx.AsyncClient() as http:
        account = HubSpotAccount(token="pat-1", base_url=url)
        yield World(store, clock, limits, access, http, account)


def record(key: str = "34", **properties: str) -> Record:
    """An object as HubSpot answers."""
    return Record(id=key, properties=dict(properties))


def line_item(text: str = "1 x 100.00", **properties: str) -> Record:
    """A line item: quantity x price."""
    quantity, _, price = text.partition(" x ")
    return record(name="Seat", quantity=quantity, price=price, **properties)
