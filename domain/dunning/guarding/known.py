"""The facts of one customer, indexed for comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.dunning.facts import Facts
from domain.dunning.guarding.plain_words import plain_name, plain_reference
from domain.ledger.account import Account
from domain.ledger.aging import aging
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money, total


@dataclass(frozen=True, slots=True)
class Identifier:
    """A reference that may be named: an invoice number, or another one with its kind."""

    text: str
    kind: str
    invoice: Invoice | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Amounts, dates, references, names and addresses that are facts."""

    facts: Facts
    today: date
    identifiers: tuple[Identifier, ...]
    by_invoice: dict[int, frozenset[Money]]
    received: frozenset[Money]
    promised: frozenset[Money]
    credited: frozenset[Money]
    standing_totals: frozenset[Money]
    part_totals: frozenset[Money]
    dates: frozenset[date]
    names: tuple[str, ...]
    emails: frozenset[str]

    @property
    def said_on(self) -> frozenset[date]:
        """Days on which a promise was made, as any time zone counts them."""
        return _said_on(self.facts)

    @property
    def account(self) -> Account:
        return self.facts.account

    def currencies(self) -> frozenset[str]:
        """Currencies in which any fact of the customer is."""
        return frozenset(m.currency for m in self.amounts()) | {self.account.customer.currency}

    def amounts(self) -> frozenset[Money]:
        """Every amount that is a fact by itself or a total of the account."""
        own = frozenset(m for amounts in self.by_invoice.values() for m in amounts)
        return (
            own
            | self.received
            | self.promised
            | self.credited
            | self.standing_totals
            | self.part_totals
        )


def known(facts: Facts) -> Known:
    """Index the facts of one customer."""
    account = facts.account
    return Known(
        facts=facts,
        today=account.today,
        identifiers=_identifiers(account),
        by_invoice={i.id: invoice_amounts(i) for i in account.invoices},
        received=frozenset(m for p in account.payments for m in (p.amount, p.unapplied) if m),
        promised=frozenset(p.amount for p in facts.promises if p.amount),
        credited=frozenset(m for c in account.credits for m in (c.total, c.open) if m),
        standing_totals=_standing_totals(account),
        part_totals=_part_totals(account),
        dates=_dates(facts),
        names=_names(facts),
        emails=frozenset(
            address.casefold()
            for address in (*facts.own.addresses, *(c.email for c in account.contacts))
            if address
        ),
    )


def invoice_amounts(invoice: Invoice) -> frozenset[Money]:
    """What may be said of one invoice: its total, what is open, what was paid on it."""
    return frozenset(m for m in (invoice.total, invoice.open, invoice.total - invoice.open) if m)


def sums(invoices: tuple[Invoice, ...]) -> frozenset[Money]:
    """Open and original sums per currency."""
    found: set[Money] = set()
    for currency in {i.open.currency for i in invoices}:
        same = [i for i in invoices if i.open.currency == currency]
        found |= {total((i.open for i in same), currency), total((i.total for i in same), currency)}
    return frozenset(m for m in found if m)


def overdue_sums(account: Account) -> frozenset[Money]:
    """The overdue total of each currency."""
    late = account.overdue()
    return frozenset(
        total((i.open for i in late if i.open.currency == c), c)
        for c in {i.open.currency for i in late}
    )


def _standing_totals(account: Account) -> frozenset[Money]:
    found: set[Money] = set(overdue_sums(account))
    for currency in account.currencies():
        everything = account.open_total(currency)
        credit = total((c.open for c in account.credits if c.open.currency == currency), currency)
        cash = total(
            (p.unapplied for p in account.payments if p.unapplied.currency == currency), currency
        )
        found |= {everything, everything - credit, everything - cash, everything - credit - cash}
    return frozenset(m for m in found if m.minor > 0)


def _part_totals(account: Account) -> frozenset[Money]:
    """What is not due yet, and each aging bucket."""
    found = {m for row in aging(account.invoices, account.today).values() for m in row.values()}
    for currency in account.currencies():
        late = (i.open for i in account.overdue() if i.open.currency == currency)
        found.add(account.open_total(currency) - total(late, currency))
    return frozenset(m for m in found if m.minor > 0)


def _identifiers(account: Account) -> tuple[Identifier, ...]:
    found = [Identifier(i.number, "invoice", i) for i in account.invoices]
    ordered = [i for i in account.invoices if plain_reference(i.po_number)]
    found += [Identifier(i.po_number, "po", i) for i in ordered]
    found += [Identifier(c.number, "credit") for c in account.credits]
    found += [Identifier(p.reference, "payment") for p in account.payments if p.reference]
    usable = [f for f in found if any(c.isdigit() for c in f.text)]
    return tuple(sorted(usable, key=lambda f: -len(f.text)))


def _dates(facts: Facts) -> frozenset[date]:
    account = facts.account
    found = {account.today}
    for invoice in account.invoices:
        found |= {invoice.due_on, invoice.issued_on}
    found |= {p.received_on for p in account.payments} | {c.issued_on for c in account.credits}
    for promise in facts.promises:
        found.add(promise.promised_on)
    return frozenset(found) | _said_on(facts)


def _said_on(facts: Facts) -> frozenset[date]:
    moments = [p.promised_at for p in facts.promises if p.promised_at]
    return frozenset((m + timedelta(hours=h)).date() for m in moments for h in (-12, 0, 12))


def _shortened(name: str) -> list[str]:
    """The beginnings of a company name that hold a digit: "7-Star" of "7-Star Staffing LLC"."""
    words = name.split()
    starts = [" ".join(words[:n]) for n in range(1, len(words))]
    return [s for s in starts if re.search(r"\d", s) and re.search(r"[^\W\d_]{2}", s)]


def _names(facts: Facts) -> tuple[str, ...]:
    customer = facts.account.customer
    names = {customer.name, customer.legal_name, facts.own.company}
    names |= {c.name for c in facts.account.contacts}
    names |= {short for name in (customer.name, customer.legal_name) for short in _shortened(name)}
    usable = [n.strip() for n in names if re.search(r"[^\W\d_]", n) and plain_name(n)]
    return tuple(sorted(usable, key=lambda n: -len(n)))
