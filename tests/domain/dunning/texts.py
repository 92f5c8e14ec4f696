"""Values from short texts: inv("INV-1 100.00 USD due 2026-03-01")."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from domain.dunning.guard import Facts, FinalMessage, OwnFacts
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice, InvoiceStatus
from domain.ledger.money import Money
from domain.ledger.party import Contact, Customer

_INVOICE = re.compile(
    r"(?P<number>\S+) (?P<amount>[\d.]+)(?:/(?P<open>[\d.]+))? (?P<currency>[A-Z]{3}) "
    r"due (?P<due>\S+)(?: po (?P<po>\S+))?(?: is (?P<status>\w+))?"
)


def inv(text: str, invoice_id: int = 0) -> Invoice:
    """ "INV-1 100.00/40.00 USD due 2026-03-01 po 77 is voided": 100 in all, 40 open."""
    match = _INVOICE.fullmatch(text)
    assert match, text
    currency, due = match["currency"], date.fromisoformat(match["due"])
    amount = Money.parse(match["amount"], currency)
    left = Money.parse(match["open"], currency) if match["open"] else amount
    number = int(re.sub(r"\D", "", match["number"])[-6:])
    status = InvoiceStatus(match["status"] or "open")
    return Invoice(
        invoice_id or number, match["number"], 1, amount, left, due - timedelta(days=30), due,
        status=status, po_number=match["po"] or "",
    )  # fmt: skip


def account(
    *invoices: str,
    today: str = "2026-03-18",
    timezone: str = "UTC",
    contacts: tuple[Contact, ...] | None = None,
    auto_followup: bool = True,
) -> Account:
    """Corvel Freight with these invoices and Dana Whitlock as billing contact."""
    customer = Customer(
        1, "901", "Corvel Freight LLC", "USD", timezone=timezone, auto_followup=auto_followup
    )
    people = (Contact(1, "Dana Whitlock", "dana@corvel.example"),)
    return Account(
        customer,
        date.fromisoformat(today),
        people if contacts is None else contacts,
        tuple(inv(text) for text in invoices),
    )


def at(text: str) -> datetime:
    """ "2026-03-18 10:00" as an aware UTC moment."""
    return datetime.fromisoformat(text + "+00:00")


OWN = OwnFacts("Halden Robotics", ("ar@halden.example",), ("halden.example",))


def facts(*invoices: str, today: str = "2026-03-18") -> Facts:
    return Facts(account(*invoices, today=today), OWN)


def mail(text: str, html: str = "", subject: str = "Reminder", to: str = "") -> FinalMessage:
    return FinalMessage("ar@halden.example", (to or "dana@corvel.example",), subject, text, html)
