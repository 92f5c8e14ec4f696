"""The lines behind a figure, and the revenue waterfall: each line with its periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.ledger.money import Money
from domain.revenue.periods import Period
from flows.revenue.reports.around import Books, question, reaching
from flows.revenue.reports.asked import Asked, near
from flows.revenue.reports.opening import END
from flows.revenue.reports.table import Cell, Column, Report, Row, Table, heads, summed
from store import revenue_contracts, revenue_drill
from store.engine import Session
from store.revenue import RevenueCellRow, RevenueObligationRow
from store.revenue_drill import Line

PAGE = 100
_TITLES = {
    "revenue": "Revenue net of contra revenue",
    "recognized": "Recognized revenue",
    "contra": "Contra revenue",
    "billings": "Billings into deferred revenue",
    "adjustments": "Adjustments of deferred revenue",
    "deferred": "Deferred revenue: what filled and what emptied it",
    "remaining": "Planned and not posted",
    "planned": "Everything planned",
    "papers": "Invoices, credits and write-offs",
    "unplanned": "Waits for a plan",
    "late": "Posted later than served",
    "service": "Planned revenue by period of service",
    "service_recognized": "Planned gross revenue by period of service",
    "service_contra": "Planned contra revenue by period of service",
}
KINDS = {
    "scheduled": "scheduled",
    "catch_up": "catch-up",
    "reversal": "reversal",
    "contra": "contra",
    "due": "due",
    "planned": "planned",
    "document": "document",
    "unplanned": "unplanned",
}
STATES = {"active": "Active", "held": "Held", "voided": "Voided"}
_TEXTS = ("Line", "Customer", "Record", "What", "Service", "Posted in", "Why")


async def lines_behind(session: Session, around: Books, asked: Asked) -> Report:
    """The rows that a figure adds up, a page of them; their sum is the figure."""
    what = asked.what if asked.what in revenue_drill.WHAT else "revenue"
    found = near(around.calendar(asked), asked.first, asked.last, around.today)
    spans = reaching([(one.starts_on, one.ends_on) for one in found])
    spans[-1] = (spans[-1][0], END)
    asked_for, warnings = await question(session, around, asked, spans)
    span = (asked.first, asked.last)
    rows = await revenue_drill.rows_behind(session, asked_for, what, span, asked.start)
    sums = await revenue_drill.sum_behind(session, asked_for, what, span)
    columns = heads(*_TEXTS, numbers=("Amount",))
    made = [_behind(one) for one in rows]
    made += [
        Row((Cell(f"Total {one.currency}, {one.rows} rows"), *[Cell()] * 6,
             Cell(Money(one.minor, one.currency))), total=True)
        for one in sums
    ]  # fmt: skip
    more = str(asked.start + len(rows)) if len(rows) == asked_for.most else ""
    table = Table(_TITLES[what], columns, tuple(made) if rows else (), next=more)
    told = f"{asked.first} to {asked.last}"
    return Report("lines", _TITLES[what], around.mode, told, (table,), (), _NOTHING, warnings)


_NOTHING = "No line fits this. Widen the time or remove a filter."


def _behind(one: Line) -> Row:
    name = f"{one.invoice or one.contract} {one.item}".strip()
    where = one.period if one.posted else "not posted"
    return Row(
        (
            Cell(name, href=f"/revenue/lines/{one.line_id}"),
            Cell(one.customer, href=f"/customers/{one.customer_id}" if one.customer_id else ""),
            Cell(one.record_id),
            Cell(KINDS.get(one.kind, one.kind)),
            Cell(one.service),
            Cell(where),
            Cell(one.because),
            Cell(Money(one.minor, one.currency)),
        )
    )


async def line_waterfall(session: Session, around: Books, asked: Asked) -> Report:
    """Each line with what was recognized, each period's plan, what remains, and its terms."""
    rows = await revenue_contracts.obligations(
        session, asked.scope, asked.status, asked.start, PAGE + 1
    )
    more = str(asked.start + PAGE) if len(rows) > PAGE else ""
    rows = rows[:PAGE]
    periods = around.periods(asked)[:24]
    span = (periods[0].starts_on, periods[-1].ends_on)
    cells: dict[int, list[RevenueCellRow]] = {}
    for cell in await revenue_contracts.cells(session, [one.id for one in rows], *span):
        cells.setdefault(cell.obligation_id, []).append(cell)
    columns = [*_heads(), *(Column(one.name, one.name, number=True) for one in periods)]
    in_base = asked.money != "transaction"
    made = [_line(one, cells.get(one.id, ()), periods, base=in_base) for one in rows]
    told = f"{asked.first} to {asked.last}, by period of service"
    table = Table("Lines", tuple(columns), (*made, *summed(made, "This page", columns)), next=more)
    notes = ("Periods show what is planned for them; what is not posted yet is marked.",)
    warnings = ("Lines are told in the subsidiary's currency, not the group's.",)
    return Report(
        "lines-waterfall", "Revenue waterfall by line", around.mode, told, (table,), notes,
        "No line fits. Lines appear here when invoices are read from NetSuite.",
        warnings if asked.money == "group" else (),
    )  # fmt: skip


def _heads() -> list[Column]:
    texts = ("Line", "Customer", "Booked", "Item", "Account", "Service", "Method", "State")
    numbers = ("List price", "Price", "Recognized", "Remaining", "Unplanned")
    return list(heads(*texts, numbers=numbers))


def _line(
    one: RevenueObligationRow,
    cells: Sequence[RevenueCellRow],
    periods: Sequence[Period],
    *,
    base: bool,
) -> Row:
    sums, unposted = dict[str, int](), set[str]()
    for cell in cells:
        minor = cell.base_minor if base else cell.amount_minor
        sums[cell.service_period] = sums.get(cell.service_period, 0) + minor
        if cell.amount_minor != cell.posted_minor:
            unposted.add(cell.service_period)
    currency = one.base_currency if base else one.currency
    figures = [
        Cell(
            Money(sums[period.name], currency),
            note="" if period.name not in unposted else "not posted",
        )
        if sums.get(period.name)
        else Cell()
        for period in periods
    ]
    return Row((*_terms(one), *_amounts(one), *figures))


def _terms(one: RevenueObligationRow) -> tuple[Cell, ...]:
    service = f"{one.starts_on} to {one.ends_on}" if one.starts_on else "no dates"
    return (
        Cell(f"{one.invoice_number} line {one.line}", href=f"/revenue/lines/{one.id}"),
        Cell(one.customer_name, href=f"/customers/{one.customer_id}" if one.customer_id else ""),
        Cell(one.billed_on),
        Cell(one.item_name),
        Cell(one.revenue_account),
        Cell(service),
        Cell(one.method.replace("_", " ")),
        Cell(STATES.get(one.status, one.status), note=one.hold_reason),
    )


def _amounts(one: RevenueObligationRow) -> tuple[Cell, ...]:
    """Price, recognized and remaining are told in the currency of the document."""
    whole = one.planned_minor + one.unplanned_minor
    alone = one.stand_alone_minor
    figures: Mapping[str, int | None] = {
        "list": alone,
        "price": one.amount_minor,
        "recognized": one.posted_minor,
        "remaining": whole - one.posted_minor,
        "unplanned": one.unplanned_minor,
    }
    return tuple(
        Cell(None if minor is None else Money(minor, one.currency)) for minor in figures.values()
    )
