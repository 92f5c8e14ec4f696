"""What reading an advice gives, and how its name is made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.ledger.money import Money
from domain.matching.advice import Advice
from domain.matching.receipt import RemittanceRow
from sources.arrived import RefusedFile

LONGEST_REFERENCE = 140
MOST_ROWS = 5_000
MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadAdvices:
    """Everything a file or text advises, in its order."""

    format: str
    advices: tuple[Advice, ...]


@dataclass(frozen=True, slots=True)
class NeedsCurrency:
    """Readable, but it names no currency: whoever knows these documents can tell it."""

    references: tuple[str, ...]


Outcome = ReadAdvices | NeedsCurrency | RefusedFile


@dataclass(frozen=True, slots=True)
class Facts:
    """What an advice says about the payment as a whole."""

    total: Money | None = None
    paid_on: date | None = None
    payer_name: str = ""
    payment_references: tuple[str, ...] = ()


def advice_key(source: str, body: bytes, at: int = 0) -> str:
    """The name of the `at`-th advice of these bytes: the same wherever and whenever they come."""
    return f"{source}:{hashlib.sha256(body).hexdigest()[:40]}:{at}"


def summed(rows: Iterable[RemittanceRow], currency: str) -> Money | None:
    """What the rows pay together; None when one of them does not tell."""
    total = Money.zero(currency)
    for row in rows:
        if row.paid is None:
            return None
        total += row.paid
    return total


def total_problem(rows: tuple[RemittanceRow, ...], total: Money | None) -> str:
    """Why rows and stated total cannot both be right; empty if they agree or one is missing."""
    if total is None:
        return ""
    rows_total = summed(rows, total.currency)
    if rows_total is None or rows_total == total:
        return ""
    return f"the rows pay {rows_total} together, the total says {total}"
