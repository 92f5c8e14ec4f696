"""The journal an invoice will make in the ERP's ledger, in its currency and in base currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ledger.money import Money, total
from erp.masters import ErpAccount, ErpItem
from erp.review.exact import converted
from erp.review.finding import JournalLine
from erp.review.subject import Masters, ResolvedLine

__all__ = ["JournalLine", "Posting", "account_of", "deferrable", "gaps", "has_plan", "preview"]

TAX = "tax, worked out by the source"
UNKNOWN = "account not known"


@dataclass(frozen=True, slots=True)
class Posting:
    """What an invoice posts: to receivables the whole, to each line's account its amount."""

    receivable: ErpAccount | None
    lines: tuple[ResolvedLine, ...]
    tax: Money
    tax_account: ErpAccount | None
    currency: str
    base: str
    rate: str | None


def preview(
    posting: Posting, masters: Masters, *, undated: tuple[str, ...] = ()
) -> tuple[JournalLine, ...]:
    """The journal by account, receivables first; credits in the order of the lines.

    `undated` are revenue rules that recognize at once.
    """
    credits_: dict[tuple[str, str], Money] = {}
    for line in posting.lines:
        key = _key(account_of(line, masters, undated))
        credits_[key] = credits_.get(key, Money.zero(posting.currency)) + line.line.amount
    if posting.tax:
        key = _key(posting.tax_account) if posting.tax_account else ("", TAX)
        credits_[key] = credits_.get(key, Money.zero(posting.currency)) + posting.tax
    whole = total(credits_.values(), posting.currency)
    if not whole and not any(credits_.values()):
        return ()
    bases = _in_base(list(credits_.values()), whole, posting)
    lines = [_side(_key(posting.receivable), whole, bases[0] if bases else None)]
    for n, (key, amount) in enumerate(credits_.items(), 1):
        lines.append(_side(key, -amount, -bases[n] if bases else None))
    return tuple(line for line in lines if line.debit or line.credit)


def account_of(
    line: ResolvedLine, masters: Masters, undated: tuple[str, ...] = ()
) -> ErpAccount | None:
    """The account a line is credited to: deferred revenue where it is earned later."""
    if line.item is None:
        return None
    deferral = line.item.deferral_account_netsuite_id
    if deferral and deferrable(line, masters, undated):
        return masters.accounts.get(deferral)
    return masters.accounts.get(line.item.income_account_netsuite_id)


def deferrable(line: ResolvedLine, masters: Masters, undated: tuple[str, ...] = ()) -> str:
    """Why a line is earned later than it is billed; empty when it is not."""
    if line.item is not None and has_plan(line.item, undated):
        return f"its revenue rule is {line.item.revenue_rule}"
    start, end = line.line.service_starts_on, line.line.service_ends_on
    if start is None or end is None or end < start:
        return ""
    first, last = masters.period_of(start), masters.period_of(end)
    if first and last:
        longer = first.netsuite_id != last.netsuite_id
    else:
        longer = (start.year, start.month) != (end.year, end.month)
    return f"its service runs from {start} to {end}" if longer else ""


def has_plan(item: ErpItem, undated: tuple[str, ...]) -> bool:
    """Whether the ERP makes a revenue plan with dates for the item."""
    return bool(item.revenue_rule) and item.revenue_rule not in undated


def gaps(lines: Iterable[JournalLine]) -> tuple[Money, ...]:
    """By how much debits exceed credits, in each currency where they are not equal."""
    sums: dict[tuple[str, str], Money] = {}
    for line in lines:
        sides = (
            ("own", line.debit, 1),
            ("own", line.credit, -1),
            ("base", line.base_debit, 1),
            ("base", line.base_credit, -1),
        )
        for kind, amount, sign in sides:
            if amount is not None:
                key = (kind, amount.currency)
                before = sums.get(key, Money.zero(amount.currency))
                sums[key] = before + amount if sign > 0 else before - amount
    return tuple(gap for gap in sums.values() if gap)


def _in_base(amounts: list[Money], whole: Money, posting: Posting) -> list[Money]:
    """The whole and then each amount in base currency; what rounding leaves goes to the largest.

    Empty when no rate is known.
    """
    found = [converted(a, posting.rate or "", posting.base) for a in (whole, *amounts)]
    known = [amount for amount in found if amount is not None]
    if len(known) != len(found) or not amounts:
        return []
    rest = known[0] - total(known[1:], posting.base)
    largest = max(range(1, len(known)), key=lambda n: abs(known[n].minor))
    known[largest] += rest
    return known


def _side(key: tuple[str, str], amount: Money, base: Money | None) -> JournalLine:
    """A positive amount as debit, a negative one as credit."""
    account, name = key
    if amount.minor >= 0:
        return JournalLine(account, name, amount, None, base, None)
    return JournalLine(account, name, None, -amount, None, -base if base is not None else None)


def _key(account: ErpAccount | None) -> tuple[str, str]:
    if account is None:
        return "", UNKNOWN
    return account.netsuite_id, f"{account.number} {account.name}".strip()
