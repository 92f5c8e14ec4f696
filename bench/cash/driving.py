"""Drive the matcher over a seller's stream as production does, day by day."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.cash.baselines import BASELINES
from bench.cash.ledger import closing
from bench.cash.scoring import Score, Tally, plain
from bench.cash.truth import Came, Tenant, Truth
from domain.ledger.money import Money
from domain.matching.book import Book, build_book, payer_keys
from domain.matching.classify import not_a_receipt
from domain.matching.decision import Decision, Matched, NotAReceipt
from domain.matching.item import ItemKind, Remembered
from domain.matching.matcher import decide
from domain.matching.memory import after_confirm, after_decline
from domain.matching.payer import find_payer
from domain.matching.receipt import Receipt
from domain.matching.rules import Rule
from sources.arrived import Arrived

_INVOICE = (ItemKind.INVOICE, 0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A receipt whose advice comes later; until then nobody decides it."""

    until: int
    came: Came


class Drive:
    """One seller. Decisions that people would take are taken by the truth; they teach memory."""

    def __init__(
        self, tenant: Tenant, score: Score, *, baselines: bool = True, rules: Sequence[Rule] = ()
    ) -> None:
        self.tenant = tenant
        self.score = score
        self.baselines = baselines
        self.rules = tuple(rules)
        self.book = book_of(tenant)
        self.waiting: list[Waiting] = []
        self.returning: list[tuple[int, Truth]] = []

    def run(self) -> None:
        day = 0
        for came in self.tenant.stream:
            while day < came.day:
                day += 1
                self._morning(day)
            self._arrive(came)
        for later in range(day + 1, day + 10):
            self._morning(later)

    def _morning(self, day: int) -> None:
        due = [w for w in self.waiting if w.until <= day]
        self.waiting = [w for w in self.waiting if w.until > day]
        for one in due:
            receipt = replace(one.came.receipt, remittance=one.came.late)
            self._finish(one.came, self._decided(receipt))
        for _, truth in [r for r in self.returning if r[0] <= day]:
            self._unfold(truth, back=True)
        self.returning = [r for r in self.returning if r[0] > day]

    def _arrive(self, came: Came) -> None:
        if self.baselines:
            self._compare(came)
        decision = self._decided(came.receipt)
        if came.late and not (isinstance(decision, Matched) and decision.live):
            self.waiting.append(Waiting(came.late_on, came))
            return
        self._finish(came, decision)

    def _decided(self, receipt: Receipt) -> Decision:
        start = time.process_time()
        told = not_a_receipt(_movement(receipt)) if receipt.customer_id is None else None
        found: Decision = told or decide(receipt, self.book, self.tenant.settings, rules=self.rules)
        self.score.seconds.append(time.process_time() - start)
        return found

    def _finish(self, came: Came, decision: Decision) -> None:
        self.score.take(self.tenant.name, came, decision)
        if not (isinstance(decision, Matched) and decision.live):
            self._learn(came, decision)
        self._unfold(came.truth)
        if came.returned_on is not None:
            self.returning.append((came.returned_on, came.truth))

    def _learn(self, came: Came, decision: Decision) -> None:
        """A person settled it: the true payer is confirmed, a wrong guess is declined."""
        receipt, payer = came.receipt, came.truth.payer
        if isinstance(decision, NotAReceipt) or receipt.customer_id is not None:
            return
        guessed = decision.payer.customer_id
        for key in payer_keys(receipt.payer_name, receipt.accounts):
            known = {r.customer_id: r for r in self.book.remembered(key)}
            on, limits = receipt.received_on, self.tenant.settings
            if payer is not None:
                remembered = known.get(payer) or Remembered(key, payer, 0, 0)
                self.book.learn(after_confirm(remembered, on, limits))
            if guessed is not None and guessed not in came.truth.owners and guessed in known:
                self.book.learn(after_decline(known[guessed], on, limits))

    def _unfold(self, truth: Truth, *, back: bool = False) -> None:
        for (kind, item_id), by in closing(truth):
            item = self.book.item(kind, item_id)
            if item is not None and by:
                left = item.open.minor + by if back else item.open.minor - by
                self.book.settle((kind, item_id), Money(left, item.open.currency))

    def _compare(self, came: Came) -> None:
        """What the plain ways would do with the same receipt and the same open invoices."""
        receipt = came.receipt
        payer = find_payer(receipt, self.book, self.tenant.settings, receipt.received_on)
        scope = payer.family
        items = self.book.open_items(scope, receipt.amount.currency) if scope else ()
        for name, baseline in BASELINES.items():
            tally = self.score.baselines.setdefault(name, Tally())
            tally.seen(came)
            applied = baseline(receipt, items) if items else {}
            if applied:
                tally.post(self.tenant.name, came, plain(applied, _INVOICE))


def book_of(tenant: Tenant) -> Book:
    """The book as production builds it from what is stored."""
    services = tenant.settings.payment_services
    return build_book(tenant.items, tenant.parties, tenant.remembered, services=services)


def _movement(receipt: Receipt) -> Arrived:
    return Arrived(
        source=receipt.source,
        source_id=receipt.source_id,
        amount=receipt.amount,
        booked_on=receipt.received_on,
        value_on=receipt.received_on,
        channel=receipt.channel,
        type_code=receipt.type_code,
        payer_name=receipt.payer_name,
        payer_accounts=receipt.accounts,
        references=receipt.references,
        remittance=receipt.remittance,
    )
