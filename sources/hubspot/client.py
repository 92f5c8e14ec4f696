"""One HubSpot account: what changed, and one deal as it is now."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from typing import assert_never

import httpx

from domain.ledger.deal import Deal
from sources.hubspot.account import HubSpotAccount
from sources.hubspot.changes import changes
from sources.hubspot.errors import HubSpotRefused
from sources.hubspot.rest.reading import BATCH, Reading
from sources.hubspot.rest.records import (
    CompanyProperties,
    ContactProperties,
    DealProperties,
    LineProperties,
    Properties,
    QuoteProperties,
    Record,
)
from sources.hubspot.rest.transport import Sleep, Transport
from sources.hubspot.values import Cursor, Gone, Kind, NotWon, ObjectId, Page, Unreadable
from sources.hubspot.won.mapping import MAX_LINES, Found, deal_of, not_won
from sources.hubspot.won.notes import Notes
from sources.hubspot.won.parties import company_id, contact_order
from sources.hubspot.won.quotes import binding

_EXTRAS = ("discounts", "fees")
_READ: tuple[Kind, ...] = ("deals", "line_items", "quotes", "companies", "contacts")


class HubSpot:
    """Reads one account. Raises HubSpotRefused, HubSpotBusy and HubSpotUnavailable.

    `sleep` waits out a request limit or a failure, for half a minute at most.
    """

    def __init__(
        self, http: httpx.AsyncClient, settings: HubSpotAccount, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._account = settings
        transport = Transport(http, settings, sleep)
        self._reading = Reading(transport, settings.objects_path, settings.associations_path)

    async def changed(self, since: Cursor) -> AsyncIterator[Page]:
        """Deals to read again: they, their line items or their quotes changed, oldest first.

        A deal may come more than once. The last page's cursor is where the next look begins.
        """
        cursor = since
        async for found in changes(self._reading, "deals", cursor.deals):
            cursor = replace(cursor, deals=found.mark)
            yield Page(found.ids, cursor)
        async for found in changes(self._reading, "line_items", cursor.line_items):
            cursor = replace(cursor, line_items=found.mark)
            yield Page(await self._deals_of_lines(found.ids), cursor)
        async for found in changes(self._reading, "quotes", cursor.quotes):
            cursor = replace(cursor, quotes=found.mark)
            yield Page(await self._linked("quotes", found.ids, "deals"), cursor)

    async def missing(self, deal_ids: Iterable[str]) -> tuple[str, ...]:
        """Those of known deals that were deleted or merged, which `changed` cannot tell."""
        known = list(dict.fromkeys(deal_ids))
        found = await self._reading.batch("deals", known, ("hs_lastmodifieddate",))
        there = {record.id for record in found if not record.archived}
        return tuple(key for key in known if key not in there)

    async def refusals(self) -> dict[Kind, str]:
        """What HubSpot says of each kind of object that may not be read; empty if all may."""
        refused: dict[Kind, str] = {}
        for kind in _READ:
            try:
                await self._reading.search(kind, (), "hs_object_id", 1)
            except HubSpotRefused as error:
                refused[kind] = str(error)
        return refused

    async def deals_of(self, found: ObjectId) -> tuple[str, ...]:
        """The deals an object is part of. A product changes no deal: line items are copies."""
        match found.kind:
            case "deals":
                return (found.id,)
            case "line_items":
                return await self._deals_of_lines((found.id,))
            case "quotes" | "companies" | "contacts":
                return await self._linked(found.kind, (found.id,), "deals")
            case "products":
                return ()
            case _:
                assert_never(found.kind)

    async def deal(self, deal_id: str) -> Deal | NotWon | Gone | Unreadable:
        """One deal as it is now, billed from its accepted quote if there is one."""
        record = await self._reading.one("deals", deal_id, self._asked(DealProperties))
        if record is None or record.archived:
            return Gone(deal_id)
        if record.id != deal_id:
            return Gone(deal_id, merged_into=record.id)
        notes = Notes(f"deal {deal_id}")
        properties = record.read_as(DealProperties)
        if properties is None:
            notes.add("shape", "a property of the deal is not text")
            return Unreadable(deal_id, tuple(notes.problems))
        open_deal = not_won(record, properties, self._account)
        if open_deal is not None:
            return open_deal
        return deal_of(await self._found(record, notes), self._account, notes)

    async def _found(self, deal: Record, notes: Notes) -> Found:
        quotes = await self._records(
            "quotes", await self._linked("deals", (deal.id,), "quotes"), QuoteProperties
        )
        quote = binding(quotes, notes)
        kind, key = ("deals", deal.id) if quote is None else ("quotes", quote.id)
        line_ids = await self._linked(kind, (key,), "line_items")
        companies = await self._reading.links("deals", (deal.id,), "companies")
        company = company_id(companies.get(deal.id, ()), notes)
        contacts = await self._reading.links("deals", (deal.id,), "contacts")
        people = contact_order(contacts.get(deal.id, ()))[:BATCH]
        return Found(
            deal=deal,
            quote=quote,
            line_ids=line_ids,
            lines=await self._records("line_items", line_ids[:MAX_LINES], LineProperties),
            company_id=company,
            company=await self._company(company),
            contacts=await self._records("contacts", people, ContactProperties),
            extras=await self._extras(quote),
        )

    async def _extras(self, quote: Record | None) -> int:
        if quote is None:
            return 0
        counts = [len(await self._linked("quotes", (quote.id,), other)) for other in _EXTRAS]
        return sum(counts)

    async def _deals_of_lines(self, ids: Sequence[str]) -> tuple[str, ...]:
        """By the deal or by the quote: a line item has one parent."""
        direct = await self._linked("line_items", ids, "deals")
        quotes = await self._linked("line_items", ids, "quotes")
        return tuple(dict.fromkeys([*direct, *await self._linked("quotes", quotes, "deals")]))

    async def _linked(self, kind: str, ids: Sequence[str], other: str) -> tuple[str, ...]:
        if not ids:
            return ()
        links = await self._reading.links(kind, ids, other)
        found = (target.id for targets in links.values() for target in targets)
        return tuple(dict.fromkeys(found))

    async def _company(self, key: str) -> Record | None:
        asked = self._asked(CompanyProperties)
        return await self._reading.one("companies", key, asked) if key else None

    async def _records(
        self, kind: str, ids: Iterable[str], model: type[Properties]
    ) -> tuple[Record, ...]:
        return await self._reading.batch(kind, ids, self._asked(model))

    def _asked(self, model: type[Properties]) -> list[str]:
        """The properties to ask for, with the account's own ones of that object."""
        names = self._account.names
        own: dict[type[Properties], tuple[str, ...]] = {
            DealProperties: names.of_deal,
            LineProperties: names.of_line,
            CompanyProperties: names.of_company,
        }
        return list(dict.fromkeys([*model.names(), *own.get(model, ())]))
