"""The lines, segments and credit limits of the seeded papers, the same for the same ids."""

from __future__ import annotations

from dataclasses import replace

from domain.ledger.money import exponent
from sandbox.company import Claim, Debtor
from sandbox.netsuite.masters import (
    DEFERRED_ITEMS,
    INCOME_OF,
    ITEM_IDS,
    SERVICE,
    TAX_ACCOUNT,
)
from sandbox.netsuite.records.documents import ItemLine
from sandbox.netsuite.wallclock import add_months, day_seconds

_VAT_PERCENT = 19
_VAT_COUNTRY = "DE"
_SECOND_ITEMS = (508, 507, 510)
_LIMIT_STEPS = (2_000_000, 5_000_000, 10_000_000, 25_000_000)
_DAY = 86_400


def plain_line(claim: Claim) -> tuple[ItemLine, ...]:
    """One line for all of it."""
    return (ItemLine(SERVICE, claim.total, memo=claim.memo),)


def lines_of(claim: Claim, debtor: Debtor) -> tuple[ItemLine, ...]:
    """One to three lines that add up to the claim; the German ones end with a tax line."""
    net, tax = _split_tax(claim, debtor)
    second = net * 30 // 100 if claim.id % 3 == 0 and net > 10 else 0
    lines = [_line(claim, ITEM_IDS.get(claim.memo, SERVICE), net - second, claim.memo)]
    if second:
        lines.append(_line(claim, _SECOND_ITEMS[claim.id % len(_SECOND_ITEMS)], second, ""))
    if tax:
        lines.append(
            ItemLine(None, tax, memo=f"VAT {_VAT_PERCENT} %", account=TAX_ACCOUNT, tax=True)
        )
    return tuple(lines)


def _split_tax(claim: Claim, debtor: Debtor) -> tuple[int, int]:
    if debtor.country != _VAT_COUNTRY:
        return claim.total, 0
    net = claim.total * 100 // (100 + _VAT_PERCENT)
    return net, claim.total - net


def _line(claim: Claim, item: int, amount: int, memo: str) -> ItemLine:
    """Several pieces where the amount divides; a year of service for what is deferred."""
    names = {number: name for name, number in ITEM_IDS.items()}
    pieces = next((n for n in (10, 5, 4, 2) if claim.id % 2 == 0 and amount % n == 0), 1)
    line = ItemLine(
        item,
        amount,
        quantity=str(pieces),
        memo=memo or names[item],
        department=1 + claim.id % 2,
        class_id=1 if item in DEFERRED_ITEMS else 2,
        location=1 + claim.id % 5 // 4,
        account=INCOME_OF[item],
        kind="NonInvtPart" if item in (502, 504, 505, 507) else "Service",
    )
    if item not in DEFERRED_ITEMS:
        return line
    starts = day_seconds(claim.issued_on.replace(day=1))
    return replace(line, starts_on=starts, ends_on=add_months(starts, 12) - _DAY)


def credit_limit(debtor: Debtor, owed: int) -> int | None:
    """A round limit in whole units above three times what is owed; every fifth has none."""
    if debtor.id % 5 == 0:
        return None
    steps = (step * (100 if exponent(debtor.currency) == 0 else 1) for step in _LIMIT_STEPS)
    minor = next((step for step in steps if step > 3 * owed), 10 * max(owed, 10_000_000))
    return int(minor // 10 ** exponent(debtor.currency))
