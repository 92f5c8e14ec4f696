"""A hypothesis as a proposal: its allocation in money, its reasons in words."""

from __future__ import annotations

from collections.abc import Iterator

from domain.ledger.money import Money
from domain.matching.adjustments import Adjustment, Fit, Share
from domain.matching.decision import Allocation, Certainty, Line, Proposal
from domain.matching.hypotheses import Case, Hypothesis, Origin
from domain.matching.weighed import Weighed

_MOST_NUMBERS = 8

_WHY = {
    Origin.OBJECT: "the source itself links {numbers}",
    Origin.REMITTANCE: "the remittance advice lists {numbers}",
    Origin.REFERENCES: "the reference names {numbers}",
    Origin.SOME_NAMED: "the reference names {numbers} among others",
    Origin.NAMED_AND_MORE: "the reference names some of {numbers}, the rest makes up the sum",
    Origin.SINGLE: "the open balance of {numbers} is equal",
    Origin.WHOLE: "it is the whole open balance: {numbers}",
    Origin.DUE_BY: "it is all that was due by {last}: {numbers}",
    Origin.RUN: "neighbours by due date sum to it: {numbers}",
    Origin.ALL_BUT: "it is all that is open but one or two invoices: {numbers}",
    Origin.FEW: "{count} open balances sum to it: {numbers}",
    Origin.OLDEST: "oldest invoices first: {numbers}",
    Origin.RULE: "a rule of the seller decides: {numbers}",
}


def proposed(case: Case, weighed: Weighed) -> Proposal:
    """The proposal for a person, or the proof for the record."""
    hypothesis = weighed.hypothesis
    allocation = allocated(case, hypothesis.fit)
    reasons = tuple(_reasons(case, hypothesis))
    return Proposal(allocation, weighed.klass, weighed.millibits, reasons)


def allocated(case: Case, fit: Fit) -> Allocation:
    """The fit in money of the receipt's currency, under the customer whose payment it becomes."""
    zero = Money.zero(case.currency)
    return Allocation(
        customer_id=_customer(case, fit),
        invoices=tuple(_line(share, zero) for share in fit.invoices),
        unapplied=Money(fit.unapplied, case.currency) if fit.unapplied else zero,
        fee=Money(fit.fee, case.currency) if fit.fee else zero,
        credits=tuple(_line(share, zero) for share in fit.credits),
    )


def _line(share: Share, zero: Money) -> Line:
    def money(minor: int) -> Money:
        return Money(minor, zero.currency) if minor else zero

    item = share.item
    return Line(
        item.kind,
        item.id,
        item.number,
        money(share.amount),
        money(share.discount),
        money(share.writeoff),
        money(share.withheld),
        money(share.deduction),
    )


def _customer(case: Case, fit: Fit) -> int:
    """The owner of the invoices; the parent that pays for its children; else the payer."""
    owners = {share.item.customer_id for share in fit.invoices}
    payer = case.payer.customer_id
    if owners == {payer} and payer is not None:
        return payer
    parties = [case.book.party(owner) for owner in sorted(owners)]
    parents = {p.parent_id if p and p.id not in owners else None for p in parties}
    if payer is not None and all(
        owner == payer or (party is not None and party.parent_id == payer)
        for owner, party in zip(sorted(owners), parties, strict=True)
    ):
        return payer
    if len(owners) == 1:
        return next(iter(owners))
    tops = {p.parent_id for p in parties if p and p.parent_id is not None}
    known = tops - {None} if len(tops) == 1 else parents - {None}
    return min((k for k in known if k is not None), default=min(owners))


def _reasons(case: Case, hypothesis: Hypothesis) -> Iterator[str]:
    fit = hypothesis.fit
    numbers = [share.item.number for share in fit.invoices]
    shown = ", ".join(numbers[:_MOST_NUMBERS])
    if len(numbers) > _MOST_NUMBERS:
        shown += f" and {len(numbers) - _MOST_NUMBERS} more"
    last = max(share.item.due_on for share in fit.invoices).isoformat()
    yield _WHY[hypothesis.origin].format(numbers=shown, count=len(numbers), last=last)
    if not fit.by:
        yield f"exactly {case.receipt.amount} is open on it"
    else:
        yield from _adjusted(case, fit)
    if case.payer.certainty is not Certainty.UNKNOWN:
        yield from case.payer.evidence[:2]


def _adjusted(case: Case, fit: Fit) -> Iterator[str]:
    currency = case.currency
    discount = sum(share.discount for share in fit.invoices)
    if discount:
        yield f"less the early discount of {Money(discount, currency)}, in time"
    for credit in fit.credits:
        yield f"less credit {credit.item.number} of {Money(credit.amount, currency)}"
    if fit.fee:
        yield f"the bank kept a fee of {Money(fit.fee, currency)}"
    parts = (
        ("withheld as tax", sum(s.withheld for s in fit.invoices)),
        ("written off as a small balance", sum(s.writeoff for s in fit.invoices)),
        ("deducted by the payer and still open", sum(s.deduction for s in fit.invoices)),
        ("would stay unapplied", fit.unapplied),
    )
    for told, minor in parts:
        if minor:
            yield f"{Money(minor, currency)} {told}"
    if Adjustment.PARTIAL in fit.by:
        left = sum(share.item.open.minor - share.amount for share in fit.invoices)
        yield f"a part only: {Money(left, currency)} would stay open"
