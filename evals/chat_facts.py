"""What is true in the golden world, reckoned row by row and not by the questions under test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from domain.ledger.money import Money
from store.engine import Session
from store.parties import ContactRow, CustomerRow
from store.receivables import InvoiceRow, PaymentRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.touchpoints import TouchpointRow


@dataclass(frozen=True, slots=True)
class Facts:
    """Every row that questions are about."""

    today: date
    customers: Sequence[CustomerRow]
    invoices: Sequence[InvoiceRow]
    payments: Sequence[PaymentRow]
    promises: Sequence[PromiseRow]
    disputes: Sequence[DisputeRow]
    holds: Sequence[HoldRow]
    mails: Sequence[TouchpointRow]
    contacts: Sequence[ContactRow]

    def open_invoices(self, customer: CustomerRow) -> list[InvoiceRow]:
        """Open invoices of a customer, the oldest due first."""
        mine = [i for i in self.invoices if i.customer_id == customer.id and i.open_minor]
        return sorted(mine, key=lambda i: (i.due_on, i.number))

    def late(self, customer: CustomerRow, days: int = 0) -> list[InvoiceRow]:
        """Its invoices more than `days` past due."""
        return [i for i in self.open_invoices(customer) if (self.today - i.due_on).days > days]

    def open_of(self, customer: CustomerRow) -> Money:
        return Money(sum(i.open_minor for i in self.open_invoices(customer)), customer.currency)

    def late_of(self, customer: CustomerRow, days: int = 0) -> Money:
        return Money(sum(i.open_minor for i in self.late(customer, days)), customer.currency)

    def oldest(self, customer: CustomerRow) -> InvoiceRow:
        return self.open_invoices(customer)[0]

    def late_customers(self) -> list[CustomerRow]:
        """Customers with something overdue and a name no other shares a word with; oldest first."""
        words = [w for c in self.customers for w in set(c.name.casefold().split())]
        single = [
            c for c in self.customers
            if self.late(c) and words.count(c.name.casefold().split()[0]) == 1
        ]  # fmt: skip
        return sorted(single, key=lambda c: (self.oldest(c).due_on, c.id))

    def by_currency(
        self, amount: Callable[[CustomerRow], Money], customers: Sequence[CustomerRow]
    ) -> list[Money]:
        """Sums by currency, in the order of their codes."""
        found: dict[str, int] = {}
        for customer in customers:
            money = amount(customer)
            if money:
                found[money.currency] = found.get(money.currency, 0) + money.minor
        return [Money(minor, currency) for currency, minor in sorted(found.items())]


async def read_facts(session: Session, today: date) -> Facts:
    """All rows of the world."""
    return Facts(
        today,
        (await session.exec(select(CustomerRow).order_by(col(CustomerRow.id)))).all(),
        (await session.exec(select(InvoiceRow))).all(),
        (await session.exec(select(PaymentRow))).all(),
        (await session.exec(select(PromiseRow))).all(),
        (await session.exec(select(DisputeRow))).all(),
        (await session.exec(select(HoldRow))).all(),
        (await session.exec(select(TouchpointRow))).all(),
        (await session.exec(select(ContactRow))).all(),
    )


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays which part in the questions, chosen by what is true of them."""

    facts: Facts
    parts: Mapping[str, CustomerRow]
    words: Mapping[str, str]


def cast_of(facts: Facts) -> Cast:
    """The parts: late, other, promised, broken, disputed, held, wrote, loose, paid, euro, twins."""
    late = facts.late_customers()
    parts = dict(
        zip(("late", "other", "promised", "broken", "disputed", "held", "wrote", "loose"), late,
            strict=False)
    )  # fmt: skip
    parts["euro"] = next(c for c in late[8:] if c.currency == "EUR")
    parts["paid"] = next(c for c in facts.customers if not facts.open_invoices(c))
    firsts = [c.name.split()[0] for c in facts.customers]
    twin = next(w for w in firsts if firsts.count(w) > 1)
    words = {"twin": twin}
    for name, customer in parts.items():
        words[name] = customer.name
        words[f"{name}.word"] = customer.name.split()[0]
        words[f"{name}.number"] = customer.entity_number
        if facts.open_invoices(customer):
            words[f"{name}.inv"] = facts.oldest(customer).number
    settled = next(i for i in facts.invoices if not i.open_minor)
    words["settled"] = settled.number
    return Cast(facts, parts, words)
