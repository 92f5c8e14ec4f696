"""A credit as somebody asks for it, and what came of asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.ledger.billing.periods import Span
from domain.ledger.credits import CreditFinding, CreditRequest, Reason, Treatment
from domain.ledger.money import Money
from effects.kinds import CreateCreditMemo, RefundCustomer, WriteOffInvoice
from erp.review.finding import JournalLine

MOST_LINES = 200
# How a credit is booked where nobody says otherwise, by its reason.
BOOKED: dict[Reason, Treatment] = {
    Reason.CONCESSION: "contra_revenue",
    Reason.QUALITY: "contra_revenue",
    Reason.BILLING_ERROR: "reduce_revenue",
    Reason.UNUSED_SERVICE: "reduce_revenue",
    Reason.DUPLICATE: "reduce_revenue",
    Reason.CANNOT_PAY: "bad_debt",
    Reason.DISPUTE_LOST: "contra_revenue",
    Reason.SMALL_BALANCE: "small_difference",
    Reason.GOODWILL: "contra_revenue",
}


@dataclass(frozen=True, slots=True)
class LineAsked:
    """What of one line is credited, net of tax; `line` is the ERP's number of it."""

    line: int
    amount: Money
    service: Span | None = None


@dataclass(frozen=True, slots=True)
class CreditAsked:
    """A credit of an invoice: by line, or one amount (tax included) that falls on all of them.

    With neither, all that is left. What is open is set off unless `refund` and `keep` say where
    it goes instead. The same source and id twice is one credit.
    """

    invoice_id: int
    reason: Reason | None
    source: str
    source_id: str
    note: str = ""
    amount: Money | None = None
    lines: tuple[LineAsked, ...] = ()
    refund: Money | None = None
    keep: Money | None = None
    treatment: Treatment | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class WriteOffAsked:
    """An invoice's open balance given up, all of it or a part."""

    invoice_id: int
    source: str
    source_id: str
    reason: Reason = Reason.CANNOT_PAY
    note: str = ""
    amount: Money | None = None
    on: date | None = None
    run: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A credit worked out: what it does, what is wrong with it, and the effects it would be."""

    request: CreditRequest | None
    findings: tuple[CreditFinding, ...]
    effect: CreateCreditMemo | WriteOffInvoice | None = None
    refund: RefundCustomer | None = None
    journal: tuple[JournalLine, ...] = ()

    @property
    def blocked(self) -> bool:
        return self.effect is None or any(one.blocking for one in self.findings)


@dataclass(frozen=True, slots=True)
class Requested:
    """It waits for somebody else's approval. `effect_ids`: the memo first, then its refund."""

    request_id: int
    effect_ids: tuple[int, ...]
    created: bool
    warnings: tuple[CreditFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditRefused:
    """It cannot be done as asked: each finding with its id, message and fix. Nothing changed."""

    findings: tuple[CreditFinding, ...]

    @property
    def words(self) -> str:
        return " ".join(f"{one.message} {one.fix}.".replace("..", ".") for one in self.findings)


def refused(rule: str, message: str, fix: str, subject: str = "") -> CreditRefused:
    """A refusal for one reason."""
    return CreditRefused((CreditFinding(rule, True, message, fix, subject),))


def unacknowledged(findings: Sequence[CreditFinding], note: str) -> tuple[CreditFinding, ...]:
    """Warnings that nobody gave a reason for."""
    return () if note.strip() else tuple(one for one in findings if not one.blocking)
