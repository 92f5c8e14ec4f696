"""How facts are put into words: days, counts, lists, addresses of our pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from agent.chat import Cited, Table
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from store.parties import CustomerRow

MOST_ROWS = 15


def day(on: date) -> str:
    """ "7 Jan 2026": a day that nobody reads the wrong way round."""
    return f"{on.day} {on:%b %Y}"


def days_late(invoice: Invoice, today: date) -> str:
    """ "12 days late", "due today", "due in 5 days"."""
    late = invoice.days_past_due(today)
    if late > 0:
        return f"{counted(late, 'day')} late"
    return f"due in {counted(-late, 'day')}" if late else "due today"


def counted(number: int, word: str) -> str:
    """ "1 invoice", "3 invoices"."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def found_of(number: int, most: int, word: str) -> str:
    """A count of rows that were read up to a limit: "no dispute", "3 disputes", "50 or more"."""
    if number >= most:
        return f"{number} or more {word}s"
    return counted(number, word) if number else f"no {word}"


def listed(parts: Sequence[str], *, joint: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def sums(amounts: Iterable[Money]) -> str:
    """Amounts of several currencies, never added up across them."""
    return listed([str(a) for a in amounts]) or "nothing"


def clipped(text: str, most: int = 200) -> str:
    """One line of at most `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 3]}..."


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 0) -> Table:
    """The first rows of a list; `left` more exist that were not read."""
    shown = tuple(tuple(row) for row in rows[:MOST_ROWS])
    return Table(tuple(columns), shown, more=max(len(rows) - MOST_ROWS, 0) + left)


def customer_link(row: CustomerRow) -> Cited:
    return Cited(row.name, f"/customers/{row.id}")


def link_of(customer_id: int, name: str) -> Cited:
    return Cited(name, f"/customers/{customer_id}")


def invoice_link(number: str, invoice_id: int, customer_id: int) -> Cited:
    return Cited(number, f"/customers/{customer_id}?tab=invoices#invoice-{invoice_id}")


def effect_link(effect_id: int, title: str) -> Cited:
    return Cited(title, f"/review/{effect_id}")
