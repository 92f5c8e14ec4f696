"""What matching a receipt comes to, with reasons a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from domain.ledger.money import Money
from domain.matching.item import ItemKind


class Certainty(StrEnum):
    """How sure it is who paid. LIKELY suggests, CERTAIN alone may carry an automatic match."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNKNOWN = "unknown"


class Tier(IntEnum):
    """Who decided: proof, a rule of the seller, or nobody yet. Tried in this order."""

    PROOF = 1
    RULE = 2
    PROPOSAL = 3


class MatchClass(StrEnum):
    """What a match rests on; each goes live, and is demoted, on its own."""

    OBJECT_LINK = "object_link"
    REMITTANCE = "remittance"
    REFERENCE_EXACT = "reference_exact"
    REFERENCE_ADJUSTED = "reference_adjusted"
    REFERENCE_PARTIAL = "reference_partial"
    AMOUNT = "amount"
    RULE = "rule"
    ON_ACCOUNT = "on_account"
    GUESS = "guess"


class NotReceiptKind(StrEnum):
    """Money on a bank line that no customer sent for an invoice."""

    PAYOUT = "payout"
    RETURN = "return"
    REFUND = "refund"
    TRANSFER = "transfer"
    FEE = "fee"
    INTEREST = "interest"
    TAX = "tax"
    DEBIT = "debit"


@dataclass(frozen=True, slots=True)
class PayerFound:
    """Who paid, as far as it is known; `evidence` says how, strongest first, in words."""

    customer_id: int | None = None
    certainty: Certainty = Certainty.UNKNOWN
    evidence: tuple[str, ...] = ()
    family: frozenset[int] = frozenset()
    """The customers whose invoices this payer may settle: itself, its parent and children."""


@dataclass(frozen=True, slots=True)
class Line:
    """What of an item is settled. `amount` is paid with this receipt (or taken, for a credit).

    `discount`, `writeoff`, `withheld` and `deduction` close more of an invoice beyond `amount`;
    a deduction stays open on the invoice as a case. All amounts are positive or zero.
    """

    kind: ItemKind
    item_id: int
    number: str
    amount: Money
    discount: Money
    writeoff: Money
    withheld: Money
    deduction: Money


@dataclass(frozen=True, slots=True)
class Allocation:
    """One way to apply a receipt: invoices, credits taken with it, a bank's fee, and the rest.

    receipt + fee + credits = sum of the invoices' `amount` + unapplied.
    """

    customer_id: int
    invoices: tuple[Line, ...]
    unapplied: Money
    fee: Money
    credits: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An allocation with what speaks for it. `millibits`: weight of evidence, log2 x 1000."""

    allocation: Allocation
    klass: MatchClass
    millibits: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition of an automatic match, and whether it holds."""

    name: str
    passed: bool
    told: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Exactly one allocation stands beyond doubt. Every gate passed.

    `live` is False while its class is still in review: then it is a proposal without rival.
    """

    payer: PayerFound
    proposal: Proposal
    tier: Tier
    gates: tuple[Gate, ...]
    runner_up: Proposal | None = None
    rule: str = ""
    live: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Something fits, but not beyond doubt: a person picks. Best proposal first, at most three.

    `gates` are those of the best proposal; `near` are near misses in words.
    """

    payer: PayerFound
    proposals: tuple[Proposal, ...]
    reasons: tuple[str, ...]
    gates: tuple[Gate, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Nothing fits. With a certain payer the money may stand on its account, if a person agrees."""

    payer: PayerFound
    reasons: tuple[str, ...]
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAReceipt:
    """No customer sent this for an invoice."""

    kind: NotReceiptKind
    reasons: tuple[str, ...]


Decision = Matched | Ambiguous | Unmatched | NotAReceipt
