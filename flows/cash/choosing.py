"""What a person picked, checked to the cent, as an allocation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from domain.ledger.money import Money, total
from domain.matching.decision import Allocation, Line, Proposal
from domain.matching.item import Item, ItemKind, ItemState

Explicit = Literal["exact", "partial", "over"]
Key = tuple[ItemKind, int]
_MOST_LINES = 500
AS_ADVISED = "as_advised"


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """What of the money goes to one invoice, and what closes more of it without money.

    `deduction` stays open on the invoice as a case under `deduction_code`, which may be what the
    payer's own advice says (AS_ADVISED).
    """

    invoice_id: int
    amount: Money
    discount: Money | None = None
    writeoff: Money | None = None
    deduction: Money | None = None
    deduction_code: str = ""
    withheld: Money | None = None


@dataclass(frozen=True, slots=True)
class ChoiceCredit:
    """What of a credit is used up together with the money. `kind` is an ItemKind but invoice."""

    kind: str
    id: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants a receipt applied.

    `explicit` says that a difference is meant: "partial" leaves a part of an invoice open,
    "over" leaves money on the account, which `keep_unapplied` must agree to.
    """

    lines: tuple[ChoiceLine, ...]
    credits: tuple[ChoiceCredit, ...] = ()
    fee: Money | None = None
    keep_unapplied: bool = False
    explicit: Explicit = "exact"
    reason: str = ""


def choice_of(proposal: Proposal, reason: str = "") -> Choice:
    """A proposal of matching as somebody picks it, differences and all."""
    allocation = proposal.allocation
    over = bool(allocation.unapplied)
    return Choice(
        lines=tuple(
            ChoiceLine(
                line.item_id,
                line.amount,
                discount=line.discount,
                writeoff=line.writeoff,
                deduction=line.deduction,
                deduction_code=AS_ADVISED if line.deduction else "",
                withheld=line.withheld,
            )
            for line in allocation.invoices
        ),
        credits=tuple(
            ChoiceCredit(line.kind, line.item_id, line.amount) for line in allocation.credits
        ),
        fee=allocation.fee,
        keep_unapplied=over,
        explicit="over" if over else "partial",
        reason=reason,
    )


def allocation_of(
    received: Money, choice: Choice, items: Mapping[Key, Item], payer: int
) -> Allocation | str:
    """The choice as an allocation, or what is wrong with it."""
    wrong = _wrong_lines(received, choice, items) or _wrong_credits(received, choice, items)
    if wrong:
        return wrong
    zero = Money.zero(received.currency)
    fee = choice.fee or zero
    paid = total((line.amount for line in choice.lines), received.currency)
    used = total((credit.amount for credit in choice.credits), received.currency)
    rest = received + fee + used - paid
    wrong = _wrong_rest(choice, rest, items)
    if wrong:
        return wrong
    return Allocation(
        customer_id=items[ItemKind.INVOICE, choice.lines[0].invoice_id].customer_id
        if choice.lines
        else payer,
        invoices=tuple(_line(line, items, zero) for line in choice.lines),
        unapplied=rest,
        fee=fee,
        credits=tuple(_credit(credit, items, zero) for credit in choice.credits),
    )


def _wrong_lines(received: Money, choice: Choice, items: Mapping[Key, Item]) -> str:
    ids = [line.invoice_id for line in choice.lines]
    if len(set(ids)) != len(ids) or len(ids) > _MOST_LINES:
        return "Pick each invoice once."
    for line in choice.lines:
        item = items.get((ItemKind.INVOICE, line.invoice_id))
        if item is None or item.state is not ItemState.OPEN or not item.open:
            return f"{item.number if item else f'Invoice {line.invoice_id}'} is not open."
        if {m.currency for m in (*_parts(line), item.open)} != {received.currency}:
            return f"{item.number} is not in the currency of the payment."
        if any(m.minor < 0 for m in _parts(line)) or line.amount.minor <= 0:
            return f"{item.number}: amounts are positive."
        if total(_parts(line), received.currency) > item.open:
            return f"{item.number} can take at most {item.open}."
        if line.deduction and not line.deduction_code.strip():
            return f"{item.number}: say with a code why it was deducted."
    return ""


def _wrong_credits(received: Money, choice: Choice, items: Mapping[Key, Item]) -> str:
    keys = [(c.kind, c.id) for c in choice.credits]
    if len(set(keys)) != len(keys):
        return "Pick each credit once."
    for credit in choice.credits:
        item = items.get((ItemKind(credit.kind), credit.id)) if _is_credit(credit) else None
        if item is None or not item.open:
            return "One of the credits is not open any more."
        if credit.amount.currency != received.currency:
            return f"{item.number} is not in the currency of the payment."
        if not 0 < credit.amount.minor <= item.open.minor:
            return f"{item.number} has {item.open} left."
    if choice.fee is not None and (
        choice.fee.currency != received.currency or choice.fee.minor < 0
    ):
        return "The fee is an amount in the currency of the payment."
    return ""


def _wrong_rest(choice: Choice, rest: Money, items: Mapping[Key, Item]) -> str:
    """Allocated, invoice and money are equal, or the difference is meant."""
    if rest.minor < 0:
        return f"{-rest} more is applied than there is."
    if rest and not (choice.keep_unapplied and choice.explicit == "over"):
        return f"{rest} would stay unapplied: say that it shall."
    if not choice.lines and not rest:
        return "Nothing is applied."
    for line in choice.lines:
        item = items[ItemKind.INVOICE, line.invoice_id]
        left = item.open - total(_parts(line), item.open.currency)
        if left and choice.explicit == "exact":
            return f"{left} of {item.number} would stay open: say that it is a partial payment."
    return ""


def _is_credit(credit: ChoiceCredit) -> bool:
    return credit.kind in {str(k) for k in ItemKind if k is not ItemKind.INVOICE}


def _parts(line: ChoiceLine) -> Sequence[Money]:
    parts = (line.amount, line.discount, line.writeoff, line.deduction, line.withheld)
    return [part for part in parts if part is not None]


def _line(line: ChoiceLine, items: Mapping[Key, Item], zero: Money) -> Line:
    item = items[ItemKind.INVOICE, line.invoice_id]
    return Line(
        kind=ItemKind.INVOICE,
        item_id=item.id,
        number=item.number,
        amount=line.amount,
        discount=line.discount or zero,
        writeoff=line.writeoff or zero,
        withheld=line.withheld or zero,
        deduction=line.deduction or zero,
    )


def _credit(credit: ChoiceCredit, items: Mapping[Key, Item], zero: Money) -> Line:
    item = items[ItemKind(credit.kind), credit.id]
    return Line(item.kind, item.id, item.number, credit.amount, zero, zero, zero, zero)
