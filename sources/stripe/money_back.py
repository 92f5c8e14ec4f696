"""Money that goes back after it came: refunds, disputes, debits that fail late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from sources.stripe.amounts import money_of
from sources.stripe.receipts import day_of

_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, LedgerError, OverflowError, OSError)
# An inquiry takes no money; it becomes a dispute when it does (statuses of Stripe's disputes).
_INQUIRY = ("warning_needs_response", "warning_under_review", "warning_closed", "prevented")


class BackState(StrEnum):
    """Whether the money is gone, came back to us, or has not moved."""

    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    NOTHING_YET = "nothing_yet"


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """One refund, dispute or failed debit. `payment_ids` name the receipt it takes from."""

    object_id: str
    kind: str
    state: BackState
    amount: Money
    payment_ids: tuple[str, ...]
    code: str
    on: date
    customer: str = ""


@dataclass(frozen=True, slots=True)
class NothingBack:
    """The object says nothing about money going back."""

    reason: str


def read_money_back(thing: Mapping[str, Any]) -> MoneyBack | NothingBack:
    """What a refund, dispute, charge or cash balance transaction takes back. Never raises."""
    readers = {
        "refund": _refund,
        "dispute": _dispute,
        "charge": _late_failure,
        "customer_cash_balance_transaction": _transfer_back,
    }
    try:
        return readers[thing["object"]](thing)
    except _UNREADABLE as error:
        return NothingBack(f"not understood: {type(error).__name__} {error}"[:200])


def _refund(thing: Mapping[str, Any]) -> MoneyBack:
    """Stripe takes a refund's amount at once, and gives it back when the refund fails."""
    failed = thing["status"] in ("failed", "canceled")
    return MoneyBack(
        str(thing["id"]),
        "refund",
        BackState.GIVEN_BACK if failed else BackState.TAKEN,
        money_of(thing["amount"], thing["currency"]),
        _payments(thing),
        str(thing.get("reason") or thing.get("failure_reason") or "refund")[:60],
        day_of(thing["created"]),
    )


def _dispute(thing: Mapping[str, Any]) -> MoneyBack:
    """What was withdrawn and not reinstated, by the dispute's own balance transactions."""
    moved = thing.get("balance_transactions") or []
    withdrawn = -sum(int(t["amount"]) for t in moved)
    state = BackState.TAKEN if withdrawn > 0 else BackState.GIVEN_BACK
    if not moved or thing["status"] in _INQUIRY:
        state = BackState.NOTHING_YET
    currency = str(moved[0]["currency"]) if moved else thing["currency"]
    amount = money_of(withdrawn if withdrawn > 0 else thing["amount"], currency)
    return MoneyBack(
        str(thing["id"]),
        "dispute",
        state,
        amount,
        _payments(thing),
        str(thing.get("reason") or "dispute")[:60],
        day_of(thing["created"]),
    )


def _late_failure(thing: Mapping[str, Any]) -> MoneyBack | NothingBack:
    """A debit that had succeeded and then failed: the whole amount is taken."""
    if thing["status"] != "failed":
        return NothingBack(f"the charge is {thing['status']}")
    payments = (str(thing.get("payment_intent") or ""), str(thing["id"]))
    return MoneyBack(
        f"{thing['id']}_failed",
        "failure",
        BackState.TAKEN,
        money_of(thing["amount"], thing["currency"]),
        tuple(p for p in payments if p),
        str(thing.get("failure_code") or "failed")[:60],
        day_of(thing["created"]),
    )


def _transfer_back(thing: Mapping[str, Any]) -> MoneyBack | NothingBack:
    """A bank transfer that is returned to the payer, or was reversed by its bank.

    Stripe names the customer, not the transfer it takes back.
    """
    if thing["type"] not in ("funding_reversed", "return_initiated", "return_canceled"):
        return NothingBack(f"the cash balance was {str(thing['type'])[:60]}")
    amount = money_of(thing["net_amount"], thing["currency"])
    gone = amount.minor < 0
    return MoneyBack(
        str(thing["id"]),
        "transfer_return",
        BackState.TAKEN if gone else BackState.GIVEN_BACK,
        -amount if gone else amount,
        (),
        str(thing["type"]),
        day_of(thing["created"]),
        str(thing.get("customer") or ""),
    )


def _payments(thing: Mapping[str, Any]) -> tuple[str, ...]:
    named = (thing.get("payment_intent"), thing.get("charge"))
    return tuple(n for n in named if isinstance(n, str) and n)
