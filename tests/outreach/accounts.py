"""Small text constructors for accounts with invoices."""

from __future__ import annotations

from datetime import date

from domain.dunning.reading import DocumentKind
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from domain.ledger.party import Contact, Customer
from outreach.compose import Answer, AnswerKind, Sender

TODAY = date(2026, 3, 10)
SENDER = Sender("Halden Robotics", "Mia Lund")


def inv(text: str, number: int = 1) -> Invoice:
    """ "INV-1 100.00/40.00 USD due 2026-03-01 po 4500": an invoice and what is open of it."""
    words = text.split()
    money, left = (
        Money.parse(part, words[2]) for part in (f"{words[1]}/{words[1]}".split("/")[:2])
    )
    po = words[6] if "po" in words else ""
    due = date.fromisoformat(words[4])
    return Invoice(number, words[0], 7, money, left, date(2026, 1, 15), due, po_number=po)


def account(*invoices: str, country: str = "US", name: str = "Corvel Freight") -> Account:
    """An account of one customer with these invoices."""
    customer = Customer(7, "n7", name, "USD", country=country)
    contact = Contact(1, "Dana Whitlock", "dana@corvel.example")
    made = tuple(inv(text, number) for number, text in enumerate(invoices, start=1))
    return Account(customer, TODAY, contacts=(contact,), invoices=made)


def answers(made: Account, shown: tuple[Invoice, ...], language: str) -> list[Answer]:
    """An answer of every kind, with and without what may be left out."""
    papers = (DocumentKind.INVOICE_COPY, DocumentKind.STATEMENT, DocumentKind.TAX_FORM)
    promised = date(2026, 3, 20)
    found = [
        Answer(kind, made, shown, SENDER, language, "Dana Whitlock", promised, more=more)
        for kind in AnswerKind
        for more in (False, True)
    ]
    sent = AnswerKind.SEND_DOCUMENTS
    bare = [
        Answer(sent, made, (), SENDER, language, papers=papers[2:]),
        Answer(AnswerKind.HANDOVER, made, (), SENDER, language),
    ]
    return [*found, Answer(sent, made, shown[:1], SENDER, language, papers=papers), *bare]
