"""Closing a period: post its rows, propose its journals, lock it; reopening; what people say.

What comes later goes to the next open period. Nothing that was posted is ever changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.revenue.periods import Period
from effects.actor import Person, Role
from effects.audit import Entry, record
from flows.desk import Desk
from flows.revenue import arm
from flows.revenue.checklist import Checklist, checklist
from flows.revenue.journal import propose_journals
from flows.revenue.mode import mode_in_force
from flows.revenue.posting import (
    OPENING,
    NotPosted,
    PeriodPosted,
    first_open,
    post_period,
    reopen_period,
)
from flows.revenue.progress import Progress, Step, Tell, silent
from flows.revenue.snapshot import take_snapshot
from store import revenue_events, revenue_periods
from store.engine import Session
from store.parties import SubsidiaryRow
from store.revenue import RevenuePeriodRow, RevenueReviewRow
from store.revenue_turns import BUSY, turn_soon


@dataclass(frozen=True, slots=True)
class Locked:
    """The period is closed for good; `sha256` is over everything it says."""

    period: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The period is not locked: what was done now, and the list of what is left."""

    done: str
    checklist: Checklist


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done, and why."""

    why: str


async def standing(
    session: Session, subsidiary: SubsidiaryRow, desk: Desk, now: datetime, on: date | None = None
) -> Checklist:
    """The list of the period that holds `on`; without it, of the next one to be locked."""
    calendar = desk.revenue.calendar_of(subsidiary.netsuite_id)
    period = calendar.of(on) if on else await next_to_lock(session, subsidiary, desk, now)
    mode = await mode_in_force(session, desk.revenue)
    return await checklist(session, subsidiary, period, mode, desk.revenue, now)


async def next_to_lock(
    session: Session, subsidiary: SubsidiaryRow, desk: Desk, now: datetime
) -> Period:
    """The posted one that waits for its lock, the first open one, or the last that is over."""
    calendar = desk.revenue.calendar_of(subsidiary.netsuite_id)
    posted = await revenue_periods.unlocked(session, subsidiary.id)
    if posted is not None:
        return calendar.of(posted.starts_on)
    expected = await first_open(session, subsidiary, desk.revenue)
    if expected is not None:
        return expected
    this = calendar.of(now.date())
    return calendar.of(date.fromordinal(this.starts_on.toordinal() - 1))


async def close(
    session: Session,
    subsidiary: SubsidiaryRow,
    on: date,
    desk: Desk,
    by: Person,
    now: datetime,
    tell: Tell = silent,
) -> Locked | Waiting | Refused:
    """Take a period as far as it goes: post it, propose its journals, and lock it once all is done.

    Safe to repeat; each call goes on where the last one stopped. `tell` hears how far it is.
    """
    if by.role is not Role.CONTROLLER:
        return Refused("a period is closed by a controller")
    await revenue_events.take_turns(session)
    await tell(Progress(Step.LOOK))
    found = await standing(session, subsidiary, desk, now, on)
    if found.row is not None and found.row.state == revenue_periods.CLOSED:
        return Refused(f"{found.period.name} is closed")
    done = ""
    if found.row is None or found.row.state != revenue_periods.POSTED:
        if not found.may_post:
            return Waiting("", found)
        posted = await _post(session, found, desk, by, now, tell)
        if isinstance(posted, NotPosted):
            return Refused(posted.why)
        done = f"{posted.rows} rows posted"
    row = await _journals(session, found, desk, by, now, tell)
    if done:
        await arm.wanted(session, desk.revenue)
    await tell(Progress(Step.CHECK))
    found = await standing(session, subsidiary, desk, now, on)
    if not found.ready:
        return Waiting(done, found)
    await tell(Progress(Step.LOCK))
    return await _lock(session, row, by, now)


async def _post(
    session: Session, found: Checklist, desk: Desk, by: Person, now: datetime, tell: Tell
) -> PeriodPosted | NotPosted:
    on, mode = found.period.starts_on, found.mode
    posted = await post_period(
        session, found.subsidiary, on, desk.revenue, mode, by.name, now, tell
    )
    if isinstance(posted, PeriodPosted):
        told = {"period": found.period.name, "run": posted.run, "rows": posted.rows}
        await _note(session, "revenue.period_posted", found.subsidiary, told, by, now)
    return posted


async def _journals(
    session: Session, found: Checklist, desk: Desk, by: Person, now: datetime, tell: Tell
) -> RevenuePeriodRow:
    """The posted period, its journals proposed."""
    await tell(Progress(Step.JOURNALS))
    seller = found.subsidiary
    row = await revenue_periods.period(session, seller.id, found.period.starts_on)
    if row is None:
        raise RuntimeError("a posted period has a row")
    await propose_journals(
        session, row, seller, tenant=desk.tenant, policy=desk.approval, by=by.actor, now=now
    )
    return row


async def _lock(session: Session, row: RevenuePeriodRow, by: Person, now: datetime) -> Locked:
    row.sha256 = await take_snapshot(session, row, now)
    row.state, row.closed_at, row.closed_by = revenue_periods.CLOSED, now, by.name
    session.add(row)
    await session.flush()
    told = {"period": row.name, "run": row.run, "sha256": row.sha256}
    entry = Entry(by.actor, "revenue.period_locked", "revenue_period", str(row.id), told)
    await record(session, entry, now)
    return Locked(row.name, row.sha256)


async def reopen(
    session: Session,
    subsidiary: SubsidiaryRow,
    on: date,
    reason: str,
    desk: Desk,
    by: Person,
    now: datetime,
) -> RevenuePeriodRow | Refused:
    """Let a locked period take postings again. Its rows stay; a new journal carries the new."""
    if by.role is not Role.CONTROLLER:
        return Refused("a period is reopened by a controller")
    if not reason.strip():
        return Refused("a reason is needed")
    if not await turn_soon(session):
        return Refused(BUSY)
    period = desk.revenue.calendar_of(subsidiary.netsuite_id).of(on)
    row = await revenue_periods.period(session, subsidiary.id, period.starts_on, for_update=True)
    if row is None or row.state != revenue_periods.CLOSED:
        return Refused(f"{period.name} is not closed")
    if row.mode == OPENING:
        return Refused(f"{period.name} was booked before these books began")
    unlocked = await revenue_periods.unlocked(session, subsidiary.id)
    if unlocked is not None:
        return Refused(f"{unlocked.name} is posted and not locked yet")
    await reopen_period(session, row, desk.revenue, by.name, reason, now)
    told = {"period": row.name, "reason": reason, "was": row.sha256}
    await _note(session, "revenue.period_reopened", subsidiary, told, by, now)
    return row


async def review(
    session: Session,
    subsidiary: SubsidiaryRow,
    on: date,
    subject: str,
    reason: str,
    desk: Desk,
    by: Person,
    now: datetime,
    *,
    amount_minor: int | None = None,
    currency: str = "",
) -> RevenueReviewRow | Refused:
    """Keep what a named person says about a point of the list: an exception, a difference."""
    if not reason.strip():
        return Refused("a reason is needed")
    period = desk.revenue.calendar_of(subsidiary.netsuite_id).of(on)
    row = await revenue_periods.period(session, subsidiary.id, period.starts_on, for_update=True)
    if row is not None and row.state == revenue_periods.CLOSED:
        return Refused(f"{period.name} is closed")
    if row is None:
        row = await _looked_at(session, subsidiary, period)
    said = RevenueReviewRow(
        period_id=row.id,
        subject=subject,
        amount_minor=amount_minor,
        currency=currency,
        reason=reason,
        reviewed_by=by.name,
        reviewed_at=now,
    )
    session.add(said)
    await session.flush()
    told = {"period": period.name, "subject": subject, "reason": reason}
    await _note(session, "revenue.reviewed", subsidiary, told, by, now)
    return said


async def _looked_at(
    session: Session, subsidiary: SubsidiaryRow, period: Period
) -> RevenuePeriodRow:
    """A period that people speak of before it is posted."""
    row = RevenuePeriodRow(
        subsidiary_id=subsidiary.id,
        name=period.name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )
    session.add(row)
    await session.flush()
    return row


async def _note(
    session: Session,
    action: str,
    subsidiary: SubsidiaryRow,
    told: Mapping[str, object],
    by: Person,
    now: datetime,
) -> None:
    entry = Entry(by.actor, action, "revenue_books", str(subsidiary.id), told)
    await record(session, entry, now)
