"""What a receipt may be set against, and who may have paid it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ledger.money import Money
from domain.matching.receipt import PayerAccount


class ItemKind(StrEnum):
    """A claim, or what may be taken off claims together with the money."""

    INVOICE = "invoice"
    CREDIT_MEMO = "credit_memo"
    DEPOSIT = "deposit"
    UNAPPLIED_PAYMENT = "unapplied_payment"
    JOURNAL = "journal"


class ItemState(StrEnum):
    """Only open items take money; the others tell that something is paid a second time."""

    OPEN = "open"
    PAID = "paid"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class EarlyDiscount:
    """What may be taken off when the money came on or before `until`."""

    amount: Money
    until: date


@dataclass(frozen=True, slots=True)
class Item:
    """An invoice, or a credit of a customer. `open` is never negative, also for credits.

    `(kind, id)` is its identity. `references` are further names it goes by: a purchase order, a
    billing number, an ISO 11649 reference.
    """

    kind: ItemKind
    id: int
    number: str
    customer_id: int
    open: Money
    total: Money
    issued_on: date
    due_on: date
    state: ItemState = ItemState.OPEN
    subsidiary_id: int | None = None
    references: tuple[str, ...] = ()
    discount: EarlyDiscount | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A customer as payers are recognised. `names` are all it is known by, the legal one first."""

    id: int
    names: tuple[str, ...]
    parent_id: int | None = None
    accounts: tuple[PayerAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """What people said about a payer's name or account: it pays for this customer, or it does not.

    `key` is a folded name or "scheme:value". Days count from `last_confirmed_on`.
    """

    key: str
    customer_id: int
    confirmed: int
    declined: int
    last_confirmed_on: date | None = None
