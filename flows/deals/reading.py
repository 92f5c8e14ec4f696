"""A CRM read: what changed there on the clock, and one object again when it calls."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, assert_never

from domain.ledger.deal import Deal
from domain.ledger.errors import LedgerError
from flows.deals.taking import Taken, take_deal, take_ended, take_unreadable
from sources.hubspot import values as hubspot
from sources.hubspot.errors import HubSpotError
from sources.salesforce import values as salesforce
from sources.salesforce.errors import SalesforceError
from store import deals, erp_mirror, slots
from store.engine import Database
from store.jobs import Job

logger = logging.getLogger(__name__)
Told = (
    Deal
    | hubspot.NotWon
    | hubspot.Gone
    | hubspot.Unreadable
    | salesforce.NotWon
    | salesforce.Gone
    | salesforce.Unreadable
)
Failures = (HubSpotError, SalesforceError)
REREAD = "deals.reread"


class Page(Protocol):
    """Deals that changed, and where reading goes on after them."""

    @property
    def deal_ids(self) -> tuple[str, ...]: ...

    @property
    def cursor(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Crm:
    """One account of a CRM. `changed` takes the payload of a cursor, or None at the beginning."""

    name: str
    changed: Callable[[Mapping[str, object] | None, datetime], AsyncIterator[Page]]
    deal: Callable[[str], Awaitable[Told]]


async def poll(db: Database, crm: Crm, clock: Callable[[], datetime]) -> int:
    """Read every deal that changed since the last look; how many were read.

    The cursor moves when a page is taken care of, so a stop repeats some and loses none. Raises
    the error of a CRM that cannot be read, told as the state of the connection too.
    """
    stream, count = f"deals:{crm.name}", 0
    async with db.read() as session:
        known = await erp_mirror.cursor(session, stream)
    try:
        async for page in crm.changed(known.progress if known else None, clock()):
            for deal_id in dict.fromkeys(page.deal_ids):
                await read_deal(db, crm, deal_id, clock)
                count += 1
            async with db.begin() as session:
                await erp_mirror.advance(
                    session, stream, now=clock(), progress=page.cursor.payload()
                )
    except Failures as error:
        await _report(db, crm.name, clock(), ok=False, detail=str(error))
        raise
    await _report(db, crm.name, clock(), ok=True, detail="")
    return count


async def look_for_gone(
    db: Database,
    crm: Crm,
    missing: Callable[[Sequence[str]], Awaitable[tuple[str, ...]]],
    clock: Callable[[], datetime],
) -> int:
    """Read again what `missing` says is gone of the deals that stand here; how many that were.

    For a CRM whose search tells no deletions and no merges.
    """
    after, count = 0, 0
    while True:
        async with db.read() as session:
            known = await deals.standing_ids(session, crm.name, after=after)
        if not known:
            return count
        for deal_id in await missing([their_id for _, their_id in known]):
            await read_deal(db, crm, deal_id, clock)
            count += 1
        after = known[-1][0]


async def _report(db: Database, name: str, now: datetime, *, ok: bool, detail: str) -> None:
    async with db.begin() as session:
        await slots.report(session, name, ok=ok, detail=detail[:500], now=now)


async def read_deal(db: Database, crm: Crm, deal_id: str, clock: Callable[[], datetime]) -> Taken:
    """Read one deal as it is now and take it; safe to repeat."""
    told = await crm.deal(deal_id)
    try:
        return await _take(db, crm.name, told, clock())
    except (LedgerError, ValueError) as error:
        logger.exception("deal %s of %s could not be taken", deal_id, crm.name)
        problem = {"name": "shape", "where": f"deal {deal_id}", "words": str(error)[:300]}
        async with db.begin() as session:
            return await take_unreadable(session, crm.name, deal_id, "", [problem], clock())


async def _take(db: Database, source: str, told: Told, now: datetime) -> Taken:
    async with db.begin() as session:
        match told:
            case Deal():
                return await take_deal(session, told, now)
            case hubspot.NotWon() | salesforce.NotWon():
                why = f"stage {told.stage}"
                return await take_ended(session, source, told.deal_id, "not_won", why, now)
            case hubspot.Gone(deal_id, merged_into) if merged_into:
                why = f"merged into {merged_into}"
                return await take_ended(session, source, deal_id, "gone", why, now)
            case hubspot.Gone() | salesforce.Gone():
                return await take_ended(session, source, told.deal_id, "gone", "deleted", now)
            case hubspot.Unreadable() | salesforce.Unreadable():
                problems = [
                    {"name": one.name, "where": one.where, "words": one.words}
                    for one in told.problems
                ]
                return await take_unreadable(
                    session, source, told.deal_id, told.name, problems, now
                )
            case _:
                assert_never(told)


def reread(found: hubspot.ObjectId) -> Job:
    """One waiting job for an object, however often HubSpot calls about it."""
    name = f"hubspot:{found.kind}:{found.id}"
    return Job(REREAD, {"kind": found.kind, "object_id": found.id}, lane=name, once=name)
