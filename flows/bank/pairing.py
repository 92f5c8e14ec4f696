"""Which line of a statement a deposit, a detail or a return arrived on: pure comparison.

A pair is refused by any contradiction (channel, account, day, trace, name). Where several are
equal in all that counts they are equal in money too, and the oldest is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from domain.matching.receipt import Channel
from flows.bank.rows import EARLIEST, LATEST, ach_traces, same_account, share_a_word
from store.bank import BankLineRow

_LOCKBOX = {Channel.LOCKBOX, Channel.CHECK, Channel.UNKNOWN}
# A difference of at most one in twenty: an adjustment of the bank, not another deposit.
_NEARLY = 20
_ACH = {Channel.ACH, Channel.DIRECT_DEBIT, Channel.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement's line and all that arrived on it; `difference`: what the line has more."""

    told: tuple[BankLineRow, ...]
    difference: int = 0


def pair_for(line: BankLineRow, waiting: Sequence[BankLineRow]) -> Pair | None:
    """What of `waiting` this line of a statement is: one alone, or a day's deposits together."""
    fitting = [one for one in waiting if fits(line, one)]
    alone = [one for one in fitting if one.amount_minor == line.amount_minor]
    if alone:
        best = min(alone, key=lambda one: _rank(line, one))
        return Pair((best,))
    for group in _days(fitting):
        if len(group) > 1 and sum(one.amount_minor for one in group) == line.amount_minor:
            return Pair(group)
    return _named_lockbox(line, fitting)


def line_for(told: Sequence[BankLineRow], lines: Sequence[BankLineRow]) -> BankLineRow | None:
    """The line of a statement that these arrived on together, if one has just their sum."""
    total = sum(one.amount_minor for one in told)
    fitting = [
        line
        for line in lines
        if line.amount_minor == total and all(fits(line, one) for one in told)
    ]
    return min(fitting, key=lambda line: _rank(line, told[0])) if fitting else None


def fits(line: BankLineRow, told: BankLineRow) -> bool:
    """Whether nothing speaks against `told` having arrived on this line."""
    if line.currency != told.currency or (line.role == "return") != (told.role == "return"):
        return False
    if (line.amount_minor > 0) != (told.amount_minor > 0):
        return False
    if not told.booked_on - EARLIEST <= line.booked_on <= told.booked_on + LATEST:
        return False
    if told.source == "lockbox":
        return _fits_lockbox(line, told)
    return _fits_ach(line, told)


def _fits_lockbox(line: BankLineRow, told: BankLineRow) -> bool:
    if told.role != "deposit" or line.channel not in _LOCKBOX:
        return False
    return line.channel == Channel.LOCKBOX or not line.payer_name or _names_lockbox(line, told)


def _fits_ach(line: BankLineRow, told: BankLineRow) -> bool:
    if line.channel not in _ACH and told.role != "return":
        return False
    if told.account and line.account and not same_account(line.account, told.account):
        return False
    ours, theirs = ach_traces(line), ach_traces(told)
    if told.role != "deposit" and ours and theirs:
        return bool(ours & theirs)
    if line.payer_name and told.payer_name and told.role != "return":
        return share_a_word(line.payer_name, told.payer_name)
    return True


def _rank(line: BankLineRow, told: BankLineRow) -> tuple[bool, bool, int, int]:
    """Named by a trace first, deposits before parts, the nearest day, the oldest."""
    named = bool(set(line.traces) & set(told.traces))
    days = abs((line.booked_on - told.booked_on).days)
    return (not named, told.role == "part", days, told.id)


def _days(fitting: Sequence[BankLineRow]) -> list[tuple[BankLineRow, ...]]:
    """Deposits and details that one bank told of one account on one day, for sums."""
    whole = [one for one in fitting if one.role in ("deposit", "detail")]

    def key(one: BankLineRow) -> tuple[str, str, str]:
        return (one.source, one.account, one.booked_on.isoformat())

    return [tuple(group) for _, group in groupby(sorted(whole, key=key), key)]


def _named_lockbox(line: BankLineRow, fitting: Sequence[BankLineRow]) -> Pair | None:
    """A line that names a lockbox is its deposit of that day even if a little is missing."""
    days = [group for group in _days(fitting) if nearly(line, group)]
    if len(days) != 1:
        return None
    return Pair(days[0], line.amount_minor - sum(one.amount_minor for one in days[0]))


def nearly(line: BankLineRow, told: Sequence[BankLineRow]) -> bool:
    """Whether a line that names a lockbox is these deposits but for a small difference.

    Another day or a larger difference is another deposit, whose file did not come yet.
    """
    reached = sum(one.amount_minor for one in told)
    close = abs(line.amount_minor - reached) * _NEARLY <= abs(reached)
    return close and all(
        one.source == "lockbox"
        and fits(line, one)
        and _names_lockbox(line, one)
        and abs((line.booked_on - one.booked_on).days) <= 1
        for one in told
    )


def _names_lockbox(line: BankLineRow, told: BankLineRow) -> bool:
    number = told.account.lstrip("0")
    return len(number) >= 4 and number in line.text
