"""Payouts: what Stripe sends to the bank, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, total
from sources.stripe.amounts import money_of
from sources.stripe.receipts import day_of

_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, LedgerError, OverflowError, OSError)


@dataclass(frozen=True, slots=True)
class Payout:
    """Money on its way from Stripe to our bank; negative when Stripe collects from us.

    `trace` is what the bank's line will carry. `complete`: its balance transactions are final.
    """

    id: str
    amount: Money
    status: str
    arrives_on: date
    trace: str
    automatic: bool
    complete: bool
    failure: str = ""


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """One balance transaction of a payout: `amount` less `fee` is `net`.

    `subject` is the id of the object it is about; `payment_ids` name the receipt behind it.
    """

    id: str
    kind: str
    amount: Money
    fee: Money
    net: Money
    subject: str
    payment_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stripe's answer is not understood."""

    reason: str


def read_payout(thing: Mapping[str, Any]) -> Payout | Unreadable:
    """A payout as Stripe has it. Never raises."""
    try:
        trace = thing.get("trace_id")
        known = trace.get("value") if isinstance(trace, Mapping) else None
        return Payout(
            str(thing["id"]),
            money_of(thing["amount"], thing["currency"]),
            str(thing["status"])[:40],
            day_of(thing["arrival_date"]),
            str(known or "")[:100],
            thing.get("automatic") is True,
            thing.get("reconciliation_status") == "completed",
            str(thing.get("failure_code") or "")[:60],
        )
    except _UNREADABLE as error:
        return Unreadable(f"{type(error).__name__} {error}"[:200])


def read_lines(things: Iterable[Mapping[str, Any]]) -> tuple[PayoutLine, ...] | Unreadable:
    """What a payout is made of, without the payout's own transaction. Never raises."""
    try:
        return tuple(_line(thing) for thing in things if thing["type"] != "payout")
    except _UNREADABLE as error:
        return Unreadable(f"{type(error).__name__} {error}"[:200])


def difference(payout: Payout, lines: Iterable[PayoutLine]) -> Money:
    """The payout less the sum of its lines: zero when every cent is explained."""
    return payout.amount - total((line.net for line in lines), payout.amount.currency)


def _line(thing: Mapping[str, Any]) -> PayoutLine:
    currency = thing["currency"]
    amount, fee = money_of(thing["amount"], currency), money_of(thing["fee"], currency)
    net = money_of(thing["net"], currency)
    if amount - fee != net:
        raise ValueError(f"{thing['id']} does not add up")
    kind = str(thing.get("reporting_category") or thing["type"])[:60]
    about = thing.get("source")
    source: Mapping[str, Any] = about if isinstance(about, Mapping) else {"id": about}
    named = (source.get("payment_intent"), source.get("charge"), source.get("id"))
    ids = tuple(n for n in named if isinstance(n, str) and n)
    return PayoutLine(str(thing["id"]), kind, amount, fee, net, str(source["id"] or ""), ids)
