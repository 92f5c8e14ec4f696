"""What is shown of a receipt: in a list, on its own, in its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.ledger.money import Money
from domain.matching.advice import Advice
from domain.matching.decision import Decision
from domain.matching.item import Item
from domain.matching.receipt import Receipt
from store.receivables import PaymentRow


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A receipt in a list. `reason` is the first of the decision's, `proposal_numbers` the best's.

    `effect_id`, `effect_state`, `fingerprint` are of its posting, where there is one.
    """

    payment_id: int
    received_on: date
    amount: Money
    unapplied: Money
    payer_name: str
    customer_id: int | None
    customer_name: str
    reference: str
    source: str
    channel: str
    klass: str
    tier: int | None
    state: str
    outcome: str
    live: bool
    reason: str
    proposal_numbers: tuple[str, ...]
    effect_id: int | None
    effect_state: str
    fingerprint: str
    waiting_since: datetime | None
    not_a_receipt: str = ""
    parked_until: date | None = None
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class CandidateInvoice:
    """An invoice that the money may be for. `available`: open, less what others on the way pay."""

    item: Item
    customer_name: str
    available: Money
    days_past_due: int
    named: bool


@dataclass(frozen=True, slots=True)
class EffectLine:
    """An effect of a receipt. `role`: posting, bank_fee, write_off, reversal, refund, ..."""

    effect_id: int
    role: str
    kind: str
    title: str
    state: str
    fingerprint: str
    required_role: str
    amount: Money | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Who did what to a receipt or its posting, and why."""

    at: datetime
    who: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class JournalLineShown:
    """One line of what a posting will book, before it is approved.

    `base_debit` and `base_credit` are its worth in the books, where that is another currency; a
    realised exchange difference stands in the books only.
    """

    account: str
    debit: Money | None
    credit: Money | None
    memo: str = ""
    base_debit: Money | None = None
    base_credit: Money | None = None


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """Everything the page shows of one receipt.

    `proposal_digests` name the decision's proposals in their order, for `acts.decline`; for a
    match that is one. `journal` is empty while nothing is proposed.
    """

    line: QueueLine
    row: PaymentRow
    receipt: Receipt
    decision: Decision | None
    proposal_digests: tuple[str, ...]
    advices: tuple[Advice, ...]
    candidates: tuple[CandidateInvoice, ...]
    credits: tuple[Item, ...]
    effects: tuple[EffectLine, ...]
    history: tuple[HistoryLine, ...]
    journal: tuple[JournalLineShown, ...]
    parts: tuple[QueueLine, ...]
