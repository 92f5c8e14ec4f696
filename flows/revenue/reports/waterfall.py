"""Deferred revenue still to be recognized: by period ahead, and held against the balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.ledger.money import Money
from domain.revenue.periods import Calendar, Period, following
from flows.revenue.reports.around import Books, question
from flows.revenue.reports.asked import BY, Asked
from flows.revenue.reports.opening import BEGINNING, END, narrows, opens
from flows.revenue.reports.pivot import titles
from flows.revenue.reports.table import Cell, Column, Report, Row, Table, summed
from store import revenue_reports
from store.engine import Session

ROWS = ("deferred", "customer", "contract", "invoice", "type", "subsidiary", "account")
AHEAD = 12
EMPTY = (
    "Nothing is deferred at this day. What is billed and not recognized yet stands here by the"
    " period in which it will be."
)
NOTE = (
    "Total = deferred in the books + billed and not in the books yet + apart. What stands apart is"
    " recognized before it is billed (a contract asset), or was changed after this day."
)
_WORDS = {
    "late": "Prior, unrecognized",
    "later": "Thereafter",
    "unplanned": "Unplanned",
    "total": "Total",
    "deferred": "Deferred in the books",
    "unbooked": "Billed, not in the books",
    "apart": "Apart",
}


@dataclass(frozen=True, slots=True)
class Fall:
    """One row: amounts by the start of their period, or "late", "later", "unplanned" and so on."""

    key: str | None
    currency: str
    amounts: Mapping[str, int]

    def of(self, column: str) -> int:
        if column == "total":
            return sum(
                minor for key, minor in self.amounts.items() if key not in ("deferred", "unbooked")
            )
        if column == "apart":
            return self.of("total") - self.of("deferred") - self.of("unbooked")
        return self.amounts.get(column, 0)


async def waterfall(session: Session, around: Books, asked: Asked) -> Report:
    """What is left at the end of the period of a day: late, twelve periods, then, unplanned."""
    by = asked.by if asked.by in ROWS else "deferred"
    asked = replace(asked, by=by)
    rows, ahead, warnings = await falls(session, around, asked)
    calendar = around.calendar(asked)
    known = await titles(session, around, calendar, by, {r.key for r in rows if r.key is not None})
    order = {key: place for place, key in enumerate(known)}
    rows = sorted(rows, key=lambda one: (order.get(one.key or "", len(order)), one.currency))
    table = _table(asked, calendar, rows, known, ahead)
    told = f"as of {calendar.of(asked.as_of).ends_on}, by {BY[by].lower()}"
    name = "Deferred revenue waterfall"
    return Report("waterfall", name, around.mode, told, (table,), (NOTE,), EMPTY, warnings)


async def falls(
    session: Session, around: Books, asked: Asked
) -> tuple[list[Fall], list[Period], tuple[str, ...]]:
    """The rows, and the periods ahead that have a column."""
    calendar = around.calendar(asked)
    at = calendar.of(asked.as_of)
    first = _first_ahead(around, asked, calendar, at)
    ahead = [first]
    while len(ahead) < AHEAD:
        ahead.append(following(calendar, ahead[-1]))
    at_rate = replace(asked, as_of=at.ends_on)
    asked_for, warnings = await question(session, around, at_rate, [(BEGINNING, at.ends_on)])
    told = asked_for.told
    if told.money == "group":
        windows = [replace(one, last=END) for one in told.windows]
        asked_for = replace(asked_for, told=replace(told, windows=windows))
    span = (ahead[0].starts_on, ahead[-1].ends_on)
    rows: dict[tuple[str | None, str], dict[str, int]] = {}
    for one in await revenue_reports.remaining(session, asked_for, asked.by, at.ends_on, span):
        amounts = rows.setdefault((one.row, one.currency), {})
        column = _column(calendar, one.column)
        amounts[column] = amounts.get(column, 0) + one.minor
    found = [Fall(*place, amounts) for place, amounts in rows.items() if any(amounts.values())]
    return found, ahead, warnings


def _first_ahead(around: Books, asked: Asked, calendar: Calendar, at: Period) -> Period:
    """The first period that was not posted at the end of `at`."""
    after = following(calendar, at)
    opened = around.open_from(asked)
    if opened is None:
        return at
    return after if opened > at.ends_on else calendar.of(max(opened, BEGINNING))


def _column(calendar: Calendar, column: str) -> str:
    if column in _WORDS:
        return column
    return calendar.of(date.fromisoformat(column)).starts_on.isoformat()


def _table(
    asked: Asked,
    calendar: Calendar,
    rows: Sequence[Fall],
    known: Mapping[str, str],
    ahead: Sequence[Period],
) -> Table:
    columns = [Column(asked.by, BY[asked.by]), Column("late", _WORDS["late"], number=True)]
    columns += [Column(one.starts_on.isoformat(), one.name, number=True) for one in ahead]
    columns += [Column(key, title, number=True) for key, title in _WORDS.items() if key != "late"]
    made = [_row(asked, calendar, one, known, columns) for one in rows]
    totals = summed(made, "Total", columns)
    return Table("Waterfall", tuple(columns), (*made, *totals), empty=EMPTY)


def _row(
    asked: Asked,
    calendar: Calendar,
    row: Fall,
    known: Mapping[str, str],
    columns: Sequence[Column],
) -> Row:
    name = "Others" if row.key is None else known[row.key]
    cells = [Cell(name)]
    for column in columns[1:]:
        minor = row.of(column.key)
        listed = None
        if narrows(row.key) and minor:
            listed = _opens(asked, calendar, row, column.key, columns)
        cells.append(Cell(Money(minor, row.currency), listed))
    return Row(tuple(cells))


def _opens(
    asked: Asked, calendar: Calendar, row: Fall, column: str, columns: Sequence[Column]
) -> Mapping[str, str] | None:
    """The lines as they stand now; what stands apart has none of its own."""
    keys = [(asked.by, row.key or "")]
    if asked.money == "transaction":
        keys.append(("currency", row.currency))
    at = calendar.of(asked.as_of)
    first = date.fromisoformat(columns[2].key)
    beyond = calendar.of(date.fromisoformat(columns[1 + AHEAD].key)).ends_on
    spans = {
        "late": (BEGINNING, first - timedelta(days=1)),
        "later": (beyond + timedelta(days=1), END),
        "total": (BEGINNING, END),
    }
    if column in ("unplanned", "unbooked", "apart"):
        return opens(asked, calendar, column, *keys) if column == "unplanned" else None
    if column == "deferred":
        posted = replace(asked, basis="posted")
        return opens(posted, calendar, "deferred", *keys, span=(BEGINNING, at.ends_on))
    if column in spans:
        return opens(asked, calendar, "remaining", *keys, span=spans[column])
    return opens(asked, calendar, "remaining", *keys, ("period", column))
