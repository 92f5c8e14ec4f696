"""Month-end: both sides of a period read at one moment, kept, and told with what blocks closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import isqrt

from domain.ledger.drift import DriftKind
from domain.ledger.drift_record import state_of
from domain.ledger.money import Money
from domain.ledger.reconciliation import Figure, Finding, Line, Place, Reason, Span, Sums, lines
from erp.port import Erp
from flows.closing.erp_figures import Asked, ask, deposits, figures
from store import drift, reconciliation
from store.drift import DriftFindingRow
from store.engine import Database, Session
from store.jobs import Job, enqueue
from store.parties import CustomerRow, SubsidiaryRow
from store.reconciliation import ReconciliationRow

READ = "reconciliation.read"


@dataclass(frozen=True, slots=True)
class Reading:
    """A period as both sides stood at `read_at`."""

    span: Span
    name: str
    read_at: datetime
    lines: tuple[Line, ...]

    @property
    def unexplained(self) -> tuple[Line, ...]:
        """Lines with a difference that nothing explains."""
        return tuple(line for line in self.lines if line.unexplained)


async def wanted(session: Session, span: Span) -> bool:
    """Ask for a reading of a period by a job; False when one waits already."""
    days = {"first": span.first.isoformat(), "last": span.last.isoformat()}
    once = f"{READ}:{days['first']}:{days['last']}"
    return await enqueue(session, Job(READ, days, lane="sync", once=once))


async def current_spans(session: Session, today: date) -> Sequence[Span]:
    """The period of today and, for a month, those that ended and are still open."""
    rows = await reconciliation.periods(session, today)
    return [
        Span(row.starts_on, row.ends_on)
        for row in rows
        if not row.closed and row.ends_on > today - timedelta(days=62)
    ]


async def read(db: Database, erp: Erp, span: Span, now: datetime) -> Reading:
    """Ask the ERP for its figures and keep them beside ours of the same moment.

    To be called right after a pass. Raises ErpUnavailable or ErpRefused.
    """
    asked = await ask(erp, span)
    async with db.begin() as session:
        found = await _compared(session, asked, span)
        name = await _name(session, span)
        row = ReconciliationRow(
            first_on=span.first,
            last_on=span.last,
            name=name,
            read_at=now,
            figures=[kept(line) for line in found],
        )
        await reconciliation.keep(session, row)
    return Reading(span, name, now, found)


async def last_reading(session: Session, span: Span) -> Reading | None:
    """The figures of a period as they were last read, or None."""
    row = await reconciliation.reading(session, span.first, span.last)
    if row is None:
        return None
    return Reading(span, row.name, row.read_at, tuple(map(line_of, row.figures)))


async def control_lines(session: Session, asked: Asked) -> tuple[Line, ...]:
    """Each subsidiary's receivables by our documents against the ledger's control total."""
    theirs = {
        place: amount
        for (figure, place), amount in figures(asked, {}, ()).items()
        if figure is Figure.CONTROL
    }
    silent = Figure.CONTROL in asked.silent
    base = next((place.currency for place in theirs if not place.subsidiary), "")
    sums = await reconciliation.base_sums(session, base)
    ours = {Place(one.subsidiary, one.currency): one for one in sums}
    return tuple(
        Line(
            Figure.CONTROL,
            place,
            Money(ours[place].minor if place in ours else 0, place.currency),
            None if silent else theirs.get(place, Money.zero(place.currency)),
            tolerance=_rounding(ours[place]) if place in ours else 0,
        )
        for place in sorted({*ours, *theirs}, key=lambda p: (p.subsidiary, p.currency))
    )


def _rounding(sum_: reconciliation.BaseSum) -> int:
    """Minor units that converting may make up.

    An open document is off by one at most; what is left of settled ones adds up like a random walk.
    """
    return sum_.converted + 2 * isqrt(sum_.foreign)


async def mirror_sums(session: Session, span: Span) -> Sums:
    """The mirror's figures of a period."""
    return {
        (Figure(one.figure), Place(one.subsidiary, one.currency)): Money(one.minor, one.currency)
        for one in await reconciliation.sums(session, span.first, span.last)
    }


async def standing_findings(session: Session) -> list[Finding]:
    """Drift findings that are not closed, hidden ones too, as far as they are about documents."""
    rows = [r for r in await drift.standing(session) if r.document_kind not in drift.NO_DOCUMENTS]
    places = await _places(session, rows)
    return [
        Finding(
            row.id,
            DriftKind(row.kind),
            places[row.id],
            state_of(row.ours) if row.ours else None,
            state_of(row.theirs) if row.theirs else None,
        )
        for row in rows
    ]


async def _compared(session: Session, asked: Asked, span: Span) -> tuple[Line, ...]:
    mixed = await reconciliation.mixed_subsidiaries(session)
    theirs = figures(asked, await reconciliation.homes(session), mixed)
    documents = {key: value for key, value in theirs.items() if key[0] is not Figure.CONTROL}
    found = lines(
        await mirror_sums(session, span),
        documents,
        await standing_findings(session),
        span,
        theirs_only=deposits(asked),
    )
    told = [
        replace(line, theirs=None)
        if line.figure in asked.silent
        or (line.figure is Figure.UNAPPLIED and line.place.subsidiary in mixed)
        else line
        for line in found
    ]
    return (*told, *await control_lines(session, asked))


async def _places(session: Session, rows: Sequence[DriftFindingRow]) -> Mapping[int, str]:
    """The subsidiary's ERP id of each finding: its own, or its customer's."""
    found: dict[int, str] = {}
    for row in rows:
        subsidiary_id = row.subsidiary_id
        if subsidiary_id is None and row.customer_id is not None:
            customer = await session.get(CustomerRow, row.customer_id)
            subsidiary_id = customer.subsidiary_id if customer else None
        known = await session.get(SubsidiaryRow, subsidiary_id) if subsidiary_id else None
        found[row.id] = known.netsuite_id if known else ""
    return found


async def _name(session: Session, span: Span) -> str:
    for row in await reconciliation.periods(session, span.last, limit=200):
        if (row.starts_on, row.ends_on) == (span.first, span.last):
            return row.name
    return f"{span.first.isoformat()} to {span.last.isoformat()}"


def kept(line: Line) -> dict[str, object]:
    """A line as plain JSON."""
    return {
        "figure": line.figure.value,
        "subsidiary": line.place.subsidiary,
        "currency": line.place.currency,
        "mirror": line.mirror.minor if line.mirror is not None else None,
        "theirs": line.theirs.minor if line.theirs is not None else None,
        "reasons": [[reason.finding_id, reason.amount.minor] for reason in line.reasons],
        "tolerance": line.tolerance,
    }


def line_of(raw: Mapping[str, object]) -> Line:
    """The line that `kept` wrote."""
    currency = str(raw["currency"])
    reasons = raw["reasons"]
    return Line(
        Figure(str(raw["figure"])),
        Place(str(raw["subsidiary"]), currency),
        _money(raw["mirror"], currency),
        _money(raw["theirs"], currency),
        tuple(Reason(int(one), Money(int(minor), currency)) for one, minor in reasons)
        if isinstance(reasons, list)
        else (),
        tolerance=int(str(raw["tolerance"])),
    )


def _money(minor: object, currency: str) -> Money | None:
    return Money(minor, currency) if isinstance(minor, int) else None
