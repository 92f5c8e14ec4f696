"""What a remittance advice says, checked against the open items line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.ledger.money import Money
from domain.matching.adjustments import Adjustment, Fit, Share, spread
from domain.matching.evidence import possible_amounts
from domain.matching.hypotheses import Case, Hypothesis, Origin, is_open, order
from domain.matching.item import Item, ItemKind
from domain.matching.numbers import folded
from domain.matching.receipt import RemittanceRow
from domain.matching.references import How, Named, NamedItem, read_text

MODEL = "model"
_MOST_ROWS = 2_000
_SPARSE = 100


@dataclass(frozen=True, slots=True)
class Advised:
    """The hypothesis that the rows state, if they can be read; `problems` speak against it.

    `named` is how the rows name what is open.
    """

    hypothesis: Hypothesis | None = None
    problems: tuple[str, ...] = ()
    named: tuple[NamedItem, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What became of the rows: what they name, what another payment settled, what is unclear."""

    named: dict[str, NamedItem] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def by_rows(case: Case) -> Advised:
    """The allocation that the remittance rows state. Nothing is assumed that they do not say."""
    rows = case.receipt.remittance[:_MOST_ROWS]
    if not rows:
        return Advised()
    reading = _Reading()
    for row in rows:
        _name(case, row, reading)
    read = [
        (row, reading.named[row.reference].item) for row in rows if row.reference in reading.named
    ]
    shares = [_share(case, row, item, reading.problems) for row, item in read]
    told = _merged([share for share in shares if share is not None])
    claims = tuple(s for s in told if s.item.kind is ItemKind.INVOICE)
    reductions = tuple(s for s in told if s.item.kind is not ItemKind.INVOICE)
    reading.problems += _over(told)
    named = tuple(reading.named[r] for r in sorted(reading.named))
    if not claims:
        return Advised(None, (*reading.problems, *reading.settled), named)
    hypothesis = _summed(case, claims, reductions, reading)
    if any(row.source == MODEL for row in rows):
        reading.problems.append("a model read the advice; a person confirms it")
    return Advised(hypothesis, tuple(reading.problems), named)


def _name(case: Case, row: RemittanceRow, reading: _Reading) -> None:
    """The one open item that a row names; one that is nearly named if the amount is its own."""
    named = _read(case, row.reference)
    if not (named.items or named.closed or named.contested):
        named = _read(case, folded(row.reference))
    open_ = [n for n in named.items if is_open(n.item, case.currency)]
    sure = [n for n in open_ if n.how is not How.NEAR]
    usable = sure or [n for n in open_ if n.item.open == row.paid and not n.rivals]
    reference = row.reference
    if len(usable) == 1 and not named.contested:
        reading.named[reference] = usable[0]
    elif len(usable) > 1 or named.contested:
        reading.problems.append(f"{reference} can mean several open items")
    elif named.closed:
        reading.settled.append(f"{reference} is {named.closed[0].item.state.value} already")
    elif named.items and not open_:
        foreign = named.items[0].item.open.currency
        reading.problems.append(f"{reference} is in {foreign}, the money is not")
    else:
        reading.problems.append(f"{reference} is nothing that is open")


def _read(case: Case, text: str) -> Named:
    return read_text(text, case.book, case.scope or None, case.today, case.currency)


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
    case: Case, claims: tuple[Share, ...], reductions: tuple[Share, ...], reading: _Reading
) -> Hypothesis:
    """The rows as they stand if they sum to the money; else their items, oldest first.

    Rows that another payment settled do not count. One advice for several payments is divided
    where that can be done in one way only.
    """
    due = sum(s.amount for s in claims) - sum(s.amount for s in reductions)
    problems = reading.problems
    if not problems:
        for fee, by in ((0, ()), *((fee, (told,)) for fee, told in case.terms.fees)):
            if due == case.received + fee:
                return _stated(claims, reductions, fee, by)
        part = _one_part(case, claims) if due > case.received and not reductions else None
        if part is not None:
            return _stated(part, (), 0, ())
    problems += reading.settled
    if due != case.received:
        stated = Money(due, case.currency)
        problems.append(f"the advice sums to {stated}, but {case.receipt.amount} came")
    within = [s for s in claims if s.amount + s.discount + s.deduction <= s.item.open.minor]
    if due <= case.received and len(within) == len(claims) and not _over(reductions):
        found = _stated(claims, reductions, 0, (Adjustment.UNAPPLIED,))
        return replace(found, fit=replace(found.fit, unapplied=case.received - due))
    return Hypothesis(Origin.REMITTANCE, spread([s.item for s in claims], case.received))


def _stated(
    claims: tuple[Share, ...], reductions: tuple[Share, ...], fee: int, more: tuple[Adjustment, ...]
) -> Hypothesis:
    by = [Adjustment.DISCOUNT] if any(s.discount for s in claims) else []
    by += [Adjustment.DEDUCTION] if any(s.deduction for s in claims) else []
    by += [Adjustment.NAMED_CREDIT] if reductions else []
    return Hypothesis(Origin.REMITTANCE, Fit(claims, reductions, fee, by=(*by, *more)))


def _one_part(case: Case, claims: tuple[Share, ...]) -> tuple[Share, ...] | None:
    """The only rows that sum to the money, where hardly any would by chance."""
    if 2 ** len(claims) * _SPARSE > possible_amounts(case):
        return None
    ways: dict[int, list[int]] = {0: [0]}
    for at, share in enumerate(claims):
        for total, sets in list(ways.items()):
            if total + share.amount <= case.received:
                more = [chosen | 1 << at for chosen in sets]
                ways[total + share.amount] = (ways.get(total + share.amount, []) + more)[:2]
    found = ways.get(case.received, [])
    if len(found) != 1:
        return None
    return tuple(share for at, share in enumerate(claims) if found[0] >> at & 1)
