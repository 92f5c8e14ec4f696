"""Salesforce as a source of deals."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

import httpx

from domain.ledger.deal import Deal
from sources.salesforce import changes
from sources.salesforce.config import Clock, SalesforceSettings
from sources.salesforce.cursor import Cursor, Page
from sources.salesforce.errors import SalesforceRefused
from sources.salesforce.rest.api import Api, Usage
from sources.salesforce.rest.schema import Schema, read_schema
from sources.salesforce.rest.wire import long_id
from sources.salesforce.values import Gone, NotWon, Problem, Unreadable
from sources.salesforce.won.mapping import deal_from
from sources.salesforce.won.reading import Misshapen, Reader

_SCHEMA_LIVES = timedelta(hours=1)


class Salesforce:
    """Reads one organisation with one login. Methods raise an error of `errors`."""

    def __init__(self, http: httpx.AsyncClient, settings: SalesforceSettings, clock: Clock) -> None:
        self._api = Api(http, settings, clock)
        self._settings = settings
        self._clock = clock
        self._schema: tuple[datetime, Schema] | None = None
        self._open: dict[str, NotWon] = {}

    @property
    def usage(self) -> Usage | None:
        """Requests of the whole organisation, as of the last answer."""
        return self._api.usage

    async def check(self) -> Schema:
        """What this user may read, asked anew: also whether the configured fields are there."""
        schema = await read_schema(self._api, self._settings.reading.fields)
        self._schema = (self._clock(), schema)
        return schema

    async def changed(self, since: Cursor) -> AsyncIterator[Page]:
        """Pages of opportunities that changed since, or any of their parts did."""
        self._open = {}
        schema = await self._known()
        with self._described_anew():
            pages = changes.changed(self._api, self._settings, schema, since, self._clock)
            async for page in pages:
                self._open = {each.deal_id: each for each in page.open}
                yield page

    async def deal(self, deal_id: str) -> Deal | NotWon | Gone | Unreadable:
        """The opportunity as it is now, with the parts it is billed by.

        Of one that the page just read tells to be open, that is the answer: most of them are.
        """
        told = self._open.pop(deal_id, None)
        if told is not None:
            return told
        self._api.spare()
        reader = Reader(self._api, await self._known(), self._settings.reading)
        with self._described_anew():
            return await self._read(reader, deal_id)

    async def _read(self, reader: Reader, deal_id: str) -> Deal | NotWon | Gone | Unreadable:
        try:
            found = await reader.opportunity(deal_id)
            if found is None or found.is_deleted:
                return Gone(deal_id)
            if not found.is_won:
                return NotWon(found.id, found.stage, found.name)
            return deal_from(await reader.bundle(found), self._settings.reading)
        except Misshapen as error:
            return Unreadable(long_id(deal_id), (Problem("shape", "opportunity", str(error)),))

    @contextlib.contextmanager
    def _described_anew(self) -> Iterator[None]:
        """After a refusal nothing described before is believed: a field may have been removed."""
        try:
            yield
        except SalesforceRefused:
            self._schema = None
            raise

    async def _known(self) -> Schema:
        """What was described within the last hour."""
        if self._schema is None or self._clock() - self._schema[0] > _SCHEMA_LIVES:
            return await self.check()
        return self._schema[1]
