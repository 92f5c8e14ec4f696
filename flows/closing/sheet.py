"""A period's reconciliation as rows for a table, a CSV file or a printed page."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ledger.money import Money
from domain.ledger.reconciliation import Figure, Line
from flows.closing.readiness import Block, Blocker, Verdict
from flows.closing.reconciliation import Reading

FIGURES = {
    Figure.INVOICED: "Invoiced",
    Figure.RECEIVED: "Payments received",
    Figure.CREDITED: "Credits",
    Figure.REFUNDED: "Refunds",
    Figure.OPEN: "Open invoices at the reading",
    Figure.UNAPPLIED: "Unapplied at the reading",
    Figure.DEPOSITED: "Bank deposits",
    Figure.CONTROL: "Receivables control total",
}
BLOCKS = {
    Block.NOT_READ: ("NetSuite was not asked for this period yet", ""),
    Block.READ_TOO_EARLY: ("the figures were read before the period ended", ""),
    Block.BEFORE_HISTORY: ("the period begins before the imported history", ""),
    Block.DIFFERENCE: ("unexplained difference", "unexplained differences"),
    Block.CONTROL_GAP: ("gap to the ledger's control total", "gaps to the ledger's control total"),
    Block.FINDINGS: ("open drift finding", "open drift findings"),
    Block.UNMATCHED: ("receipt that is not matched", "receipts that are not matched"),
    Block.POSTINGS: ("posting that waits", "postings that wait"),
    Block.UNCLEAR: ("act in NetSuite that is unclear or failed", "acts that are unclear or failed"),
    Block.DRAFTS: ("invoice that is not pushed", "invoices that are not pushed"),
}
HEADER = (
    "period",
    "first day",
    "last day",
    "read at",
    "subsidiary",
    "currency",
    "figure",
    "ours",
    "netsuite",
    "difference",
    "explained",
    "unexplained",
    "findings",
    "result",
)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one subsidiary and currency."""

    subsidiary: str
    currency: str
    lines: tuple[Line, ...]


def groups(lines: Sequence[Line], names: Mapping[str, str]) -> list[Group]:
    """Lines by subsidiary (its name) and currency, in order."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.place.subsidiary, line.place.currency), []).append(line)
    return [
        Group(names.get(subsidiary) or subsidiary or "The company", currency, tuple(of))
        for (subsidiary, currency), of in sorted(found.items())
    ]


def result(line: Line) -> str:
    """One word for a line: match, difference, explained, rounding or not compared."""
    if line.mirror is None or line.theirs is None:
        return "not compared"
    if not line.difference:
        return "match"
    if line.matches:
        return "rounding"
    return "difference" if line.unexplained else "explained"


def blocker_words(blocker: Blocker) -> str:
    """A blocker as a person reads it."""
    one, many = BLOCKS[blocker.block]
    if not many:
        return one[0].upper() + one[1:]
    return f"{blocker.count:,} {one if blocker.count == 1 else many}"


def verdict_words(verdict: Verdict) -> str:
    """The verdict in a line."""
    if verdict.ready:
        return "Ready to close."
    return "Not ready to close: " + "; ".join(map(blocker_words, verdict.blockers)) + "."


def as_csv(reading: Reading, names: Mapping[str, str]) -> str:
    """The reading as CSV with a header: amounts are plain decimal text, findings ids by space.

    Texts that a spreadsheet would take for a formula are quoted with an apostrophe.
    """
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(HEADER)
    for group in groups(reading.lines, names):
        for line in group.lines:
            sheet.writerow(_row(reading, group, line))
    return out.getvalue()


def _row(reading: Reading, group: Group, line: Line) -> list[str]:
    compared = line.mirror is not None and line.theirs is not None
    return [
        inert(reading.name),
        reading.span.first.isoformat(),
        reading.span.last.isoformat(),
        reading.read_at.isoformat(),
        inert(group.subsidiary),
        group.currency,
        FIGURES[line.figure],
        _plain(line.ours),
        _plain(line.theirs),
        line.difference.plain() if compared else "",
        line.explained.plain() if compared else "",
        line.unexplained.plain() if compared else "",
        " ".join(str(reason.finding_id) for reason in line.reasons),
        result(line),
    ]


def _plain(amount: Money | None) -> str:
    return "" if amount is None else amount.plain()


def inert(value: str) -> str:
    """Text from the ERP that no spreadsheet runs (OWASP: CSV injection)."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
