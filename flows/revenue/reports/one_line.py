"""One line explained: its terms, what every period got and why, and which events led to it."""

from __future__ import annotations

from domain.ledger.money import Money
from flows.revenue.reports.around import Books
from flows.revenue.reports.lines import KINDS, STATES
from flows.revenue.reports.table import Cell, Report, Row, Table, Value, heads
from store.engine import Session
from store.revenue import RevenueObligationRow
from store.revenue_one import Whole, whole_line

EVENTS = {
    "billed": "Billed",
    "credited": "Credited",
    "written_off": "Written off",
    "modified": "Changed, as decided",
    "cash_only": "Cash only",
    "voided": "Voided",
}


async def line_report(session: Session, around: Books, obligation_id: int) -> Report | None:
    """Terms, plan, postings, documents and events of a line, or None where there is none."""
    whole = await whole_line(session, obligation_id)
    if whole is None:
        return None
    line = whole.line
    tables = (_terms(around, line), _plan(whole), _postings(whole), _documents(whole),
              _events(whole))  # fmt: skip
    title = f"{line.invoice_number or line.contract} line {line.line}"
    warnings = (f"Held: {line.hold_reason}.",) if line.status == "held" else ()
    told = f"{line.customer_name}, {line.item_name or line.revenue_type}"
    return Report("line", title, around.mode, told, tables, (), "", warnings)


def _terms(around: Books, line: RevenueObligationRow) -> Table:
    service = f"{line.starts_on} to {line.ends_on}" if line.starts_on else "no service dates"
    names = around.accounts
    told: dict[str, Value] = {
        "State": STATES.get(line.status, line.status),
        "Contract": line.contract,
        "Booked": line.billed_on,
        "Service": service,
        "Rule": line.method.replace("_", " "),
        "Revenue type": line.revenue_type,
        "Revenue account": names.get(line.revenue_account, line.revenue_account),
        "Deferred account": names.get(line.deferred_account, line.deferred_account),
        "Contra account": names.get(line.contra_account, line.contra_account),
        "Rate": line.rate if line.currency != line.base_currency else "",
        "Text": line.memo,
        "Billed or allocated": Money(line.amount_minor, line.currency),
        "Recognized": Money(line.posted_minor, line.currency),
        "Remaining": Money(
            line.planned_minor + line.unplanned_minor - line.posted_minor, line.currency
        ),
        "Deferred in the books": Money(line.deferred_minor, line.currency),
    }
    rows = [
        Row((Cell(name), Cell(value))) for name, value in told.items() if value not in ("", None)
    ]
    return Table("Terms", heads("What", "Value"), tuple(rows))


def _plan(whole: Whole) -> Table:
    currency, base = whole.line.currency, whole.line.base_currency
    columns = heads(
        "Service", "Record", "Kind", "Why", numbers=("Planned", "Posted", "Left", f"Planned {base}")
    )
    rows = [
        Row(
            (
                Cell(cell.service_period),
                Cell(cell.record_id),
                Cell(cell.role),
                Cell(cell.because),
                Cell(Money(cell.amount_minor, currency)),
                Cell(Money(cell.posted_minor, currency)),
                Cell(Money(cell.amount_minor - cell.posted_minor, currency)),
                Cell(Money(cell.base_minor, base)),
            )
        )
        for cell in whole.cells
    ]
    empty = "Nothing is planned: the line waits for somebody."
    return Table("Plan by period of service", columns, tuple(rows), empty=empty)


def _postings(whole: Whole) -> Table:
    currency, base = whole.line.currency, whole.line.base_currency
    columns = heads(
        "Posted in", "Service", "Record", "Kind", "Why", numbers=("Amount", f"Amount {base}")
    )
    rows = [
        Row(
            (
                Cell(period.name),
                Cell(row.service_period),
                Cell(row.record_id),
                Cell(KINDS.get(row.kind, row.kind)),
                Cell(row.because),
                Cell(Money(row.amount_minor, currency)),
                Cell(Money(row.base_minor, base)),
            )
        )
        for row, period in whole.postings
    ]
    empty = "Nothing is posted yet. Rows appear here when a period closes, and stay for ever."
    return Table("Posted", columns, tuple(rows), empty=empty)


def _documents(whole: Whole) -> Table:
    currency = whole.line.currency
    columns = heads(
        "Posted in", "Record", "Kind", numbers=("Deferred revenue", "Receivable", "Bad debt")
    )
    rows = [
        Row(
            (
                Cell(period.name),
                Cell(row.record_id),
                Cell("billing" if row.billing else "adjustment"),
                Cell(Money(row.amount_minor, currency)),
                Cell(Money(row.claim_minor, currency)),
                Cell(Money(row.bad_debt_minor, currency)),
            )
        )
        for row, period in whole.documents
    ]
    empty = "No invoice or credit of this line is posted yet."
    return Table("Invoices, credits and write-offs", columns, tuple(rows), empty=empty)


def _events(whole: Whole) -> Table:
    columns = heads("What happened", "Record", "Effective", "Known since", "From", "Because")
    rows = [
        Row(
            (
                Cell(EVENTS.get(row.kind, row.kind)),
                Cell(row.record_id + (f" (revision {row.revision})" if row.revision > 1 else "")),
                Cell(row.effective_on),
                Cell(row.known_at.date()),
                Cell(f"{row.source_kind.replace('_', ' ')} {row.source_netsuite_id}".strip()),
                Cell(row.because),
            )
        )
        for row in whole.events
    ]
    return Table("Events", columns, tuple(rows), empty="No event is known.")
