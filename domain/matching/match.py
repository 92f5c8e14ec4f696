"""Which invoices a receipt pays, when that can be proved; otherwise what comes near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ledger.invoice import Invoice, InvoiceStatus
from domain.ledger.money import Money, total
from domain.ledger.payment import Payment
from domain.matching.candidates import exact_pairs, rank, spread
from domain.matching.outcome import (
    Ambiguous,
    Candidate,
    Certainty,
    Matched,
    MatchOutcome,
    Payer,
    Unmatched,
    in_order,
)
from domain.matching.reference import References, folded, read_references


@dataclass(frozen=True, slots=True)
class _Case:
    amount: Money
    payer: Payer
    items: tuple[Invoice, ...]
    references: References
    paid: tuple[Invoice, ...]
    candidates: tuple[Candidate, ...]

    @property
    def certain(self) -> bool:
        return self.payer.certainty is Certainty.CERTAIN and self.payer.customer_id is not None

    def doubt(self, *reasons: str) -> Ambiguous | Unmatched:
        if self.candidates:
            return Ambiguous(self.payer.customer_id, reasons, self.candidates)
        return Unmatched(self.payer.customer_id, reasons)

    def proved(self, rule: str, invoices: tuple[Invoice, ...], *reasons: str) -> Matched:
        applications = spread(self.amount, invoices)
        rivals = [c for c in self.candidates if c.applications != applications]
        rival = rivals[0] if rivals else None
        return Matched(invoices[0].customer_id, applications, rule, reasons, rival)


def match(payment: Payment, payer: Payer, invoices: Iterable[Invoice]) -> MatchOutcome:
    """Match one receipt against invoices: the payer's and those its reference may name.

    Invoices on which nothing is open only tell that a receipt pays something a second time.

    Proof is an exact reference with an exact sum, a partial payment of the one invoice that is
    named, or an exact single amount on the account of a certain payer with no rival. Never more
    than the receipt or an open balance; the order of `invoices` has no influence.
    """
    amount = payment.unapplied
    invoices = tuple(invoices)
    if amount.minor <= 0:
        return Unmatched(payer.customer_id, ("nothing of it is left to apply",))
    collectable = in_order(tuple(i for i in invoices if i.collectable))
    references = read_references(payment.reference, collectable)
    items = tuple(i for i in collectable if i.open.currency == amount.currency)
    named = tuple(i for i in references.named if i.open.currency == amount.currency)
    paid = in_order(tuple(i for i in invoices if i.total.minor and not i.open.minor))
    case = _Case(amount, payer, items, references, paid, rank(amount, payer, items, named))
    return _contradiction(case, payment) or (_by_reference(case) if named else _by_amount(case))


def _contradiction(case: _Case, payment: Payment) -> Ambiguous | Unmatched | None:
    references = case.references
    if references.contested:
        return case.doubt(f"{', '.join(references.contested)} can mean several invoices")
    again = _named_again(case, payment.reference)
    if again:
        return case.doubt(*again)
    if references.strange:
        return case.doubt(f"{', '.join(references.strange)} is no open invoice")
    other = [i for i in references.named if i.open.currency != case.amount.currency]
    if other:
        return case.doubt(f"{other[0].number} is in {other[0].open.currency}, the money is not")
    owners = {i.customer_id for i in references.named}
    if len(owners) > 1:
        return case.doubt("the reference names invoices of several customers")
    if case.certain and owners and case.payer.customer_id not in owners:
        return case.doubt("the reference names an invoice of another customer than the payer")
    return None


def _named_again(case: _Case, reference: str) -> tuple[str, ...]:
    known = {i.number for i in case.references.named}
    return tuple(
        f"the reference names {i.number}, {_already(i)}"
        for i in read_references(reference, case.paid).named
        if i.number not in known
    )


def _already(invoice: Invoice) -> str:
    if invoice.status is InvoiceStatus.OPEN:
        return "which another payment on its way pays already"
    return "already paid"


def _by_reference(case: _Case) -> MatchOutcome:
    named = case.references.named
    numbers = ", ".join(i.number for i in named)
    due = total((i.open for i in named), case.amount.currency)
    if due == case.amount:
        why = f"the reference names {numbers} and the open balance is exactly {due}"
        return case.proved("reference_exact", named, why)
    if len(named) == 1 and case.amount < due:
        if not (case.certain or _unmistakable(named[0])):
            return case.doubt(f"{numbers} could be any number, and only a part of it came")
        why = f"the reference names {numbers} only and pays {case.amount} of {due}"
        return case.proved("reference_partial", named, why)
    return case.doubt(f"the reference names {numbers} with {due} open, but {case.amount} came")


def _unmistakable(invoice: Invoice) -> bool:
    """Whether its number is none that a year, a day or a sum could be."""
    number = folded(invoice.number)
    return len(number) >= 5 and (len(number) > 8 or not number.isdigit())


def _by_amount(case: _Case) -> MatchOutcome:
    if not case.certain:
        return case.doubt(*_equals_paid(case), "no invoice is named and the payer is not certain")
    mine = tuple(i for i in case.items if i.customer_id == case.payer.customer_id)
    equal = tuple(i for i in mine if i.open == case.amount)
    if len(equal) > 1:
        numbers = ", ".join(i.number for i in equal)
        return case.doubt(f"several invoices have exactly this balance: {numbers}")
    if not equal:
        told = "no invoice is named and no single open balance is equal"
        return case.doubt(*_equals_paid(case), told)
    if exact_pairs(case.amount, mine) or _whole_of_others(case.amount, mine, equal[0]):
        return case.doubt(f"{equal[0].number} fits, but other invoices together fit as well")
    why = f"{case.payer.evidence}; {equal[0].number} alone has exactly this balance"
    return case.proved("single_amount", equal, why)


def _equals_paid(case: _Case) -> tuple[str, ...]:
    return tuple(
        f"it equals {i.number}, {_already(i)}"
        for i in case.paid
        if i.customer_id == case.payer.customer_id and i.total == case.amount
    )


def _whole_of_others(amount: Money, mine: tuple[Invoice, ...], chosen: Invoice) -> bool:
    others = [i.open for i in mine if i.id != chosen.id]
    return len(others) > 1 and total(others, amount.currency) == amount
