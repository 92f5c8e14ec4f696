"""What needs somebody's eye before a period closes: each with the place where it is settled."""

from __future__ import annotations

from datetime import timedelta

from domain.ledger.money import Money
from flows.revenue.reports.around import Books
from flows.revenue.reports.asked import Asked
from flows.revenue.reports.lines import PAGE
from flows.revenue.reports.opening import opens
from flows.revenue.reports.table import Cell, Report, Row, Table, heads
from store import revenue_changes, revenue_contracts, revenue_listing
from store.engine import Session

HOLDS = {
    "unknown_item": "The item is not known",
    "no_accounts": "The item has no revenue account",
    "no_dates": "Service dates are missing",
    "bad_dates": "Service dates cannot be right",
    "no_price": "Bundle without stand-alone prices",
    "no_deferral": "No deferred revenue account",
    "by_hand": "Somebody has to plan it",
}
EMPTY = "Nothing is held, late or undecided."


async def exceptions(session: Session, around: Books, asked: Asked) -> Report:
    """Held lines, changes without a decision, late postings, journals nobody approved."""
    tables = (
        await _held(session, asked),
        await _undecided(session, asked),
        await _late(session, around, asked),
        await _unapproved(session, asked),
    )
    told = f"{asked.first} to {asked.last}"
    return Report("exceptions", "Exceptions", around.mode, told, tables, (), EMPTY)


async def _held(session: Session, asked: Asked) -> Table:
    rows = await revenue_contracts.obligations(session, asked.scope, "held", asked.start, PAGE + 1)
    columns = heads("Line", "Customer", "Booked", "Held because", "Rule", numbers=("Unplanned",))
    made = [
        Row(
            (
                Cell(f"{one.invoice_number} {one.item_name}".strip(), href=_line(one.id)),
                Cell(one.customer_name),
                Cell(one.billed_on),
                Cell(one.hold_reason),
                Cell(HOLDS.get(one.hold_code, one.hold_code)),
                Cell(Money(one.unplanned_minor, one.currency)),
            )
        )
        for one in rows[:PAGE]
    ]
    more = str(asked.start + PAGE) if len(rows) > PAGE else ""
    empty = "No line is held: every line has dates, accounts and a plan."
    return Table("Held lines", columns, tuple(made), empty=empty, next=more)


def _line(obligation_id: int) -> str:
    return f"/revenue/lines/{obligation_id}"


async def _undecided(session: Session, asked: Asked) -> Table:
    found = await revenue_changes.open_changes(
        session, subsidiary_id=asked.subsidiary or None, limit=PAGE
    )
    columns = heads("Line", "Customer", "Effective", "Changed", "Suggested", "Since")
    made = [
        Row(
            (
                Cell(f"{line.invoice_number} {line.item_name}".strip(), href=_line(line.id)),
                Cell(line.customer_name),
                Cell(change.effective_on),
                Cell(change.because),
                Cell(change.suggested.replace("_", " ")),
                Cell(change.proposed_at.date()),
            )
        )
        for change, line in found
    ]
    empty = "No change of a posted line waits for a decision."
    return Table("Changes without a decision", columns, tuple(made), empty=empty)


async def _late(session: Session, around: Books, asked: Asked) -> Table:
    calendar = around.calendar(asked)
    columns = heads("Posted in", "Subsidiary", numbers=("Of earlier periods",))
    made = []
    for one in await revenue_listing.late(session, asked.scope, (asked.first, asked.last)):
        period = calendar.of(one.starts_on)
        seller = around.sellers.get(one.subsidiary_id)
        keys = (("subsidiary", str(one.subsidiary_id)), ("currency", one.currency))
        lines = opens(asked, calendar, "late", *keys, span=(period.starts_on, period.ends_on))
        name = Cell(seller.name if seller else "")
        made.append(Row((Cell(period.name), name, Cell(Money(one.minor, one.currency), lines))))
    empty = "No period took revenue of an earlier one."
    return Table("Late postings", columns, tuple(made), empty=empty)


async def _unapproved(session: Session, asked: Asked) -> Table:
    span = (asked.first - timedelta(days=366), asked.last)
    effects = await revenue_listing.carried(session, span)
    columns = heads("Period", "Currency", "State")
    made = [
        Row(
            (
                Cell(act.period, href=f"/review/{act.effect_id}"),
                Cell(currency),
                Cell(act.state.replace("_", " ")),
            )
        )
        for (_, _, currency), act in effects.items()
        if act.state != "done" and asked.subsidiary in (0, act.subsidiary_id)
    ]
    empty = "No revenue journal waits for an approval."
    return Table("Journals that are not approved or not posted", columns, tuple(made), empty=empty)
