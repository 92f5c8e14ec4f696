"""Money as a source reports it, before anything is decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.ledger.money import Money
from domain.matching.receipt import Channel, PayerAccount, Reference, RemittanceRow


@dataclass(frozen=True, slots=True)
class Arrived:
    """One movement on an account of ours; a negative `amount` is money that left.

    `source` and `source_id` name it for ever: reading the same file again, or the same movement
    in another file of the same bank, gives the same pair. `account` is our own account's number.
    `raw` is the text of the source it was read from. `batch` is the source_id of the movement
    that it is a part of, for lines that were taken apart. `returns` is the trace or reference of
    the payment that this movement takes back, with the bank's `return_code`.
    """

    source: str
    source_id: str
    amount: Money
    booked_on: date
    value_on: date
    account: str = ""
    channel: Channel = Channel.UNKNOWN
    type_code: str = ""
    payer_name: str = ""
    payer_accounts: tuple[PayerAccount, ...] = ()
    references: tuple[Reference, ...] = ()
    remittance: tuple[RemittanceRow, ...] = ()
    instructed: Money | None = None
    fee: Money | None = None
    raw: str = ""
    batch: str = ""
    returns: str = ""
    return_code: str = ""
    customer_id: int | None = None
    named_by: str = ""


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """The file is not read at all: in this line (from 1, or 0), for this reason."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Everything a file reports, in its order. `opening`, `closing`: balances it states, if any.

    `deposits` are the lines that movements with a `batch` are the parts of: money told once more,
    whole, and no receipts themselves.
    """

    format: str
    movements: tuple[Arrived, ...]
    account: str = ""
    opening: Money | None = None
    closing: Money | None = None
    notes: tuple[str, ...] = ()
    deposits: tuple[Arrived, ...] = ()
