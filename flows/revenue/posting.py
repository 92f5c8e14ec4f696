"""Posting a period: what is planned up to it and not posted becomes rows that stay for ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.revenue.events import PeriodClosed, PeriodReopened
from domain.revenue.ledger import DocumentPosting, Posting
from domain.revenue.periods import Calendar, Period, covering, following
from domain.revenue.settings import Mode, RevenueSettings
from flows.revenue.progress import Counting, Step, Tell, silent
from flows.revenue.project import Replayed, put, replayed
from flows.revenue.recording import stored
from store import revenue_closing, revenue_events, revenue_periods, revenue_posting
from store.engine import Session
from store.parties import SubsidiaryRow
from store.revenue import RevenuePeriodRow
from store.revenue_posting import Due, Rows

OPENING = "opening"
_DAY = timedelta(days=1)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PeriodPosted:
    """The rows of a period are written; how many, and in which posting of it."""

    period_id: int
    run: int
    rows: int


@dataclass(frozen=True, slots=True)
class NotPosted:
    """Nothing was written, and why."""

    why: str


async def first_open(
    session: Session, subsidiary: SubsidiaryRow, settings: RevenueSettings
) -> Period | None:
    """The period that takes the next postings; None before the books begin."""
    calendar = settings.calendar_of(subsidiary.netsuite_id)
    again = await revenue_periods.reopened(session, subsidiary.id)
    if again is not None:
        return calendar.of(again.starts_on)
    last = await revenue_periods.last_posted(session, subsidiary.id)
    return following(calendar, calendar.of(last.starts_on)) if last else None


async def post_period(
    session: Session,
    subsidiary: SubsidiaryRow,
    on: date,
    settings: RevenueSettings,
    mode: Mode,
    by: str,
    now: datetime,
    tell: Tell = silent,
) -> PeriodPosted | NotPosted:
    """Post the period that holds `on`. Only the first open one can be, and only once it is over.

    The first posting of a subsidiary begins its books: what is older was booked elsewhere and is
    put into its own periods, without journals.
    """
    await revenue_events.take_turns(session)
    period = settings.calendar_of(subsidiary.netsuite_id).of(on)
    why = await _refused(session, subsidiary, period, settings, now)
    if why:
        return NotPosted(why)
    lines = await revenue_closing.lines_of(session, subsidiary.id)
    if await revenue_periods.last_posted(session, subsidiary.id) is None:
        before = Counting(tell, Step.BEGIN, lines)
        await _begin(session, subsidiary, period, settings, by, now, before)
    counting = Counting(tell, Step.POST, lines)
    await counting.left(lines)
    row = await _taken_up(session, subsidiary, period, mode, by, now)
    due = Due(subsidiary.id, period.starts_on, period.ends_on, row.run, row.id)
    later = await revenue_events.dated_after(session, subsidiary.id, period.ends_on)
    anew = await revenue_events.begun_anew(session, subsidiary.id)
    apart = sorted({*later, *anew})
    rows = await revenue_posting.post_due(session, due, apart)
    await revenue_posting.stand(session, [row.id], row.run)
    await revenue_events.append_events(session, [_closing(subsidiary, period, row.run, now)])
    rows += await _post_apart(
        session, apart, {period.starts_on: row.id}, row.run, settings, now, counting
    )
    await revenue_posting.add_up(session, [row.id], row.run)
    return PeriodPosted(row.id, row.run, rows)


async def _taken_up(
    session: Session, subsidiary: SubsidiaryRow, period: Period, mode: Mode, by: str, now: datetime
) -> RevenuePeriodRow:
    row = await _row(session, subsidiary, period)
    row.state, row.mode, row.run = revenue_periods.POSTED, mode.value, row.run + 1
    row.posted_at, row.posted_by = now, by
    session.add(row)
    await session.flush()
    return row


def _closing(
    subsidiary: SubsidiaryRow, period: Period, run: int, now: datetime
) -> Mapping[str, object]:
    event = PeriodClosed(f"close:{subsidiary.id}:{period.starts_on}:{run}", 1, period.ends_on)
    return stored(event, subsidiary.id, now)


async def reopen_period(
    session: Session, row: RevenuePeriodRow, settings: RevenueSettings, by: str, why: str,
    now: datetime,
) -> None:  # fmt: skip
    """Let a closed period take postings again. What is in it stays."""
    await revenue_events.take_turns(session)
    event = PeriodReopened(
        f"reopen:{row.subsidiary_id}:{row.starts_on}:{row.run}", 1, row.starts_on, by, why
    )
    waiting = await revenue_events.unsettled_lines(session, row.subsidiary_id)
    await revenue_events.append_events(session, [stored(event, row.subsidiary_id, now)])
    row.state, row.reopened_at = revenue_periods.REOPENED, now
    row.reopened_by, row.reopened_because = by, why
    session.add(row)
    await session.flush()
    await _project_apart(session, waiting, settings, now)


async def _refused(
    session: Session, subsidiary: SubsidiaryRow, period: Period, settings: RevenueSettings,
    now: datetime,
) -> str:  # fmt: skip
    expected = await first_open(session, subsidiary, settings)
    unlocked = await revenue_periods.unlocked(session, subsidiary.id)
    if unlocked is not None:
        return f"{unlocked.name} is posted and not locked yet"
    if expected is not None and period != expected:
        return f"{expected.name} comes first"
    if period.ends_on >= now.date():
        return f"{period.name} is not over before {period.ends_on + _DAY}"
    return ""


async def _begin(
    session: Session, subsidiary: SubsidiaryRow, first: Period, settings: RevenueSettings,
    by: str, now: datetime, counting: Counting,
) -> None:  # fmt: skip
    """Everything before the first period, in its own periods, which are closed as they come."""
    calendar, last = settings.calendar_of(subsidiary.netsuite_id), first.starts_on - _DAY
    await counting.left(counting.of)
    ids = await _earlier(session, subsidiary, calendar, last, by, now)
    due = Due(subsidiary.id, last, last, 1, 0)
    apart = await revenue_events.changed_lines(session, subsidiary.id)
    if ids:
        await revenue_posting.post_before(session, due, apart)
        await revenue_posting.stand(session, list(ids.values()), 1)
    event = PeriodClosed(f"{OPENING}:{subsidiary.id}", 1, last)
    await revenue_events.append_events(session, [stored(event, subsidiary.id, now)])
    await _post_apart(session, apart, ids, 1, settings, now, counting)
    await revenue_posting.add_up(session, list(ids.values()), 1)


async def _earlier(
    session: Session, subsidiary: SubsidiaryRow, calendar: Calendar, last: date, by: str,
    now: datetime,
) -> Mapping[date, int]:  # fmt: skip
    earliest = await revenue_posting.earliest(session, subsidiary.id)
    if earliest is None or earliest > last:
        return {}
    ids: dict[date, int] = {}
    for period in covering(calendar, earliest, last):
        row = await _row(session, subsidiary, period)
        row.state, row.mode, row.run = revenue_periods.CLOSED, OPENING, 1
        row.posted_at = row.closed_at = now
        row.posted_by = row.closed_by = by
        session.add(row)
        await session.flush()
        ids[period.starts_on] = row.id
    return ids


async def _row(session: Session, subsidiary: SubsidiaryRow, period: Period) -> RevenuePeriodRow:
    known = await revenue_periods.period(session, subsidiary.id, period.starts_on, for_update=True)
    return known or RevenuePeriodRow(
        subsidiary_id=subsidiary.id,
        name=period.name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )


async def _post_apart(
    session: Session,
    keys: Sequence[str],
    periods: Mapping[date, int],
    run: int,
    settings: RevenueSettings,
    now: datetime,
    counting: Counting,
) -> int:
    """Replay lines with the closing among their events: their new rows, and what they plan now."""
    count = 0
    for start in range(0, len(keys), _AT_ONCE):
        await counting.left(len(keys) - start)
        some = keys[start : start + _AT_ONCE]
        found = await replayed(session, some, settings)
        known = await revenue_posting.row_counts(session, some)
        postings = [row for one in found for row in _postings(one, known[one.key], periods, run)]
        papers = [row for one in found for row in _papers(one, known[one.key], periods, run)]
        await revenue_posting.put_rows(session, postings, papers)
        await put(session, found, now)
        count += len(postings) + len(papers)
    return count


async def _project_apart(
    session: Session, keys: Sequence[str], settings: RevenueSettings, now: datetime
) -> None:
    for start in range(0, len(keys), _AT_ONCE):
        found = await replayed(session, keys[start : start + _AT_ONCE], settings)
        await put(session, found, now)


def _postings(
    one: Replayed, known: Rows, periods: Mapping[date, int], run: int
) -> Iterator[tuple[object, ...]]:
    for row in one.ledger.postings[known.postings :]:
        yield (known.obligation_id, *_posting(row, periods[row.posting_period.starts_on], run))


def _posting(row: Posting, period_id: int, run: int) -> tuple[object, ...]:
    made, service = row.obligation, row.service_period
    return (
        row.record_id, service.name, service.starts_on, period_id, run, row.kind.value,
        row.role.value, row.amount.currency, row.base.currency, made.revenue_account,
        made.deferred_account, made.contra_account, made.revenue_type, row.amount.minor,
        row.base.minor, row.because,
    )  # fmt: skip


def _papers(
    one: Replayed, known: Rows, periods: Mapping[date, int], run: int
) -> Iterator[tuple[object, ...]]:
    for row in one.ledger.documents[known.documents :]:
        yield (known.obligation_id, *_paper(row, periods[row.posting_period.starts_on], run))


def _paper(row: DocumentPosting, period_id: int, run: int) -> tuple[object, ...]:
    return (
        row.record_id, period_id, run, row.billing, row.amount.currency, row.base.currency,
        row.obligation.deferred_account, row.amount.minor, row.base.minor, row.claim.minor,
        row.bad_debt.minor,
    )  # fmt: skip
