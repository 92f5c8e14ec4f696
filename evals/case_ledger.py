"""A small pure ledger for cases that tell what happened to payments after they were matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.ledger.money import Money
from domain.matching.hypotheses import order
from domain.matching.item import Item, ItemKind
from evals.case_fields import words
from evals.case_reading import ReadCase


class Refused(Exception):
    """A step breaks a rule of the ledger."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Applied:
    """What of a payment or credit stands against a target."""

    payment: str
    target: str
    amount: Money
    writeoff: Money | None = None


@dataclass(slots=True)
class CaseLedger:
    """Open amounts of targets, what is left of payments, and every application that stands."""

    open: dict[str, Money]
    left: dict[str, Money]
    items: dict[str, Item]
    applied: list[Applied] = field(default_factory=list)
    undone: list[Applied] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def apply(self, payment: str, target: str, amount: Money) -> None:
        """Set money against a target; never more than is left or open."""
        left, open_ = self.left.get(payment), self.open.get(target)
        if left is None or open_ is None or payment in self.gone:
            raise Refused("unknown")
        if amount.currency != open_.currency or left.currency != amount.currency:
            raise Refused("currency_mismatch")
        if amount.minor <= 0:
            raise Refused("invalid_amount")
        if not open_:
            raise Refused("already_paid")
        if amount > open_:
            raise Refused("over_allocation")
        if amount > left:
            raise Refused("exceeds_payment")
        self.left[payment] = left - amount
        self.open[target] = open_ - amount
        self.applied.append(Applied(payment, target, amount))

    def unapply(self, payment: str, target: str | None = None, most: Money | None = None) -> None:
        """Take applications back, the latest first; their targets open again."""
        for one in [a for a in reversed(self.applied) if a.payment == payment]:
            if target not in (None, one.target) or (most is not None and not most):
                continue
            back = one.amount if most is None else min(one.amount, most)
            most = None if most is None else most - back
            self.open[one.target] += back
            self.left[payment] += back
            one.amount -= back
            if not one.amount:
                if one.writeoff is not None:
                    self.open[one.target] += one.writeoff
                self.applied.remove(one)
            self.undone.append(Applied(payment, one.target, back))

    def remove(self, payment: str) -> None:
        """The payment never stood: returned, cancelled, charged back."""
        if payment not in self.left:
            raise Refused("unknown")
        self.unapply(payment)
        self.gone.add(payment)

    def restore(self, payment: str) -> None:
        """The bank or the card scheme gave the money back to us: as it was before."""
        self.gone.discard(payment)
        again = [a for a in self.undone if a.payment == payment]
        self.undone = [a for a in self.undone if a.payment != payment]
        for one in again:
            self.apply(payment, one.target, min(one.amount, self.open[one.target]))

    def refund(self, payment: str, amount: Money | None) -> None:
        """Money goes back: first what is not applied, then the latest applications reopen."""
        had = self.left.get(payment)
        if had is None or payment in self.gone:
            raise Refused("unknown")
        standing = [a.amount.minor for a in self.applied if a.payment == payment]
        whole = had + Money(sum(standing), had.currency)
        wanted = amount or whole
        if wanted > whole:
            raise Refused("exceeds_payment")
        if wanted > had:
            self.unapply(payment, None, wanted - had)
        self.left[payment] -= wanted
        if wanted == whole:
            self.gone.add(payment)

    def reduce(self, target: str, amount: Money | None) -> None:
        """A credit, a write-off or a discount on a target."""
        open_ = self.open.get(target)
        if open_ is None:
            raise Refused("unknown")
        taken = open_ if amount is None else amount
        if taken > open_:
            raise Refused("over_allocation")
        self.open[target] = open_ - taken

    def oldest_first(self, payment: str, customer_id: int | None = None) -> None:
        """What a processor does that names no target: oldest due first."""
        left = self.left[payment]
        items = [
            item
            for name, item in self.items.items()
            if item.kind is ItemKind.INVOICE
            and self.open[name].currency == left.currency
            and customer_id in (None, item.customer_id)
        ]
        names = {item.id: name for name, item in self.items.items()}
        ordered = sorted(items, key=order)
        for item in ordered:
            now = min(self.left[payment], self.open[names[item.id]])
            if now.minor > 0:
                self.apply(payment, names[item.id], now)


def open_ledger(case: ReadCase) -> CaseLedger:
    """The ledger before anything happened."""
    names = {item.id: case.targets.name(item.id) for item in case.items}
    opens = {names[i.id]: i.open for i in case.items if i.kind is ItemKind.INVOICE}
    left = {name: receipt.amount for name, receipt in case.receipts}
    left |= {names[i.id]: i.open for i in case.items if i.kind is not ItemKind.INVOICE}
    return CaseLedger(opens, left, {names[i.id]: i for i in case.items})


def run_steps(case: ReadCase, steps: list[Mapping[str, Any]]) -> tuple[CaseLedger, str]:
    """The ledger after the steps, and why it refused one, if it did."""
    ledger = open_ledger(case)
    for step in steps:
        try:
            _step(ledger, step)
        except Refused as refusal:
            return ledger, refusal.code
    return ledger, ""


