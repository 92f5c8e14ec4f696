"""Giving up a claim nobody will pay: what of it was delivered, and when it may not be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.ledger.credit_rules import CreditLimits, approval, closed_period
from domain.ledger.credits import CreditFinding
from domain.ledger.money import Money


@dataclass(frozen=True, slots=True)
class Unpaid:
    """An invoice that may be given up: what is open, what of it is still deferred revenue.

    `unapplied` is the customer's cash (and credits) not set against anything yet.
    """

    id: str
    number: str
    customer: str
    open: Money
    deferred: Money
    unapplied: Money
    disputed: bool = False
    promised: bool = False


@dataclass(frozen=True, slots=True)
class WriteOff:
    """What is given up: the delivered part is bad debt, the undelivered was never earned."""

    on: date
    delivered: Money
    undelivered: Money
    stops_schedule: bool

    @property
    def amount(self) -> Money:
        return self.delivered + self.undelivered


@dataclass(frozen=True, slots=True)
class SmallBalances:
    """Up to what an open balance is small, and the most of them in one run."""

    each: Money
    together: Money


@dataclass(frozen=True, slots=True)
class SmallBalancePolicy:
    """Up to what an open balance is small, the most of one run, and how late it must be.

    Without amounts nothing is small. A currency that is not listed has no small balances.
    """

    each: tuple[Money, ...] = ()
    together: tuple[Money, ...] = ()
    after_days: int = 60


def proposed(unpaid: Unpaid, on: date) -> WriteOff:
    """The write-off of all that is open. What was paid counts as paid for what was delivered."""
    undelivered = min(unpaid.deferred, unpaid.open)
    return WriteOff(on, unpaid.open - undelivered, undelivered, bool(unpaid.deferred))


def write_off_findings(
    write_off: WriteOff, unpaid: Unpaid, limits: CreditLimits
) -> tuple[CreditFinding, ...]:
    """Every rule the write-off breaks; all of them block."""
    return (
        *_unsettled(unpaid),
        *_undelivered(write_off, unpaid),
        *_size(write_off, unpaid),
        *closed_period(write_off.on, limits.closed),
        *approval(write_off.amount, limits),
    )


def small_balances(unpaid: Iterable[Unpaid], policy: SmallBalances) -> tuple[Unpaid, ...]:
    """The balances the policy lets go, smallest first until the cap; deferred ones never.

    Balances of another currency and what is disputed, promised or has cash beside it stay.
    """
    chosen: list[Unpaid] = []
    left = policy.together
    for each in sorted(unpaid, key=lambda u: (u.open.minor, u.number, u.id)):
        if each.open.currency != policy.each.currency or not _small(each, policy.each):
            continue
        if each.open > left:
            break
        left -= each.open
        chosen.append(each)
    return tuple(chosen)


def _small(unpaid: Unpaid, most: Money) -> bool:
    clean = not unpaid.deferred and not any(_unsettled(unpaid))
    return clean and 0 < unpaid.open.minor <= most.minor


def _unsettled(unpaid: Unpaid) -> Iterator[CreditFinding]:
    fix = "Apply the cash / settle first"
    if unpaid.unapplied.minor > 0:
        message = f"{unpaid.customer} has {unpaid.unapplied} unapplied."
        yield CreditFinding("WOF-001", True, message, fix, "unapplied")
    if unpaid.disputed:
        message = f"{unpaid.number} is disputed."
        yield CreditFinding("WOF-001", True, message, fix, "dispute")
    if unpaid.promised:
        message = f"{unpaid.customer} promised to pay {unpaid.number}."
        yield CreditFinding("WOF-001", True, message, fix, "promise")


def _undelivered(write_off: WriteOff, unpaid: Unpaid) -> Iterator[CreditFinding]:
    expected = min(unpaid.deferred, unpaid.open)
    whole = write_off.amount == unpaid.open
    short = (whole and write_off.undelivered != expected) or write_off.undelivered > expected
    running = write_off.undelivered.minor > 0 and not write_off.stops_schedule
    if short or running:
        fix = "Reverse the deferred part and stop the schedule"
        yield CreditFinding("WOF-002", True, f"{unpaid.deferred} is still deferred.", fix)


def _size(write_off: WriteOff, unpaid: Unpaid) -> Iterator[CreditFinding]:
    if min(write_off.delivered.minor, write_off.undelivered.minor) < 0 or not write_off.amount:
        message, fix = "A write-off must be of more than nothing.", "Enter positive amounts"
        yield CreditFinding("CRM-013", True, message, fix)
    elif write_off.amount > unpaid.open:
        message = f"Only {unpaid.open} is open on {unpaid.number}."
        yield CreditFinding("CRM-003", True, message, "Reduce it")
