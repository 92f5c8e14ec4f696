"""Closing as a job: asked for in a person's name, carried out by the worker, told while it goes.

A period is posted whole or not at all: one transaction carries it from its list to its lock. What
is told of it on the way is written beside that transaction, so that everybody sees it at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from effects.actor import Person, Role
from effects.audit import Entry, record
from flows.desk import Desk
from flows.revenue.close import Locked, Refused, Waiting, close
from flows.revenue.progress import Progress, Tell
from store import revenue_closing, revenue_events, revenue_periods
from store.engine import Database, Session
from store.jobs import Job, enqueue
from store.parties import SubsidiaryRow
from store.people import UserRow
from store.revenue_closing import RevenueClosingRow

CLOSE = "revenue.close"
Clock = Callable[[], datetime]


async def ask(
    session: Session, subsidiary: SubsidiaryRow, on: date, desk: Desk, by: Person, now: datetime
) -> RevenueClosingRow | Refused:
    """Have the period that holds `on` closed; the request that is under way if there is one.

    Where the last try of it failed, it is tried again at once.
    """
    if by.role is not Role.CONTROLLER:
        return Refused("a period is closed by a controller")
    period = desk.revenue.calendar_of(subsidiary.netsuite_id).of(on)
    books = await revenue_periods.period(session, subsidiary.id, period.starts_on)
    if books is not None and books.state == revenue_periods.CLOSED:
        return Refused(f"{period.name} is closed")
    wanted = RevenueClosingRow(
        subsidiary_id=subsidiary.id,
        starts_on=period.starts_on,
        period=period.name,
        asked_by_id=by.user_id,
        asked_by=by.name,
        asked_at=now,
    )
    made = await revenue_closing.ask(session, wanted)
    row = await revenue_closing.latest(session, subsidiary.id, period.starts_on)
    if row is None:
        raise RuntimeError("a request that was asked for is kept")
    if made is not None:
        told = {"period": period.name, "closing": row.id}
        entry = Entry(by.actor, "revenue.close_asked", "revenue_books", str(subsidiary.id), told)
        await record(session, entry, now)
    if made is not None or row.problem:
        await enqueue(session, Job(CLOSE, {"closing_id": row.id}, once=f"{CLOSE}:{row.id}"))
    return row


async def run(db: Database, closing_id: int, desk: Desk, clock: Clock) -> None:
    """Carry out a request as its person, whose role counts now. Does nothing where it ended.

    Cut off anywhere, nothing is posted, and the next run begins anew. Raises what went wrong.
    """
    begun = {"state": revenue_closing.RUNNING, "began_at": clock(), "problem": ""}
    async with db.begin() as session:
        if not await revenue_closing.note(session, closing_id, **begun):
            return
    try:
        async with db.begin() as session:
            await _carry_out(session, closing_id, desk, clock, _teller(db, closing_id))
    except Exception as error:
        async with db.begin() as session:
            await revenue_closing.note(session, closing_id, problem=type(error).__name__)
        raise


async def _carry_out(
    session: Session, closing_id: int, desk: Desk, clock: Clock, tell: Tell
) -> None:
    await revenue_events.take_turns(session)
    row = await revenue_closing.closing(session, closing_id)
    if row is None or row.state == revenue_closing.ENDED:
        return
    seller = await session.get(SubsidiaryRow, row.subsidiary_id)
    person = await session.get(UserRow, row.asked_by_id)
    found: Locked | Waiting | Refused
    if seller is None or person is None or not person.active:
        found = Refused(f"{row.asked_by} does not work here any more")
    else:
        by = Person(person.id, person.name, Role(person.role))
        found = await close(session, seller, row.starts_on, desk, by, clock(), tell)
    outcome, told = _outcome(found)
    ended = {"state": revenue_closing.ENDED, "ended_at": clock(), "outcome": outcome, "told": told}
    await revenue_closing.note(session, closing_id, **ended)


def _outcome(found: Locked | Waiting | Refused) -> tuple[str, str]:
    match found:
        case Locked():
            return "locked", found.sha256
        case Waiting():
            return "waits", found.done
        case Refused():
            return "refused", found.why


def _teller(db: Database, closing_id: int) -> Tell:
    async def tell(progress: Progress) -> None:
        now = {"step": progress.step.value, "done": progress.done, "total": progress.total}
        async with db.begin() as session:
            await revenue_closing.note(session, closing_id, **now)

    return tell
