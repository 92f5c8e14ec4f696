"""All that is told about one period: its last reading, the verdict, the findings behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ledger.reconciliation import Span
from flows.closing.import_report import history_since
from flows.closing.readiness import Verdict, verdict
from flows.closing.reconciliation import Reading, last_reading
from store import drift, reconciliation
from store.drift import DriftFindingRow
from store.engine import Session
from store.erp_mirror import PostingPeriodRow
from store.parties import subsidiary_names


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """One period. `reading` is None before NetSuite was asked; `findings` are by id."""

    span: Span
    name: str
    reading: Reading | None
    verdict: Verdict
    names: Mapping[str, str]
    findings: Mapping[int, DriftFindingRow]


async def choices(session: Session, today: date) -> Sequence[PostingPeriodRow]:
    """Periods that one may choose, the latest first."""
    return await reconciliation.periods(session, today)


async def month_end(session: Session, span: Span, name: str) -> MonthEnd:
    """What is known about a period now."""
    reading = await last_reading(session, span)
    ids = {r.finding_id for line in reading.lines for r in line.reasons} if reading else set()
    found = {one: await drift.finding(session, one) for one in sorted(ids)}
    return MonthEnd(
        span=span,
        name=reading.name if reading else name,
        reading=reading,
        verdict=await verdict(session, span, reading, await history_since(session)),
        names=await subsidiary_names(session),
        findings={one: row for one, row in found.items() if row is not None},
    )


async def chosen(session: Session, wanted: str, today: date) -> PostingPeriodRow | None:
    """The period with this ERP id; by default the latest that ended and is open, or the latest."""
    rows = await choices(session, today)
    if wanted:
        return next((row for row in rows if row.netsuite_id == wanted), None)
    ended = [row for row in rows if not row.closed and row.ends_on < today]
    return next(iter([*ended, *rows]), None)
