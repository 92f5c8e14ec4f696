"""What really happened, kept apart from what a receipt tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.ledger.money import Money
from domain.matching.decision import NotReceiptKind
from domain.matching.item import Item, ItemKind, Party, Remembered
from domain.matching.receipt import Receipt, RemittanceRow
from domain.matching.settings import MatchSettings

Key = tuple[ItemKind, int]


class Made(StrEnum):
    """What a payment is made of."""

    SINGLE = "single invoice"
    FEW = "2-5 invoices"
    MANY = "more than 5"
    WHOLE = "whole balance"
    CUTOFF = "all due by a day"
    PARTIAL = "part of one"
    OVER = "more than owed"
    PAID_BEFORE = "paid already"
    PREPAYMENT = "prepayment"
    UNRELATED = "unrelated"
    DUPLICATE = "duplicate"


class Less(StrEnum):
    """Why the money is not the sum of what it pays."""

    NOTHING = "nothing"
    DISCOUNT = "earned discount"
    LATE_DISCOUNT = "late discount"
    FEE = "bank fee"
    WITHHELD = "tax withheld"
    DEDUCTION = "deduction"
    CREDIT = "credit taken"
    ROUNDED = "rounding"


class Told(StrEnum):
    """How the payer names what is paid."""

    FULL = "all named"
    SOME = "some missing"
    NONE = "no reference"
    PO = "purchase order only"
    SHORT = "abbreviated list"
    CUT = "cut off"
    OCR = "misread letters"
    SWAPPED = "digits swapped"
    BARE = "separators gone"
    WRONG = "wrong reference"


@dataclass(frozen=True, slots=True)
class Paid:
    """What the payer means for one invoice; `cash` is what of the money belongs to it."""

    key: Key
    cash: Money
    discount: Money
    withheld: Money
    writeoff: Money
    deduction: Money

    @property
    def closed(self) -> int:
        """By how many minor units the invoice shrinks once everybody has done their work."""
        return sum(m.minor for m in (self.cash, self.discount, self.withheld, self.writeoff))


@dataclass(frozen=True, slots=True)
class Truth:
    """`owners` are the customers that may rightly be called the payer; `payer` is who sent it.

    `named` are the invoices that a careful reader finds in what came with the money. `rivals`
    tells that other open invoices explain the money just as well, as far as anybody can see.
    `open_count` is how many invoices the payer's family has open in the currency.
    """

    made: Made
    owners: frozenset[int]
    paid: tuple[Paid, ...]
    credits: Mapping[Key, Money]
    fee: Money
    unapplied: Money
    less: Less = Less.NOTHING
    told: Told = Told.NONE
    kind: NotReceiptKind | None = None
    named: frozenset[Key] = frozenset()
    linked: bool = False
    rivals: bool = False
    payer: int | None = None
    open_count: int = 0

    @property
    def complete(self) -> bool:
        """Whether everything that is paid is named, or linked by the source."""
        return self.linked or (bool(self.paid) and {p.key for p in self.paid} <= self.named)

    @property
    def ambiguous(self) -> bool:
        """Whether nobody could know: not all is named, and other invoices fit as well."""
        return bool(self.paid) and not self.complete and self.rivals


@dataclass(frozen=True, slots=True)
class Came:
    """A receipt on a day; `late` is an advice for it that comes `late_on`."""

    day: int
    receipt: Receipt
    truth: Truth
    late: tuple[RemittanceRow, ...] = ()
    late_on: int = 0
    returned_on: int | None = None


@dataclass(frozen=True, slots=True)
class Tenant:
    """One seller: its ledger on the first day, who pays, what people said before, the stream."""

    name: str
    family: str
    start: date
    items: tuple[Item, ...]
    parties: tuple[Party, ...]
    remembered: tuple[Remembered, ...]
    settings: MatchSettings
    stream: Sequence[Came] = field(default=())
