"""Salesforce as a source of deals."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx

from domain.ledger.deal import Deal
from sources.salesforce.config import Clock, SalesforceSettings
from sources.salesforce.cursor import Cursor, Page
from sources.salesforce.outcome import Gone, NotWon, Unreadable


class Salesforce:
    """Reads one organisation with one login; `http` must not follow redirects."""

    def __init__(self, http: httpx.AsyncClient, settings: SalesforceSettings, clock: Clock) -> None:
        raise NotImplementedError

    def changed(self, since: Cursor) -> AsyncIterator[Page]:
        """Pages of opportunities that changed since, with lines, quotes, contract and account."""
        raise NotImplementedError

    async def deal(self, deal_id: str) -> Deal | NotWon | Gone | Unreadable:
        """The opportunity as it is now."""
        raise NotImplementedError
