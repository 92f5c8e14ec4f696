"""Receipts that were laid aside until a day, taken up again on it."""

from __future__ import annotations

from datetime import date, datetime

from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from flows.receipts import match_job
from store import receipts
from store.engine import Database
from store.jobs import enqueue

KEEPER = Actor(ActorKind.SYSTEM, "cash")


async def take_up_parked(db: Database, day: date, now: datetime) -> int:
    """Match anew what was parked until this day; how many receipts that are."""
    async with db.begin() as session:
        await receipts.take_turns(session)
        rows = await receipts.parked_until(session, day)
        for row in rows:
            row.state, row.parked_until, row.outcome = "received", None, ""
            session.add(row)
            await enqueue(session, match_job(row.id))
            await record(session, Entry(KEEPER, "payment.unparked", "payment", str(row.id)), now)
    return len(rows)
