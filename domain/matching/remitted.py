"""What a remittance advice says, checked against the open items line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.ledger.money import Money
from domain.matching.adjustments import Adjustment, Fit, Share, spread
from domain.matching.hypotheses import Case, Hypothesis, Origin, is_open, order
from domain.matching.item import Item, ItemKind
from domain.matching.receipt import RemittanceRow
from domain.matching.references import How, read_text

MODEL = "model"
_MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Advised:
    """The hypothesis that the rows state, if they can be read; `problems` speak against it."""

    hypothesis: Hypothesis | None = None
    problems: tuple[str, ...] = ()


def by_rows(case: Case) -> Advised:
    """The allocation that the remittance rows state. Nothing is assumed that they do not say."""
    rows = case.receipt.remittance[:_MOST_ROWS]
    if not rows:
        return Advised()
    problems: list[str] = []
    read = [(row, _item(case, row, problems)) for row in rows]
    shares = [_share(case, row, item, problems) for row, item in read if item is not None]
    told = _merged([share for share in shares if share is not None])
    claims = tuple(s for s in told if s.item.kind is ItemKind.INVOICE)
    reductions = tuple(s for s in told if s.item.kind is not ItemKind.INVOICE)
    problems += _over(told)
    if not claims:
        return Advised(None, tuple(problems))
    hypothesis = _summed(case, claims, reductions, problems)
    if any(row.source == MODEL for row in rows):
        problems.append("a model read the advice; a person confirms it")
    return Advised(hypothesis, tuple(problems))


def _item(case: Case, row: RemittanceRow, problems: list[str]) -> Item | None:
    """The one open item that a row names."""
    family = case.scope or None
    named = read_text(row.reference, case.book, family, case.today, case.currency)
    sure = [n.item for n in named.items if n.how is not How.NEAR]
    usable = [item for item in sure if is_open(item, case.currency)]
    if len(usable) == 1 and not named.contested:
        return usable[0]
    if len(usable) > 1 or named.contested:
        problems.append(f"{row.reference} can mean several open items")
    elif named.closed:
        problems.append(f"{row.reference} is {named.closed[0].item.state.value} already")
    elif sure:
        problems.append(f"{row.reference} is in {sure[0].open.currency}, the money is not")
    else:
        problems.append(f"{row.reference} is nothing that is open")
    return None


def _share(case: Case, row: RemittanceRow, item: Item, problems: list[str]) -> Share | None:
    amounts = (row.paid, row.gross, row.discount, row.deduction)
    if any(m is not None and m.currency != case.currency for m in amounts):
        problems.append(f"the advice on {row.reference} is in another currency")
        return None
    if item.kind is not ItemKind.INVOICE:
        paid = row.paid if row.paid is not None else row.gross
        return Share(item, abs(paid.minor) if paid is not None else item.open.minor)
    taken, held = _minor(row.discount), _minor(row.deduction)
    earned = case.terms.discount(item)
    discount = taken if 0 < taken <= earned else 0
    if taken > discount:
        held += taken
    gross = row.gross.minor if row.gross is not None else item.open.minor
    paid_minor = row.paid.minor if row.paid is not None else gross - discount - held
    if paid_minor <= 0:
        problems.append(f"the advice pays nothing on {row.reference}")
        return None
    return Share(item, paid_minor, discount=discount, deduction=held)


def _minor(money: Money | None) -> int:
    return abs(money.minor) if money is not None else 0


def _merged(shares: Sequence[Share]) -> tuple[Share, ...]:
    """One share an item, however many rows name it."""
    found: dict[tuple[str, int], Share] = {}
    for share in shares:
        key = (share.item.kind.value, share.item.id)
        known = found.get(key)
        if known is not None:
            share = replace(
                known,
                amount=known.amount + share.amount,
                discount=max(known.discount, share.discount),
                deduction=known.deduction + share.deduction,
            )
        found[key] = share
    return tuple(sorted(found.values(), key=lambda share: order(share.item)))


def _over(shares: Sequence[Share]) -> list[str]:
    return [
        f"the advice says more on {s.item.number} than is open"
        for s in shares
        if s.amount + s.discount + s.deduction > s.item.open.minor
    ]


def _summed(
    case: Case, claims: tuple[Share, ...], reductions: tuple[Share, ...], problems: list[str]
) -> Hypothesis:
    """The rows as they stand if they sum to the money; else their items, oldest first."""
    due = sum(s.amount for s in claims) - sum(s.amount for s in reductions)
    by = [Adjustment.DISCOUNT] if any(s.discount for s in claims) else []
    by += [Adjustment.DEDUCTION] if any(s.deduction for s in claims) else []
    by += [Adjustment.NAMED_CREDIT] if reductions else []
    if not problems and due == case.received:
        return Hypothesis(Origin.REMITTANCE, Fit(claims, reductions, by=tuple(by)))
    for fee, told in case.terms.fees:
        if not problems and due == case.received + fee:
            fit = Fit(claims, reductions, fee, by=(*by, told))
            return Hypothesis(Origin.REMITTANCE, fit)
    if due != case.received:
        stated = Money(due, case.currency)
        problems.append(f"the advice sums to {stated}, but {case.receipt.amount} came")
    within = [s for s in claims if s.amount + s.discount + s.deduction <= s.item.open.minor]
    if due <= case.received and len(within) == len(claims) and not _over(reductions):
        fit = Fit(claims, reductions, unapplied=case.received - due, by=(*by, Adjustment.UNAPPLIED))
        return Hypothesis(Origin.REMITTANCE, fit)
    return Hypothesis(Origin.REMITTANCE, spread([s.item for s in claims], case.received))