def _step(ledger: CaseLedger, step: Mapping[str, Any]) -> None:
    op = str(step.get("op") or "")
    payment = str(step.get("payment") or step.get("credit") or step.get("source") or "")
    target = str(step.get("target") or step.get("invoice") or "")
    amount = _amount(ledger, step, payment, target)
    match op:
        case "apply" | "allocate" | "apply_credit" | "pay" | "reconcile" | "applied_to_payment":
            _apply(ledger, payment, target, amount)
            _write_off(ledger, step, target)
        case "unapply" | "unallocate" | "unreconcile" | "deallocate" | "unapplied_from_payment":
            ledger.unapply(payment, target or None, amount)
        case _ if op in _REMOVED:
            ledger.remove(payment)
        case _ if op in _RESTORED:
            ledger.restore(payment)
        case "chargeback" | "dispute" | "charge_back" | "funds_withdrawn":
            _charged_back(ledger, payment, amount)
        case "refund" | "refund_payment":
            ledger.refund(payment, amount)
        case "auto_apply" | "fifo" | "process" | "oldest_first":
            ledger.oldest_first(payment)
        case _ if op in _REDUCED and target:
            ledger.reduce(target, amount)
        case _ if op in _VOIDED and target:
            _void(ledger, target)
        case _:
            ledger.notes.append(f"step {op or '?'} is not understood and was left out")


_REMOVED = words(
    "void_payment cancel cancel_payment ach_return return reverse reverse_payment nsf bounce void"
    " bounced_check payment_failed funding_reversed delete_payment"
)
_RESTORED = words(
    "chargeback_reversal chargeback_reversed reverse_chargeback chargeback_won dispute_won"
    " dispute_reversed funds_reinstated reinstate representment undo_chargeback"
)
_REDUCED = words("credit credit_note credit_memo write_off writeoff discount adjust adjustment")
_VOIDED = words("void_invoice cancel_invoice")


def _amount(ledger: CaseLedger, step: Mapping[str, Any], payment: str, target: str) -> Money | None:
    if step.get("amount") is None:
        return None
    known = ledger.left.get(payment) or ledger.open.get(target)
    told = str(step.get("currency") or (known.currency if known else "USD"))
    return Money.parse(str(step["amount"]), told)


def _apply(ledger: CaseLedger, payment: str, target: str, amount: Money | None) -> None:
    """One application; without an amount as much as there is; with a write-off beside it."""
    if payment not in ledger.left or (target and target not in ledger.open):
        raise Refused("unknown")
    if not target:
        ledger.oldest_first(payment)
        return
    whole = ledger.left[payment]
    if amount is None and whole.currency == ledger.open[target].currency:
        amount = min(whole, ledger.open[target])
    ledger.apply(payment, target, amount or whole)


def _write_off(ledger: CaseLedger, step: Mapping[str, Any], target: str) -> None:
    """What is taken off the target together with an application."""
    told = step.get("writeoff") or step.get("write_off") or step.get("discount")
    if told and target:
        off = Money.parse(str(told), ledger.open[target].currency)
        ledger.reduce(target, off)
        ledger.applied[-1].writeoff = off


def _charged_back(ledger: CaseLedger, payment: str, amount: Money | None) -> None:
    """All of it, or a part: the latest applications reopen by it."""
    standing = [a.amount.minor for a in ledger.applied if a.payment == payment]
    if amount is None or amount.minor >= sum(standing) + ledger.left[payment].minor:
        ledger.remove(payment)
        return
    ledger.unapply(payment, None, amount)
    ledger.left[payment] -= min(amount, ledger.left[payment])


def _void(ledger: CaseLedger, target: str) -> None:
    """The claim is gone; what was applied to it is free again."""
    for one in [a for a in ledger.applied if a.target == target]:
        ledger.unapply(one.payment, target)
    ledger.open[target] = Money.zero(ledger.open[target].currency)


def processed(case: ReadCase) -> CaseLedger:
    """Payments that a processor took, in their order, without steps.

    Each goes to what it was requested for; else to the one balance it equals, the oldest of
    several; else oldest first. What was processed counts, not what was requested.
    """
    ledger = open_ledger(case)
    for name, receipt in case.receipts:
        raw = case.payments[name]
        asked = raw.get("target") or raw.get("invoice") or raw.get("invoice_id")
        wanted = Money.parse(str(raw.get("requested") or raw["amount"]), receipt.amount.currency)
        target = str(asked) if asked in ledger.open else _equal(ledger, wanted)
        target = target or _equal(ledger, receipt.amount)
        if target:
            ledger.apply(name, target, min(receipt.amount, ledger.open[target]))
        ledger.oldest_first(name)
    return ledger


def _equal(ledger: CaseLedger, wanted: Money) -> str:
    found = [i for n, i in ledger.items.items() if ledger.open.get(n) == wanted]
    names = {item.id: name for name, item in ledger.items.items()}
    return names[min(found, key=order).id] if found else ""
