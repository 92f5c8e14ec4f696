"""What stands between a period and its lock: each point with its state, its owner and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from domain.ledger.reconciliation import Span
from domain.revenue.periods import Period
from domain.revenue.settings import Mode, RevenueSettings
from effects.lifecycle import EffectState
from flows.closing.import_report import history_since
from flows.closing.readiness import Block, verdict
from flows.closing.reconciliation import last_reading
from flows.revenue.arm_close import arm_judged
from flows.revenue.reports.around import Books, read_books
from flows.revenue.reports.tie_out import Tie, ties
from flows.sync.first_import import FAST
from store import (
    erp_mirror,
    revenue_changes,
    revenue_close,
    revenue_journals,
    revenue_periods,
)
from store.engine import Session
from store.parties import SubsidiaryRow
from store.revenue import RevenuePeriodRow, RevenueReviewRow


class Check(StrEnum):
    """The points of the list, in the order in which they are done."""

    SYNC = "sync"
    DRIFT = "drift"
    RECEIPTS = "receipts"
    EXCEPTIONS = "exceptions"
    MODIFICATIONS = "modifications"
    POSTED = "posted"
    TIE_OUT = "tie_out"
    JOURNALS = "journals"


class State(StrEnum):
    """DONE and EXPLAINED let the period be locked; LATER comes once what is before it is done."""

    DONE = "done"
    EXPLAINED = "explained"
    LATER = "later"
    OPEN = "open"


OWNERS: Mapping[Check, str] = {
    Check.SYNC: "controller",
    Check.DRIFT: "collector",
    Check.RECEIPTS: "collector",
    Check.EXCEPTIONS: "controller",
    Check.MODIFICATIONS: "controller",
    Check.POSTED: "controller",
    Check.TIE_OUT: "controller",
    Check.JOURNALS: "approver",
}
_BEFORE_POSTING = (
    Check.SYNC, Check.DRIFT, Check.RECEIPTS, Check.EXCEPTIONS, Check.MODIFICATIONS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One point. `open` are the keys of what stands in the way, as reviews name them.

    `names` are what people call them, in the same order, where that is something else.
    """

    check: Check
    state: State
    told: str
    open: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        return OWNERS[self.check]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The close of one period of one subsidiary. `row` is None before it was ever posted."""

    subsidiary: SubsidiaryRow
    period: Period
    mode: Mode
    row: RevenuePeriodRow | None
    points: tuple[Point, ...]

    def point(self, check: Check) -> Point:
        return next(point for point in self.points if point.check is check)

    @property
    def waiting(self) -> tuple[Point, ...]:
        return tuple(p for p in self.points if p.state in (State.OPEN, State.LATER))

    @property
    def may_post(self) -> bool:
        """Whether everything is done that must be before rows are written."""
        return all(
            self.point(check).state in (State.DONE, State.EXPLAINED) for check in _BEFORE_POSTING
        )

    @property
    def ready(self) -> bool:
        """Whether the period may be locked."""
        return not self.waiting


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    subsidiary: SubsidiaryRow
    period: Period
    mode: Mode
    settings: RevenueSettings
    row: RevenuePeriodRow | None
    reviews: Sequence[RevenueReviewRow]
    now: datetime

    @property
    def posted(self) -> bool:
        return self.row is not None and self.row.state in (
            revenue_periods.POSTED,
            revenue_periods.CLOSED,
        )


async def checklist(
    session: Session,
    subsidiary: SubsidiaryRow,
    period: Period,
    mode: Mode,
    settings: RevenueSettings,
    now: datetime,
) -> Checklist:
    """Look at everything as it stands now."""
    row = await revenue_periods.period(session, subsidiary.id, period.starts_on)
    said = await revenue_close.reviews(session, row.id) if row else []
    asked = _Asked(session, subsidiary, period, mode, settings, row, said, now)
    points = (
        await _sync(asked),
        *await _receivables(asked),
        await _exceptions(asked),
        await _modifications(asked),
        _posted(asked),
        await _tied(asked),
        await _journals(asked),
    )
    return Checklist(subsidiary, period, mode, row, points)


async def _sync(asked: _Asked) -> Point:
    """NetSuite was read after the last day of the period, and all of it is in these books."""
    over = datetime.combine(asked.period.ends_on + timedelta(days=1), time(), UTC)
    read = await erp_mirror.cursor(asked.session, FAST)
    if read is None or not read.watermark:
        return Point(Check.SYNC, State.OPEN, "NetSuite was never read")
    until = datetime.fromisoformat(read.watermark)
    if until < over:
        return Point(Check.SYNC, State.OPEN, f"NetSuite was read until {until:%Y-%m-%d %H:%M} UTC")
    unread = await revenue_close.unread_documents(asked.session)
    if unread:
        return Point(Check.SYNC, State.OPEN, f"{unread} documents are not in these books yet")
    return Point(Check.SYNC, State.DONE, f"read until {until:%Y-%m-%d %H:%M} UTC")


async def _receivables(asked: _Asked) -> tuple[Point, Point]:
    """Drift and unapplied receipts, as the month-end of receivables judges them."""
    span = Span(asked.period.starts_on, asked.period.ends_on)
    reading = await last_reading(asked.session, span)
    found = await verdict(asked.session, span, reading, await history_since(asked.session))
    counts = {blocker.block: blocker.count for blocker in found.blockers}
    drift = sum(counts.get(b, 0) for b in (Block.FINDINGS, Block.CONTROL_GAP))
    receipts = sum(counts.get(b, 0) for b in (Block.UNMATCHED, Block.POSTINGS))
    return (
        _counted(asked, Check.DRIFT, drift, "differences to NetSuite are open"),
        _counted(asked, Check.RECEIPTS, receipts, "receipts are not applied"),
    )


def _counted(asked: _Asked, check: Check, count: int, told: str) -> Point:
    """Done at nothing; explained where a person accepted at least so many, with a reason."""
    if not count:
        return Point(check, State.DONE, "nothing is open")
    said = _last(asked.reviews, check.value)
    if said is not None and (said.amount_minor or 0) >= count:
        why = f"{count} {told}: {said.reason} ({said.reviewed_by})"
        return Point(check, State.EXPLAINED, why)
    return Point(check, State.OPEN, f"{count} {told}", (check.value,))


async def _exceptions(asked: _Asked) -> Point:
    row_id = asked.row.id if asked.row else 0
    held = await revenue_close.held_lines(
        asked.session, row_id, asked.subsidiary.id, asked.period.ends_on
    )
    waiting = [line for line in held if not line.reviewed]
    if waiting:
        told = f"{len(waiting)} lines wait: {waiting[0].number}, {waiting[0].reason}"
        keys = tuple(f"held:{line.key}" for line in waiting)
        names = tuple(f"{line.number} line {line.key.rpartition(':')[2]}" for line in waiting)
        return Point(Check.EXCEPTIONS, State.OPEN, told, keys, names)
    if held:
        return Point(Check.EXCEPTIONS, State.EXPLAINED, f"{len(held)} lines wait and were reviewed")
    return Point(Check.EXCEPTIONS, State.DONE, "no line waits")


async def _modifications(asked: _Asked) -> Point:
    found = await revenue_changes.open_changes(asked.session, subsidiary_id=asked.subsidiary.id)
    if not found:
        return Point(Check.MODIFICATIONS, State.DONE, "no change waits for a decision")
    told = f"{len(found)} changes wait for a decision"
    keys = tuple(f"change:{change.id}" for change, _ in found)
    return Point(Check.MODIFICATIONS, State.OPEN, told, keys)


def _posted(asked: _Asked) -> Point:
    if asked.posted and asked.row is not None:
        at, by = asked.row.posted_at, asked.row.posted_by or "nobody known"
        told = f"posted {at:%Y-%m-%d %H:%M} UTC by {by}" if at else f"posted by {by}"
        return Point(Check.POSTED, State.DONE, told)
    return Point(Check.POSTED, State.OPEN, "the rows of the period are not written")


async def _tied(asked: _Asked) -> Point:
    if not asked.posted:
        return Point(Check.TIE_OUT, State.LATER, "once the period is posted")
    around = await read_books(asked.session, asked.settings, asked.now.date())
    found = await ties(asked.session, around, asked.subsidiary.id, asked.period)
    unread = [tie for tie in found if tie.theirs is None]
    if unread:
        told = f"the ledger was not read for {len(unread)} accounts"
        return _accounts(around, unread, told)
    apart = [tie for tie in found if tie.unexplained]
    if apart:
        return _accounts(around, apart, f"{len(apart)} accounts differ from the ledger")
    explained = any(tie.difference for tie in found)
    state = State.EXPLAINED if explained else State.DONE
    return Point(Check.TIE_OUT, state, f"{len(found)} accounts tied to the ledger")


def _accounts(around: Books, ties: Sequence[Tie], told: str) -> Point:
    keys = tuple(tie.subject for tie in ties)
    names = tuple(f"{around.accounts.get(t.account, t.account)}, {t.seller.currency}" for t in ties)
    return Point(Check.TIE_OUT, State.OPEN, told, keys, names)


async def _journals(asked: _Asked) -> Point:
    if not asked.posted or asked.row is None:
        return Point(Check.JOURNALS, State.LATER, "once the period is posted")
    if asked.row.mode == Mode.ARM.value:
        return await _arm(asked)
    sums = await revenue_journals.account_sums(asked.session, asked.row.id, asked.row.run)
    wanted = {(one.currency, one.base_currency) for one in sums if one.base}
    found = await revenue_journals.journals_of(asked.session, asked.row.id, asked.row.run)
    done = {(j.currency, j.base_currency) for j, e in found if e.state == EffectState.DONE}
    missing = sorted(wanted - done)
    if missing:
        named = ", ".join(currency for currency, _ in missing)
        states = ", ".join(sorted({e.state for _, e in found})) or "not proposed"
        return Point(Check.JOURNALS, State.OPEN, f"journals of {named}: {states}", _keys(missing))
    return Point(Check.JOURNALS, State.DONE, f"{len(wanted)} journals are in NetSuite")


async def _arm(asked: _Asked) -> Point:
    """Where NetSuite posts, its plans are to be equal, or a person says why they are not."""
    posted_at = asked.row.posted_at if asked.row else None
    found = await arm_judged(asked.session, asked.subsidiary.id, asked.period.ends_on, posted_at)
    if found.equal:
        state = State.EXPLAINED if found.rounding else State.DONE
        return Point(Check.JOURNALS, state, found.told)
    said = _last(asked.reviews, "arm")
    if said is not None:
        why = f"{found.told}: {said.reason} ({said.reviewed_by})"
        return Point(Check.JOURNALS, State.EXPLAINED, why)
    return Point(Check.JOURNALS, State.OPEN, found.told, ("arm",))


def _keys(missing: Collection[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"journal:{currency}" for currency, _ in missing)


def _last(reviews: Sequence[RevenueReviewRow], subject: str) -> RevenueReviewRow | None:
    return next((row for row in reversed(reviews) if row.subject == subject), None)
