"""The report of the first import: what came, what is missing, and whether it ties to the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.ledger.money import Money
from domain.ledger.reconciliation import Figure, Line, Place
from erp.port import Erp
from flows.closing.erp_figures import Asked, ask, figures
from flows.closing.reconciliation import control_lines, kept, line_of
from flows.sync.first_import import SCOPE, closed_days_in_scope, imported
from store import erp_mirror, import_report, reconciliation
from store.engine import Database, Session
from store.import_report import ImportReportRow
from store.imported import ImportFilter, import_counts
from store.outgoing import emit

_MOST_LEFT_OUT = 1000


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a finished first import brought.

    `opens` compare open invoices by subsidiary and currency, `controls` each subsidiary's
    receivables with the ledger's control total. `left_out` name documents with the reason.
    """

    finished_at: datetime
    history_since: date
    counts: Mapping[str, int]
    opens: tuple[Line, ...]
    controls: tuple[Line, ...]
    unapplied: tuple[Money, ...]
    without_contact: int
    left_out: tuple[str, ...]

    @property
    def ties(self) -> bool:
        """Whether every sum that the ERP told is ours, but for rounding."""
        return all(line.matches for line in (*self.opens, *self.controls))


async def history_since(session: Session) -> date | None:
    """The first day whose documents were imported whole; None before the first import."""
    scope = await erp_mirror.cursor(session, SCOPE)
    if scope is None:
        return None
    return scope.updated_at.date() - timedelta(days=await closed_days_in_scope(session))


async def missing(session: Session) -> bool:
    """Whether a first import is finished and nothing was reported of it."""
    return await imported(session) and await import_report.latest(session) is None


async def finish(db: Database, erp: Erp, left_out: Sequence[str], now: datetime) -> ImportReport:
    """Compare what was imported with the ERP's own sums, keep the report and tell the outside.

    To be called right after the import. Raises ErpUnavailable.
    """
    asked = await ask(erp)
    async with db.begin() as session:
        row = await _row(session, asked, (*left_out, *asked.refused), now)
        session.add(row)
        told = report_of(row)
        await emit(session, "import.finished", "import", _in_short(told), now)
    return told


async def latest(session: Session) -> ImportReport | None:
    """The report of the latest first import, or None."""
    row = await import_report.latest(session)
    return report_of(row) if row is not None else None


def report_of(row: ImportReportRow) -> ImportReport:
    """The row as a value."""
    lines = [line_of(raw) for raw in row.figures]
    return ImportReport(
        finished_at=row.finished_at,
        history_since=row.history_since,
        counts={
            name: int(str(row.counts[name])) for name in import_report.ORDER if name in row.counts
        },
        opens=tuple(line for line in lines if line.figure is Figure.OPEN),
        controls=tuple(line for line in lines if line.figure is Figure.CONTROL),
        unapplied=tuple(
            Money(int(str(one["minor"])), str(one["currency"])) for one in row.unapplied
        ),
        without_contact=row.without_contact,
        left_out=tuple(row.left_out),
    )


def gap_words(line: Line, left_out: int) -> str:
    """Why a sum of ours is not the ERP's, as far as that can be known; "" when it is."""
    if line.theirs is None:
        return "The role may not read this sum in NetSuite."
    if not line.difference:
        return ""
    if line.matches:
        return "Rounding of documents that are in another currency than the books."
    if left_out:
        what = "1 document was" if left_out == 1 else f"{left_out} documents were"
        return f"{what} left out; see the reasons below."
    if line.figure is Figure.CONTROL:
        return (
            "Postings on receivable accounts that are no customer's document: journals without a "
            "customer, or a currency revaluation."
        )
    return "Documents that NetSuite counts and did not show to this role."


async def _row(
    session: Session, asked: Asked, left_out: Sequence[str], now: datetime
) -> ImportReportRow:
    today = now.date()
    sums = await reconciliation.sums(session, today, today)
    lines = (*_opens(asked, sums), *await control_lines(session, asked))
    unapplied: dict[str, int] = {}
    for one in sums:
        if one.figure == Figure.UNAPPLIED:
            unapplied[one.currency] = unapplied.get(one.currency, 0) + one.minor
    owing = await import_counts(session, ImportFilter(owing=True))
    return ImportReportRow(
        finished_at=now,
        history_since=await history_since(session) or today,
        counts=dict(await import_report.count(session)),
        figures=[kept(line) for line in lines],
        unapplied=[{"currency": c, "minor": minor} for c, minor in sorted(unapplied.items())],
        without_contact=owing.states["needs_contact"],
        left_out=list(left_out[:_MOST_LEFT_OUT]),
    )


def _opens(asked: Asked, sums: Sequence[reconciliation.Sum]) -> list[Line]:
    ours = {
        Place(one.subsidiary, one.currency): Money(one.minor, one.currency)
        for one in sums
        if one.figure == Figure.OPEN
    }
    theirs = {
        place: amount
        for (figure, place), amount in figures(asked, {}, ()).items()
        if figure is Figure.OPEN
    }
    silent = Figure.OPEN in asked.silent
    return [
        Line(
            Figure.OPEN,
            place,
            ours.get(place, Money.zero(place.currency)),
            None if silent else theirs.get(place, Money.zero(place.currency)),
        )
        for place in sorted({*ours, *theirs}, key=lambda p: (p.subsidiary, p.currency))
    ]


def _in_short(report: ImportReport) -> dict[str, object]:
    return {
        "counts": dict(report.counts),
        "ties": report.ties,
        "without_contact": report.without_contact,
        "left_out": len(report.left_out),
        "open": [
            {
                "subsidiary": line.place.subsidiary,
                "minor": line.mirror.minor,
                "currency": line.place.currency,
            }
            for line in report.opens
            if line.mirror is not None
        ],
    }
