"""The journal of a period: one for each subsidiary and currency, summed by account.

Recognized: Dr deferred / Cr revenue. Contra: Dr contra revenue / Cr deferred, because the credit
itself took its whole amount from deferred revenue. What nets the other way changes sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ledger.money import Money
from domain.revenue.layers import Role
from domain.revenue.ledger import Posting, RevenueLedger
from domain.revenue.periods import Period


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One account, debit or credit, never both; `base` is the same side in base currency."""

    account: str
    debit: Money
    credit: Money
    base_debit: Money
    base_credit: Money
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class Journal:
    """A proposed entry; each line holds the rows it sums up."""

    subsidiary: str
    currency: str
    base_currency: str
    period: Period
    lines: tuple[JournalLine, ...]


def journals(ledger: RevenueLedger, period: Period) -> tuple[Journal, ...]:
    """The entries of what is posted in `period`; an entry of nothing is left out."""
    groups: dict[tuple[str, str, str], list[Posting]] = {}
    for row in ledger.postings:
        if row.posting_period == period:
            key = (row.obligation.subsidiary, row.amount.currency, row.base.currency)
            groups.setdefault(key, []).append(row)
    found = [Journal(*key, period, _lines(groups[key])) for key in sorted(groups)]
    return tuple(journal for journal in found if journal.lines)


def _lines(rows: Iterable[Posting]) -> tuple[JournalLine, ...]:
    by_account: dict[tuple[str, bool], list[Posting]] = {}
    for row in rows:
        by_account.setdefault((row.obligation.deferred_account, True), []).append(row)
        by_account.setdefault((_earned(row), False), []).append(row)
    found = list[JournalLine]()
    for (account, deferred), summed in sorted(by_account.items(), key=lambda item: item[0]):
        sign = 1 if deferred else -1
        minor = sign * sum(row.amount.minor for row in summed)
        base = sign * sum(row.base.minor for row in summed)
        if minor or base:
            found += _sides(account, minor, base, tuple(summed))
    return tuple(found)


def _earned(row: Posting) -> str:
    obligation = row.obligation
    return obligation.contra_account if row.role is Role.CONTRA else obligation.revenue_account


def _sides(
    account: str, minor: int, base: int, rows: tuple[Posting, ...]
) -> tuple[JournalLine, ...]:
    """Debits above zero; amounts that net to opposite sides in the two currencies part."""
    if minor * base < 0:
        return (*_sides(account, minor, 0, rows), *_sides(account, 0, base, rows))
    currency, own = rows[0].amount.currency, rows[0].base.currency
    line = JournalLine(
        account,
        Money(max(0, minor), currency),
        Money(max(0, -minor), currency),
        Money(max(0, base), own),
        Money(max(0, -base), own),
        rows,
    )
    return (line,)
