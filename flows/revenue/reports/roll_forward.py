"""Deferred revenue from opening to closing, by account, customer, contract, invoice or period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.ledger.money import Money
from domain.revenue.periods import Calendar
from flows.revenue.reports.around import Books, question, reaching
from flows.revenue.reports.asked import BASIS, BY, Asked
from flows.revenue.reports.opening import BEGINNING, narrows, opens
from flows.revenue.reports.pivot import titles
from flows.revenue.reports.table import Cell, Report, Row, Table, heads, summed
from store import revenue_reports
from store.engine import Session
from store.revenue_reports import Sum

ROWS = ("period", "deferred", "customer", "contract", "invoice", "type", "subsidiary")
STEPS = ("opening", "billings", "recognized", "adjustments", "fx", "closing", "contra")
_TITLES = {
    "opening": "Opening",
    "billings": "Billings",
    "recognized": "Recognized",
    "adjustments": "Adjustments",
    "fx": "Exchange difference",
    "closing": "Closing",
    "contra": "Contra revenue (beside)",
}
EMPTY = (
    "Nothing was billed into deferred revenue in this time. It begins with the first invoice line"
    " that is recognized over time."
)
NOTE = (
    "Opening + billings - recognized + adjustments = closing. Contra revenue reduces revenue beside"
    " it and does not pass through deferred revenue."
)


@dataclass(frozen=True, slots=True)
class Rolled:
    """One row, in minor units of `currency`. `posted` tells whether all of it is in the books."""

    key: str | None
    currency: str
    steps: Mapping[str, int]
    posted: bool

    @property
    def closing(self) -> int:
        steps = self.steps
        moved = steps["billings"] - steps["recognized"] + steps["adjustments"]
        return steps["opening"] + moved + steps["fx"]


async def roll_forward(session: Session, around: Books, asked: Asked) -> Report:
    """Deferred revenue over a span of periods; each figure opens its lines."""
    by = asked.by if asked.by in ROWS else "period"
    asked = replace(asked, by=by)
    rows, warnings = await rolled(session, around, asked)
    calendar = around.calendar(asked)
    keys = {one.key for one in rows if one.key is not None}
    known = await titles(session, around, calendar, by, keys)
    order = {key: place for place, key in enumerate(known)}
    rows = sorted(rows, key=lambda one: (order.get(one.key or "", len(order)), one.currency))
    table = _table(asked, calendar, rows, known)
    told = f"{BASIS[asked.basis]}; {asked.first} to {asked.last}"
    name = "Deferred revenue roll-forward"
    return Report("roll-forward", name, around.mode, told, (table,), (NOTE,), EMPTY, warnings)


async def rolled(
    session: Session, around: Books, asked: Asked
) -> tuple[list[Rolled], tuple[str, ...]]:
    """The rows, closed to the unit; in the group's currency with what rates alone changed."""
    spans = [(one.starts_on, one.ends_on) for one in around.periods(asked)]
    whole = (spans[0][0], spans[-1][1])
    asked_for, warnings = await question(session, around, asked, reaching(spans))
    by_period = asked.by == "period"
    key = "period" if by_period else asked.by
    found = await revenue_reports.steps(session, asked_for, key, whole)
    if by_period:
        return _by_period(around.calendar(asked), found, whole[0]), warnings
    rows = _folded(found)
    if asked.money == "group":
        rows = await _with_rates(session, around, asked, rows, whole)
    return rows, warnings


def _folded(found: Sequence[Sum]) -> list[Rolled]:
    rows: dict[tuple[str | None, str], dict[str, int]] = {}
    due: set[tuple[str | None, str]] = set()
    for one in found:
        place = (one.row, one.currency)
        steps = rows.setdefault(place, dict.fromkeys(STEPS[:-2], 0) | {"contra": 0})
        steps[one.column] += one.minor
        if not one.posted and one.minor:
            due.add(place)
    return [
        Rolled(*place, steps, place not in due)
        for place, steps in rows.items()
        if any(steps.values())
    ]


def _by_period(calendar: Calendar, found: Sequence[Sum], first: date) -> list[Rolled]:
    """One row for each period with a movement, each opening where the one before closed."""
    opening: dict[str, int] = {}
    moved = list[Sum]()
    for one in found:
        if one.column == "opening":
            opening[one.currency] = opening.get(one.currency, 0) + one.minor
        else:
            start = calendar.of(date.fromisoformat(one.row or first.isoformat())).starts_on
            moved.append(replace(one, row=start.isoformat()))
    rows = list[Rolled]()
    for row in sorted(_folded(moved), key=lambda one: (one.currency, one.key or "")):
        steps = {**row.steps, "opening": opening.get(row.currency, 0)}
        made = replace(row, steps=steps)
        opening[row.currency] = made.closing
        rows.append(made)
    return rows


async def _with_rates(
    session: Session, around: Books, asked: Asked, rows: list[Rolled], whole: tuple[date, date]
) -> list[Rolled]:
    """Closings at the rate of the last day; what movements do not explain is due to rates."""
    asked_for, _ = await question(session, around, asked, [(BEGINNING, whole[1])])
    found = _folded(await revenue_reports.steps(session, asked_for, asked.by, whole))
    closings = {(one.key, one.currency): one.closing for one in found}
    return [
        replace(
            one,
            steps={**one.steps, "fx": closings.get((one.key, one.currency), 0) - one.closing},
        )
        for one in rows
    ]


def _table(
    asked: Asked, calendar: Calendar, rows: Sequence[Rolled], known: Mapping[str, str]
) -> Table:
    steps = [one for one in STEPS if one != "fx" or asked.money == "group"]
    columns = heads(BY[asked.by], numbers=[_TITLES[one] for one in steps])
    made = [_row(asked, calendar, one, known, steps) for one in rows]
    totals = summed(made, "Total", columns) if asked.by != "period" else []
    return Table("Roll-forward", columns, (*made, *totals), empty=EMPTY)


def _row(
    asked: Asked,
    calendar: Calendar,
    row: Rolled,
    known: Mapping[str, str],
    steps: Sequence[str],
) -> Row:
    name = "Others" if row.key is None else known[row.key]
    cells = [Cell(name, note="" if row.posted else "not posted yet")]
    for step in steps:
        minor = row.closing if step == "closing" else row.steps[step]
        asks = _opens(asked, calendar, row, step) if narrows(row.key) and step != "fx" else None
        cells.append(Cell(Money(minor, row.currency), asks))
    return Row(tuple(cells))


def _opens(asked: Asked, calendar: Calendar, row: Rolled, step: str) -> Mapping[str, str]:
    first, last = asked.first, asked.last
    keys = [("currency", row.currency)] if asked.money == "transaction" else []
    if asked.by == "period":
        period = calendar.of(date.fromisoformat(row.key or first.isoformat()))
        first, last = period.starts_on, period.ends_on
    else:
        keys.append((asked.by, row.key or ""))
    if step in ("opening", "closing"):
        until = last if step == "closing" else first - timedelta(days=1)
        return opens(asked, calendar, "deferred", *keys, span=(BEGINNING, until))
    return opens(asked, calendar, step, *keys, span=(first, last))
