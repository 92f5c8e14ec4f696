"""A customer's receivable position at a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.ledger.invoice import CreditMemo, Invoice
from domain.ledger.money import Money, total
from domain.ledger.party import Contact, Customer
from domain.ledger.payment import Payment


@dataclass(frozen=True, slots=True)
class Account:
    """Everything we may state about one customer today. Nothing of another customer is in it."""

    customer: Customer
    today: date
    contacts: tuple[Contact, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    credits: tuple[CreditMemo, ...] = ()
    payments: tuple[Payment, ...] = ()

    def overdue(self) -> tuple[Invoice, ...]:
        """Collectable invoices past their due date, oldest first."""
        late = [i for i in self.invoices if i.collectable and i.days_past_due(self.today) > 0]
        return tuple(sorted(late, key=lambda i: (i.due_on, i.number)))

    def open_total(self, currency: str) -> Money:
        """The sum of open balances of invoices in `currency`."""
        return total(
            (i.open for i in self.invoices if i.collectable and i.open.currency == currency),
            currency,
        )

    def currencies(self) -> tuple[str, ...]:
        """Currencies with an open balance, sorted."""
        return tuple(sorted({i.open.currency for i in self.invoices if i.collectable}))
