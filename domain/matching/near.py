"""What comes near, in words: the lead a person follows when nothing fits beyond doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from domain.ledger.money import Money
from domain.matching.adjustments import credit_sets
from domain.matching.decision import Certainty
from domain.matching.hypotheses import Case
from domain.matching.item import Item, ItemKind, ItemState
from domain.matching.references import NamedItem

MOST_TOLD = 6
_NEARLY = 10


def near_misses(case: Case, items: Sequence[Item]) -> tuple[str, ...]:
    """At most six leads, the most telling first. `items` are the payer's open invoices."""
    told = dict.fromkeys(islice(_all(case, items), 2 * MOST_TOLD))
    return tuple(told)[:MOST_TOLD]


def _all(case: Case, items: Sequence[Item]) -> Iterator[str]:
    yield from _named_closed(case)
    yield from _named_elsewhere(case)
    if case.named.contested:
        yield f"{', '.join(case.named.contested)} can mean several items"
    yield from (f"{word} is no number we know" for word in case.named.strange)
    named = [n.item for n in case.open_named()]
    if named:
        yield from _difference(case, named)
    yield from _equals_closed(case)
    if not named and case.payer.certainty is not Certainty.UNKNOWN:
        yield from _singles(case, items)


def _named_closed(case: Case) -> Iterator[str]:
    for named in case.named.closed:
        item = named.item
        how = "void" if item.state is ItemState.VOIDED else "already paid"
        again = ": duplicate?" if item.total == case.receipt.amount else ""
        verb = "equals" if again else "names"
        yield f"{verb} {item.number}, {how}{again}"


def _named_elsewhere(case: Case) -> Iterator[str]:
    for named in case.named.items:
        item = named.item
        if item.open.currency != case.currency:
            yield _foreign(case, named)
        elif case.payer.customer_id is not None and item.customer_id not in case.scope:
            party = case.book.party(item.customer_id)
            whose = party.names[0] if party and party.names else "another customer"
            yield f"{item.number} belongs to {whose}"


def _foreign(case: Case, named: NamedItem) -> str:
    item, sent = named.item, case.receipt.instructed
    told = f"{item.number} exists but is in {item.open.currency}"
    if sent == item.open:
        told += f", and exactly {sent} was sent"
    return told


def _equals_closed(case: Case) -> Iterator[str]:
    if case.payer.certainty is Certainty.UNKNOWN:
        return
    for item in case.book.closed_items(case.scope, case.currency):
        if item.total.minor == case.received and item.kind is ItemKind.INVOICE:
            how = "void" if item.state is ItemState.VOIDED else "already paid"
            yield f"equals {item.number}, {how}: duplicate?"


def _difference(case: Case, items: Sequence[Item]) -> Iterator[str]:
    """How far the money is from these invoices, and what would explain that."""
    due = sum(item.open.minor for item in items)
    missing = due - case.received
    numbers = ", ".join(item.number for item in items[:5])
    if not missing:
        return
    gap = Money(abs(missing), case.currency)
    if missing < 0:
        yield f"{gap} more than is open on {numbers}"
        return
    yield from _explained(case, items, missing)
    yield f"{gap} short on {numbers}"


def _explained(case: Case, items: Sequence[Item], missing: int) -> Iterator[str]:
    owners = frozenset(item.customer_id for item in items)
    for chosen in islice(credit_sets(case.book.credits(owners, case.currency), missing), 2):
        yield f"add credit {' and '.join(credit.number for credit in chosen)}"
    late = [i for i in items if i.discount and not case.terms.discount(i)]
    offered = sum(i.discount.amount.minor for i in late if i.discount)
    if late and offered == missing and late[0].discount:
        until = late[0].discount.until.isoformat()
        yield f"short by the early discount of {late[0].number}, which ended on {until}"


def _singles(case: Case, items: Sequence[Item]) -> Iterator[str]:
    """Open invoices that the money is within a tenth of, the nearest first."""
    close = [i for i in items if abs(i.open.minor - case.received) * _NEARLY <= i.open.minor]
    close.sort(key=lambda i: (abs(i.open.minor - case.received), i.due_on, i.number, i.id))
    for item in close[:3]:
        yield from _difference(case, [item])
    if len(items) > 1:
        due = sum(item.open.minor for item in items)
        if due != case.received and abs(due - case.received) * _NEARLY <= due:
            gap = Money(abs(due - case.received), case.currency)
            word = "short of" if due > case.received else "more than"
            yield f"{gap} {word} all that is open"
