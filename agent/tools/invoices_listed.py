"""Read: invoices of everybody or of one customer, by when they fall due or were issued."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from agent.spoken.amounts import currency_named
from agent.spoken.days import span_meant
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.money_in import above, amounts_said
from agent.tools.outcome import About, Choice, Outcome, refusal
from agent.tools.phrasing import MOST_ROWS, counted, day, invoice_link, sums, table
from agent.tools.pointing import customer_meant
from domain.ledger.money import Money
from store.asked_lists import Claims, Listed, invoices_asked
from store.parties import CustomerRow


class ListInvoices(Arguments):
    """Which invoices."""

    customer: str = text("The customer, as the person wrote it; empty for all.", Origin.NAME)
    due: str = text("Due on this day or in this period, as the person wrote it.", Origin.DAY)
    issued: str = text("Issued on this day or in this period.", Origin.DAY)
    currency: str = text("Only this currency (ISO code).", Origin.CURRENCY, longest=12)
    least: str = text("Only more than this amount, as the person wrote it.", Origin.AMOUNT)
    state: Literal["", "open"] = Field(
        default="", description="open: of those issued only what is not paid."
    )
    order: Literal["", "due", "largest", "newest"] = Field(
        default="", description="due: earliest due first; largest; newest."
    )


async def list_invoices(asking: Asking, wanted: ListInvoices) -> Outcome:
    """Open invoices; of a period of issue also those that are paid."""
    row = await customer_meant(asking, wanted.customer) if wanted.customer else None
    if isinstance(row, Outcome):
        return row
    currency = currency_named(wanted.currency)
    if wanted.currency and not currency:
        return refusal(f'"{wanted.currency}" is no currency I know.')
    due, issued = _span(asking, wanted.due), _span(asking, wanted.issued)
    for words, span in ((wanted.due, due), (wanted.issued, issued)):
        if words and span is None:
            return refusal(f'I cannot read "{words}" as a day or a period.')
    least = await amounts_said(asking, wanted.least, currency)
    if wanted.least and not least:
        return refusal(f'I cannot read "{wanted.least}" as an amount.')
    unpaid = issued is None or wanted.state == "open"
    claims = Claims(
        row.id if row is not None else None,
        currency,
        due=due,
        issued=issued,
        order=wanted.order or ("newest" if issued else "due"),
        open_only=unpaid,
        least=least,
    )
    found = await invoices_asked(asking.session, claims, limit=MOST_ROWS)
    return _told(found, row, claims, f"{_when(due, issued)}{above(wanted.least)}")


def _span(asking: Asking, words: str) -> tuple[date, date] | None:
    return span_meant(words, asking.today, past=False) if words else None


def _when(due: tuple[date, date] | None, issued: tuple[date, date] | None) -> str:
    told = ""
    for word, span in (("due", due), ("issued", issued)):
        if span is not None:
            one = span[0] == span[1]
            days = f"on {day(span[0])}" if one else f"from {day(span[0])} to {day(span[1])}"
            told += f" {word} {days}"
    return told


def _told(found: Listed, row: CustomerRow | None, asked: Claims, when: str) -> Outcome:
    whose = f" of {row.name}" if row is not None else ""
    about = About(row.id) if row is not None else About()
    what = "open invoice" if asked.open_only else "invoice"
    if not found.rows:
        return Outcome(f"No {what}{whose}{when or ' is there'}.", about=about)
    amount = found.open if asked.open_only else found.total
    left = found.count - len(found.rows)
    first = {"largest": "largest of each currency", "newest": "newest"}.get(asked.order, "")
    shown = f" The table shows {len(found.rows)} of them{f', the {first} first' if first else ''}."
    rows = [
        (i.number, name, day(i.issued_on), day(i.due_on), str(Money(i.open_minor, i.currency)))
        for i, name in found.rows
    ]
    return Outcome(
        text=f"{counted(found.count, what)}{whose}{when}: {sums(amount)}.{shown if left else ''}",
        tables=(table(("Invoice", "Customer", "Issued", "Due", "Open"), rows, left=left),),
        cited=tuple(invoice_link(i.number, i.id, i.customer_id) for i, _ in found.rows[:5]),
        listed=tuple(Choice(i.number, i.number) for i, _ in found.rows),
        about=about if len(found.rows) > 1 else About(found.rows[0][0].customer_id),
    )


LIST_INVOICES = Tool(
    "list_invoices",
    "Invoices by when they fall due or were issued, or the largest or newest; how many are open.",
    ListInvoices,
    list_invoices,
    example="which invoices are due this week",
)
