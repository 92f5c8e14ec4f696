"""Rules tried over what people decided before: what would have come out otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from domain.ledger.money import Money, total
from domain.matching.decision import Allocation, NotReceiptKind, PayerFound
from domain.matching.item import Item, ItemKind
from domain.matching.receipt import Receipt
from domain.matching.rules import (
    Hold,
    NoReceipt,
    OldestFirst,
    PayerIs,
    Rule,
    RuleHit,
    Shortfall,
    TreatShort,
    WholeBalanceOnly,
    apply_rules,
)


@dataclass(frozen=True, slots=True)
class Past:
    """A receipt that people decided: an allocation, or the kind of what was no receipt.

    `payer` is what was found of itself then; `open_then` are the payer's open items at that time.
    """

    receipt: Receipt
    payer: PayerFound
    allocation: Allocation | None = None
    kind: NotReceiptKind | None = None
    open_then: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What rules would have done otherwise. Waiting for a person contradicts nobody."""

    receipt_id: int
    rules: tuple[str, ...]
    told: str
    contradicts: bool


@dataclass(frozen=True, slots=True)
class DryRun:
    """`fitted` receipts of the past came under the rules; `agreed` came out as people decided."""

    tried: int
    fitted: int
    agreed: int
    differences: tuple[Difference, ...]

    @property
    def contradictions(self) -> tuple[Difference, ...]:
        return tuple(d for d in self.differences if d.contradicts)

    @property
    def may_go_live(self) -> bool:
        """Whether nothing that people decided speaks against it."""
        return not self.contradictions


def dry_run(rules: Sequence[Rule], history: Iterable[Past]) -> DryRun:
    """What the rules, all taken as live and in their order, would have made of the past."""
    acting = [replace(rule, live=True) for rule in rules]
    tried = fitted = agreed = 0
    differences: list[Difference] = []
    for past in sorted(history, key=lambda p: p.receipt.id):
        tried += 1
        hit = apply_rules(acting, past.receipt, past.payer)
        if hit is None:
            continue
        fitted += 1
        found = _difference(hit, past)
        agreed += found is None
        differences += [] if found is None else [found]
    return DryRun(tried, fitted, agreed, tuple(differences))


def _difference(hit: RuleHit, past: Past) -> Difference | None:
    told = _against(hit, past)
    if told:
        return Difference(past.receipt.id, hit.names, told, contradicts=True)
    told = _waits(hit, past)
    return Difference(past.receipt.id, hit.names, told, contradicts=False) if told else None


def _waits(hit: RuleHit, past: Past) -> str:
    match hit.action:
        case Hold(reason):
            return f"it would have waited for a person: {reason}" if reason else "would have waited"
        case WholeBalanceOnly() if _open(past) != past.receipt.amount:
            return "it is not the whole balance and would have waited"
        case _:
            return ""


def _against(hit: RuleHit, past: Past) -> str:
    """What people decided that the rules contradict, in words; empty where nothing."""
    if not isinstance(hit.action, NoReceipt) and past.kind is not None:
        return "" if isinstance(hit.action, Hold) else f"people took it for: {past.kind}"
    allocation = past.allocation
    if allocation and hit.customer_id not in (None, allocation.customer_id):
        return f"people took customer {allocation.customer_id} for the payer"
    match hit.action:
        case NoReceipt(kind):
            return "" if past.kind is kind else "people applied it, or took it for something else"
        case TreatShort() as rule:
            return _short_otherwise(rule, past)
        case OldestFirst(customer_id):
            return _not_oldest_first(customer_id, past)
        case WholeBalanceOnly():
            return _not_whole(past)
        case Hold() | PayerIs() | None:
            return ""
        case _:
            assert_never(hit.action)


def _short_otherwise(rule: TreatShort, past: Past) -> str:
    allocation = past.allocation
    if allocation is None or not allocation.invoices:
        return ""
    currency = past.receipt.amount.currency
    was = {(item.kind, item.id): item.open for item in past.open_then}
    lines = [line for line in allocation.invoices if (line.kind, line.item_id) in was]
    claimed = total((was[line.kind, line.item_id] for line in lines), currency)
    missing = claimed - total((line.amount for line in lines), currency) + allocation.fee
    if missing.minor <= 0 or not rule.covers(missing, claimed):
        return ""
    taken = _taken(rule.shortfall, allocation, currency)
    if taken == missing:
        return ""
    return f"{missing} were missing and people took {taken} of it for a {rule.shortfall}"


def _taken(shortfall: Shortfall, allocation: Allocation, currency: str) -> Money:
    lines = allocation.invoices
    match shortfall:
        case Shortfall.FEE:
            return allocation.fee
        case Shortfall.DISCOUNT:
            return total((line.discount for line in lines), currency)
        case Shortfall.WRITE_OFF:
            return total((line.writeoff for line in lines), currency)
        case Shortfall.DEDUCTION:
            return total((line.deduction for line in lines), currency)
        case _:
            assert_never(shortfall)


def _not_oldest_first(customer_id: int, past: Past) -> str:
    if past.allocation is None:
        return ""
    left, expected = past.receipt.amount.minor, {}
    for item in oldest_first(past.open_then, customer_id, past.receipt.amount.currency):
        paid = min(left, item.open.minor)
        left -= paid
        if paid:
            expected[item.id] = paid
    did = {line.item_id: line.amount.minor for line in past.allocation.invoices}
    return "" if did == expected else "people paid other invoices than the oldest"


def oldest_first(items: Iterable[Item], customer_id: int, currency: str) -> tuple[Item, ...]:
    """The invoices of a customer in one currency, the first due first."""
    mine = (
        item
        for item in items
        if item.kind is ItemKind.INVOICE
        and item.customer_id == customer_id
        and item.open.currency == currency
    )
    return tuple(sorted(mine, key=lambda item: (item.due_on, item.issued_on, item.number, item.id)))


def _not_whole(past: Past) -> str:
    if past.allocation is None or _open(past) != past.receipt.amount:
        return ""
    paid = {line.item_id: line.amount for line in past.allocation.invoices}
    whole = {i.id: i.open for i in past.open_then if i.kind is ItemKind.INVOICE}
    return "" if paid == whole else "people did not pay the whole balance with it"


def _open(past: Past) -> Money:
    currency = past.receipt.amount.currency
    return total(
        (
            item.open
            for item in past.open_then
            if item.kind is ItemKind.INVOICE and item.open.currency == currency
        ),
        currency,
    )
