"""The ways a receipt could be applied, ranked for a person."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from domain.ledger.invoice import Invoice
from domain.ledger.money import Money, total
from domain.ledger.payment import Application
from domain.matching.outcome import Candidate, Payer, in_order

_MOST_SHOWN = 5
_MOST_PAIRED = 60


def spread(amount: Money, invoices: Iterable[Invoice]) -> tuple[Application, ...]:
    """Apply `amount` to invoices in the order given, never more than is open on each."""
    left = amount
    found: list[Application] = []
    for invoice in invoices:
        share = min(left, invoice.open)
        if share.minor > 0:
            found.append(Application(invoice.id, share))
            left -= share
    return tuple(found)


def exact_pairs(amount: Money, invoices: tuple[Invoice, ...]) -> tuple[tuple[Invoice, ...], ...]:
    """Pairs of one customer's invoices whose open balances sum to `amount`."""
    small = [i for i in invoices if i.open.minor < amount.minor][:_MOST_PAIRED]
    return tuple(
        pair
        for pair in combinations(small, 2)
        if pair[0].customer_id == pair[1].customer_id
        and pair[0].open.minor + pair[1].open.minor == amount.minor
    )


def rank(
    amount: Money,
    payer: Payer,
    invoices: tuple[Invoice, ...],
    named: tuple[Invoice, ...],
) -> tuple[Candidate, ...]:
    """The best few candidates over collectable `invoices` in the receipt's currency."""
    ordered = in_order(invoices)
    found: list[Candidate] = []
    if named and len({i.customer_id for i in named}) == 1:
        found.append(_candidate(amount, in_order(named), 60, "the reference names it", payer))
    found.extend(
        _candidate(amount, (invoice,), 40, "the open balance is equal", payer)
        for invoice in ordered
        if invoice.open == amount
    )
    found.extend(
        _candidate(amount, pair, 20, "two open balances sum to it", payer)
        for pair in exact_pairs(amount, ordered)
    )
    found.extend(_whole(amount, payer, ordered))
    return _best(found)


def _whole(amount: Money, payer: Payer, ordered: tuple[Invoice, ...]) -> list[Candidate]:
    mine = tuple(i for i in ordered if i.customer_id == payer.customer_id)
    if not mine:
        return []
    if total((i.open for i in mine), amount.currency) == amount and len(mine) > 1:
        return [_candidate(amount, mine, 30, "it is the whole open balance", payer)]
    return [_candidate(amount, mine, 1, "oldest invoices first", payer)]


def _candidate(
    amount: Money, invoices: tuple[Invoice, ...], points: int, why: str, payer: Payer
) -> Candidate:
    applications = spread(amount, invoices)
    used = {line.invoice_id for line in applications}
    reasons = [why]
    if payer.customer_id == invoices[0].customer_id:
        points += 15
        reasons.append(payer.evidence or "it is the payer's account")
    applied = total((line.amount for line in applications), amount.currency)
    if applied < amount:
        reasons.append(f"{amount - applied} would stay unapplied")
    elif applied < total((i.open for i in invoices if i.id in used), amount.currency):
        points -= 5
        reasons.append("it would pay a part only")
    numbers = tuple(i.number for i in invoices if i.id in used)
    return Candidate(invoices[0].customer_id, applications, numbers, points, tuple(reasons))


def _best(found: list[Candidate]) -> tuple[Candidate, ...]:
    found.sort(key=lambda c: (-c.points, c.customer_id, c.numbers))
    unique: dict[tuple[Application, ...], Candidate] = {}
    for candidate in found:
        unique.setdefault(candidate.applications, candidate)
    return tuple(unique.values())[:_MOST_SHOWN]
