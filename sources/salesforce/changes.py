"""Which opportunities changed: one stream for each object an opportunity is made of.

A stream is read in the order of (time of change, id), so that rows which share a second are told
apart. Each pass reads back over the seconds before the last pass began: a row gets its time when
it is saved and is seen only when its transaction ends. Of their clock and ours the earlier counts.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sources.salesforce.config import Clock, SalesforceSettings
from sources.salesforce.cursor import Cursor, Mark, Page
from sources.salesforce.errors import SalesforceUnavailable
from sources.salesforce.rest import soql
from sources.salesforce.rest.api import Api, Row
from sources.salesforce.rest.schema import Schema
from sources.salesforce.rest.wire import is_id, long_id, stamp_of
from sources.salesforce.values import NotWon

_WON = "IsWon = true"


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows of `table` that point to an opportunity; `parent` is whose change is looked for."""

    name: str
    table: str
    deal: str
    parent: str = ""
    where: str = ""

    @property
    def state(self) -> tuple[str, str, str, str]:
        """Fields of the opportunity itself: won, deleted, stage and name."""
        path = "" if self.deal == "Id" else f"{self.deal.removesuffix('Id')}."
        return f"{path}IsWon", f"{path}IsDeleted", f"{path}StageName", f"{path}Name"

    @property
    def stamp(self) -> str:
        return f"{self.parent}.SystemModstamp" if self.parent else "SystemModstamp"


_STREAMS = (
    Stream("opportunity", "Opportunity", "Id"),
    Stream("line", "OpportunityLineItem", "OpportunityId"),
    Stream("schedule", "OpportunityLineItemSchedule", "OpportunityLineItem.OpportunityId"),
    Stream("quote", "Quote", "OpportunityId"),
    Stream("quote_line", "QuoteLineItem", "Quote.OpportunityId"),
    Stream("contact_role", "OpportunityContactRole", "OpportunityId"),
    Stream("account", "Opportunity", "Id", "Account", _WON),
    Stream("contract", "Opportunity", "Id", "Contract", _WON),
)


def streams_of(schema: Schema) -> tuple[Stream, ...]:
    """The streams this organisation has."""
    return tuple(
        stream
        for stream in _STREAMS
        if schema.has(stream.table) and (not stream.parent or _linked(schema, stream.parent))
    )


async def changed(
    api: Api, settings: SalesforceSettings, schema: Schema, since: Cursor, clock: Clock
) -> AsyncIterator[Page]:
    """Pages until nothing newer is left; each cursor holds what all pages up to it have told."""
    cursor = since
    for stream in streams_of(schema):
        finished = False
        while not finished:
            api.spare()
            mark = cursor.mark(stream.name)
            rows = await api.query(_query(stream, mark, settings.page_size), deleted=True)
            finished = len(rows) < settings.page_size
            now = clock()
            begun = mark.begun_at or min(api.their_time or now, now)
            if finished:
                back = begun - timedelta(seconds=settings.overlap_seconds)
                mark = Mark(stream.name, max(cursor.starts_at, back.replace(microsecond=0)))
            else:
                mark = _last(stream, rows[-1], begun)
            cursor = cursor.moved(mark)
            yield Page(_deals(stream, rows), cursor, _open(stream, rows))


def _query(stream: Stream, mark: Mark, limit: int) -> str:
    fields = dict.fromkeys(("Id", stream.stamp, stream.deal, *stream.state))
    behind = soql.after(stream.stamp, mark.stamp, mark.after_id)
    where = f"{stream.where} AND {behind}" if stream.where else behind
    return soql.select(fields, stream.table, where, order=(stream.stamp, "Id"), limit=limit)


def _deals(stream: Stream, rows: Sequence[Row]) -> tuple[str, ...]:
    found = (_value(row, stream.deal) for row in rows)
    ids = (long_id(each) for each in found if isinstance(each, str) and is_id(each))
    return tuple(dict.fromkeys(ids))


def _open(stream: Stream, rows: Sequence[Row]) -> tuple[NotWon, ...]:
    found: list[NotWon] = []
    for row in rows:
        deal_id = _value(row, stream.deal)
        won, deleted, stage, name = (_value(row, path) for path in stream.state)
        if isinstance(deal_id, str) and is_id(deal_id) and won is False and deleted is False:
            found.append(NotWon(long_id(deal_id), str(stage or "")[:255], str(name or "")[:255]))
    return tuple(dict.fromkeys(found))


def _last(stream: Stream, row: Row, begun: datetime) -> Mark:
    """The place behind a row. Raises SalesforceUnavailable for a row without one."""
    try:
        stamp, after_id = stamp_of(_text(row, stream.stamp)), long_id(_text(row, "Id"))
    except ValueError as error:
        raise SalesforceUnavailable(str(error)) from None
    return Mark(stream.name, stamp, after_id, begun)


def _text(row: Row, path: str) -> str:
    found = _value(row, path)
    if not isinstance(found, str):
        raise SalesforceUnavailable(f"a changed row has no {path}")
    return found


def _value(row: Row, path: str) -> Any:
    found: Any = row
    for part in path.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _linked(schema: Schema, parent: str) -> bool:
    return schema.has(parent) and schema.has("Opportunity", f"{parent}Id")
