"""What else a grown account holds: orders, deposits, refunds, journals, a void, an approval.

All of it belongs to debtors who pay on time, and none of it is an open approved invoice, so that
nobody has to be reminded of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from domain.ledger.money import Money, exponent
from sandbox.company import Company, Debtor, Temperament
from sandbox.netsuite.masters import ITEM_IDS
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.receivables import Receivables, transaction_row
from sandbox.netsuite.records.recordtypes import RECORD_TYPES
from sandbox.netsuite.records.voiding import void_directly
from sandbox.netsuite.records.writing import Writer
from sandbox.netsuite.store import ErpStore

_ACTOR = "CSV Import"
_LONG_AGO, _RECENT = 120, 25
_STORIES = 8
_MOST = 48
Body = dict[str, object]


class Breadth:
    """Adds such documents to a seeded store at one moment."""

    def __init__(self, store: ErpStore, company: Company, stamp: Stamp) -> None:
        self._store = store
        self._company = company
        self._stamp = stamp
        self._ledger = Receivables(store, stamp, bump_invoice=True, actor=_ACTOR)
        self._writer = Writer(store, stamp, self._ledger, strict_names=True, actor=_ACTOR)
        self._items = itertools.cycle(
            ITEM_IDS[name] for name in ("Control units", "Software subscription", "Training days")
        )

    def write(self) -> None:
        """One story a debtor, all kinds in turn."""
        stories = itertools.cycle(
            (
                self._prepaid_order,
                self._open_deposit,
                self._overpaid,
                self._written_off,
                self._refunded_credit,
                self._open_journals,
                self._waiting,
                self._voided,
            )
        )
        for story, debtor in zip(stories, self._debtors(), strict=False):
            story(debtor)

    def _debtors(self) -> Iterator[Debtor]:
        calm = [d for d in self._company.debtors if d.temperament is Temperament.ON_TIME]
        if not calm:
            return
        count = min(_MOST, max(_STORIES, len(self._company.debtors) // 4))
        yield from itertools.islice(itertools.cycle(calm), count)

    def _create(self, name: str, body: Mapping[str, object]) -> int:
        return self._writer.create(RECORD_TYPES[name], body)

    def _transform(self, source: int, name: str, body: Body) -> int:
        row = transaction_row(self._store, source)
        if row is None:
            raise LookupError(source)
        return self._writer.transform(row, RECORD_TYPES[name], body)

    def _on(self, days: int) -> str:
        day: date = self._company.today - timedelta(days=days)
        return day.isoformat()

    def _sold(self, debtor: Debtor, units: int, days: int) -> Body:
        line = {
            "item": {"id": str(next(self._items))},
            "quantity": "2",
            "rate": amount_text(debtor, units // 2),
            "department": {"id": "1"},
            "class": {"id": "2"},
            "location": {"id": "1"},
        }
        entity = {"id": str(debtor.id)}
        return {"entity": entity, "tranDate": self._on(days), "item": {"items": [line]}}

    def _paid(self, debtor: Debtor, units: int, days: int) -> Body:
        return {
            "customer": {"id": str(debtor.id)},
            "payment": amount_text(debtor, units),
            "tranDate": self._on(days),
            "account": {"id": "1"},
            "undepFunds": {"id": "F"},
        }

    def _prepaid_order(self, debtor: Debtor) -> None:
        """An order, a deposit on it, its invoice, the deposit applied, the rest paid."""
        order = self._create("salesorder", self._sold(debtor, 1800, _LONG_AGO + 10))
        deposit = self._create("customerdeposit", self._paid(debtor, 600, _LONG_AGO + 8))
        invoice = self._transform(order, "invoice", {"tranDate": self._on(_LONG_AGO)})
        used = self._applied(debtor, (invoice, 600))
        body: Body = {"apply": used, "tranDate": self._on(_LONG_AGO)}
        self._transform(deposit, "depositapplication", body)
        rest = self._paid(debtor, 1200, _LONG_AGO - 20)
        self._create("customerpayment", rest | {"apply": self._applied(debtor, (invoice, 1200))})

    def _open_deposit(self, debtor: Debtor) -> None:
        """An order that waits to be billed, and the deposit on it."""
        self._create("salesorder", self._sold(debtor, 2400, _RECENT))
        self._create("customerdeposit", self._paid(debtor, 800, _RECENT - 2))

    def _overpaid(self, debtor: Debtor) -> None:
        """A payment of too much; what was over went back."""
        invoice = self._create("invoice", self._sold(debtor, 950, _LONG_AGO - 10))
        body = self._paid(debtor, 1000, _LONG_AGO - 40)
        payment = self._create(
            "customerpayment", body | {"apply": self._applied(debtor, (invoice, 950))}
        )
        self._refund(debtor, (payment, 50), _LONG_AGO - 50)

    def _refund(self, debtor: Debtor, part: tuple[int, int], days: int) -> None:
        body: Body = {
            "customer": {"id": str(debtor.id)},
            "account": {"id": "1"},
            "tranDate": self._on(days),
            "apply": self._applied(debtor, part),
        }
        self._create("customerrefund", body)

    def _written_off(self, debtor: Debtor) -> None:
        """An invoice paid short, and a journal that wrote the rest off."""
        invoice = self._create("invoice", self._sold(debtor, 700, _LONG_AGO))
        body = self._paid(debtor, 688, _LONG_AGO - 30)
        self._create("customerpayment", body | {"apply": self._applied(debtor, (invoice, 688))})
        journal = self._journal(debtor, 12, _LONG_AGO - 60, credit=True)
        zero = self._paid(debtor, 0, _LONG_AGO - 60)
        self._create(
            "customerpayment",
            zero
            | {
                "apply": self._applied(debtor, (invoice, 12)),
                "credit": self._applied(debtor, (journal, 12)),
            },
        )

    def _journal(self, debtor: Debtor, units: int, days: int, *, credit: bool) -> int:
        """A journal between bad debt and the customer's receivable."""
        amount = amount_text(debtor, units)
        own, other = ("credit", "debit") if credit else ("debit", "credit")
        currency = self._store.number("SELECT currency FROM customer WHERE id = ?", (debtor.id,))
        lines = [
            {"account": {"id": "8"}, other: amount},
            {"account": {"id": "2"}, own: amount, "entity": {"id": str(debtor.id)}},
        ]
        body: Body = {
            "subsidiary": {"id": str(debtor.subsidiary_id)},
            "currency": {"id": str(currency)},
            "tranDate": self._on(days),
            "memo": "Write-off" if credit else "Correction of an earlier write-off",
            "line": {"items": lines},
        }
        return self._create("journalentry", body)

    def _refunded_credit(self, debtor: Debtor) -> None:
        """A credit memo, one half used on an invoice, the other paid out."""
        invoice = self._create("invoice", self._sold(debtor, 300, _LONG_AGO))
        credit = self._create("creditmemo", self._sold(debtor, 600, _LONG_AGO - 5))
        row = transaction_row(self._store, credit)
        if row is not None:
            self._ledger.settle(credit, {invoice: minor(debtor, 300)})
        self._refund(debtor, (credit, 300), _LONG_AGO - 15)

    def _open_journals(self, debtor: Debtor) -> None:
        """A receivable and a credit that only journals know of."""
        self._journal(debtor, 125, _RECENT, credit=False)
        self._journal(debtor, 40, _RECENT, credit=True)

    def _waiting(self, debtor: Debtor) -> None:
        """An invoice that nobody has approved yet."""
        body = self._sold(debtor, 450, 3)
        self._create("invoice", body | {"approvalStatus": {"id": "1"}})

    def _voided(self, debtor: Debtor) -> None:
        """An invoice that was made in error."""
        invoice = self._create("invoice", self._sold(debtor, 220, _RECENT + 5))
        row = transaction_row(self._store, invoice)
        if row is not None:
            void_directly(self._store, self._ledger, self._stamp, _ACTOR, row)

    def _applied(self, debtor: Debtor, *parts: tuple[int, int]) -> Body:
        lines = [
            {"doc": {"id": str(doc)}, "apply": True, "amount": amount_text(debtor, units)}
            for doc, units in parts
        ]
        return {"items": lines}


def minor(debtor: Debtor, units: int) -> int:
    """Minor units of so many units of the debtor's currency; a hundred times as many yen."""
    return units * (100 if exponent(debtor.currency) == 0 else 10 ** exponent(debtor.currency))


def amount_text(debtor: Debtor, units: int) -> str:
    """The same as decimal text."""
    return Money(minor(debtor, units), debtor.currency).plain()
