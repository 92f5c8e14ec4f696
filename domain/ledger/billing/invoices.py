"""The invoices that planned instalments become, and what they will look like."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from domain.ledger.billing.schedule import BillingLine, Instalment, Standing, schedule
from domain.ledger.billing.terms import Due, Terms, due_on, read_terms
from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money, total


@dataclass(frozen=True, slots=True)
class PlannedInvoice:
    """Everything one customer owes in one currency, on one date, under one PO and terms.

    `due` is None when the terms could not be read. `ready`: no line waits for anything.
    """

    key: str
    customer_id: str
    currency: str
    terms: str
    po_number: str
    bill_on: date
    lines: tuple[Instalment, ...]
    due: Due | None

    @property
    def total(self) -> Money:
        return total((line.amount for line in self.lines), self.currency)

    @property
    def ready(self) -> bool:
        return all(line.standing is Standing.READY for line in self.lines)


def preview(lines: Iterable[BillingLine]) -> tuple[PlannedInvoice, ...]:
    """Every invoice the lines will ever make, by date. Raises BrokenCharge."""
    return grouped(instalment for line in lines for instalment in schedule(line))


def grouped(
    instalments: Iterable[Instalment], billed_keys: Collection[str] = ()
) -> tuple[PlannedInvoice, ...]:
    """One invoice per customer, currency, terms, PO and date; their order does not matter.

    What waits is kept apart from what is ready, so that it holds nothing up. Left out are
    instalments of zero and those already billed (an invoice's key is made of its lines, so one
    that joins a date later makes another invoice). Raises InvalidAmount when one key stands for
    two amounts.
    """
    heads: dict[tuple[date, str, str, str, str, bool], dict[str, Instalment]] = defaultdict(dict)
    seen: dict[str, Instalment] = {}
    for instalment in instalments:
        if seen.setdefault(instalment.key, instalment) != instalment:
            raise InvalidAmount(f"{instalment.key} is planned twice and differs")
        if instalment.key in billed_keys:
            continue
        if instalment.amount or instalment.standing is not Standing.READY:
            heads[_head(instalment)][instalment.key] = instalment
    return tuple(_invoice(heads[head]) for head in sorted(heads))


def _head(instalment: Instalment) -> tuple[date, str, str, str, str, bool]:
    line = instalment.line
    waits = instalment.standing is not Standing.READY
    currency = instalment.amount.currency
    return instalment.bill_on, line.customer_id, currency, line.terms, line.po_number, waits


def _invoice(instalments: dict[str, Instalment]) -> PlannedInvoice:
    lines = tuple(sorted(instalments.values(), key=lambda i: (i.line.key, i.sequence, i.key)))
    first = lines[0]
    terms = read_terms(first.line.terms)
    return PlannedInvoice(
        key=_key(tuple(line.key for line in lines)),
        customer_id=first.line.customer_id,
        currency=first.amount.currency,
        terms=first.line.terms,
        po_number=first.line.po_number,
        bill_on=first.bill_on,
        lines=lines,
        due=due_on(terms, first.bill_on) if isinstance(terms, Terms) else None,
    )


def _key(keys: tuple[str, ...]) -> str:
    """An instalment billed alone gives the invoice its own key."""
    if len(keys) == 1:
        return keys[0]
    return "lines:" + hashlib.sha256("\n".join(keys).encode()).hexdigest()[:32]
