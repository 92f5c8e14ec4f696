"""What a credit, refund, write-off, recovery or rebill does to the books, as balanced entries.

Accounts are roles; which account of the books plays a role is a matter of the mapping.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from domain.ledger.credits import Treatment
from domain.ledger.deal import rounded
from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money, total
from domain.ledger.write_offs import WriteOff


class Role(StrEnum):
    """What an account is for."""

    RECEIVABLE = "receivable"
    DEFERRED_REVENUE = "deferred_revenue"
    REVENUE = "revenue"
    CONTRA_REVENUE = "contra_revenue"
    TAX = "tax"
    CASH = "cash"
    BAD_DEBT = "bad_debt"
    BAD_DEBT_RECOVERY = "bad_debt_recovery"
    SMALL_DIFFERENCES = "small_differences"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An amount on one account: exactly one side is positive, the other zero."""

    role: Role
    debit: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines that are posted together; debits equal credits."""

    lines: tuple[EntryLine, ...]

    def __post_init__(self) -> None:
        currency = self.lines[0].debit.currency if self.lines else ""
        debits = total((line.debit for line in self.lines), currency) if currency else None
        credits_ = total((line.credit for line in self.lines), currency) if currency else None
        if debits is None or debits != credits_:
            raise InvalidAmount(f"debits {debits}, credits {credits_}")


@dataclass(frozen=True, slots=True)
class CreditParts:
    """A credit net of tax, by whether its service was delivered, and its tax."""

    delivered: Money
    undelivered: Money
    tax: Money


def apart(net: Money, tax: Money, recognized: Money, deferred: Money) -> CreditParts:
    """A credit without service dates: in proportion to what was posted as revenue and what not.

    With neither posted, all of it counts as undelivered.
    """
    posted = recognized.minor + deferred.minor
    share = Fraction(recognized.minor, posted) if posted else Fraction(0)
    delivered = rounded(share * net.minor, net.currency)
    return CreditParts(delivered, net - delivered, tax)


def of_credit(parts: CreditParts, treatment: Treatment) -> Entry:
    """A credit memo: what was not delivered leaves deferred revenue, the rest its own account."""
    match treatment:
        case "reduce_revenue":
            role = Role.REVENUE
        case "contra_revenue":
            role = Role.CONTRA_REVENUE
        case "bad_debt":
            role = Role.BAD_DEBT
        case "small_difference":
            role = Role.SMALL_DIFFERENCES
        case _:
            assert_never(treatment)
    return _against(
        Role.RECEIVABLE,
        (
            (Role.DEFERRED_REVENUE, parts.undelivered),
            (role, parts.delivered),
            (Role.TAX, parts.tax),
        ),
    )


def of_refund(amount: Money) -> Entry:
    """Cash given back for a credit or an overpayment: no revenue moves."""
    return _against(Role.CASH, ((Role.RECEIVABLE, amount),))


def of_write_off(write_off: WriteOff) -> Entry:
    """Bad debt for what was delivered, deferred revenue for what was not."""
    return _against(
        Role.RECEIVABLE,
        ((Role.BAD_DEBT, write_off.delivered), (Role.DEFERRED_REVENUE, write_off.undelivered)),
    )


def of_small_balance(amount: Money) -> Entry:
    """A balance too small to ask for."""
    return _against(Role.RECEIVABLE, ((Role.SMALL_DIFFERENCES, amount),))


def of_recovery(amount: Money) -> tuple[Entry, Entry]:
    """Money for a claim that was written off: the claim comes back, then the cash settles it."""
    return (
        _against(Role.BAD_DEBT_RECOVERY, ((Role.RECEIVABLE, amount),)),
        _against(Role.RECEIVABLE, ((Role.CASH, amount),)),
    )


def of_rebill(parts: CreditParts) -> tuple[Entry, Entry]:
    """The credit of an invoice in full, and the new one with the same service: net zero."""
    credit = of_credit(parts, "reduce_revenue")
    return credit, turned(credit)


def turned(entry: Entry) -> Entry:
    """The entry that undoes this one: the trail keeps both."""
    return Entry(tuple(EntryLine(line.role, line.credit, line.debit) for line in entry.lines))


def balances(entries: Iterable[Entry]) -> dict[Role, int]:
    """Debits less credits by role in minor units; accounts that even out are left out."""
    found: dict[Role, int] = {}
    for entry in entries:
        for line in entry.lines:
            change = line.debit.minor - line.credit.minor
            found[line.role] = found.get(line.role, 0) + change
    return {role: minor for role, minor in found.items() if minor}


def _against(role: Role, debits: tuple[tuple[Role, Money], ...]) -> Entry:
    """Debits against one credit; a negative amount goes to the other side, zero nowhere."""
    whole = total((amount for _, amount in debits), debits[0][1].currency)
    lines = [_line(each, amount) for each, amount in debits if amount]
    return Entry((*lines, _line(role, -whole)))


def _line(role: Role, amount: Money) -> EntryLine:
    zero = Money.zero(amount.currency)
    return EntryLine(role, amount, zero) if amount.minor > 0 else EntryLine(role, zero, -amount)
