"""Whether a credit may be made: every rule is a function from values to findings (CRM-001..013)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from fractions import Fraction

from domain.ledger.billing.periods import Span
from domain.ledger.credits import (
    CreditableInvoice,
    CreditableLine,
    CreditFinding,
    CreditLine,
    CreditRequest,
    Ledger,
    Reason,
    Treatment,
    summed,
)
from domain.ledger.deal import number, rounded
from domain.ledger.money import Money

_FITTING: dict[Reason, tuple[Treatment, ...]] = {
    Reason.CONCESSION: ("contra_revenue",),
    Reason.QUALITY: ("contra_revenue", "reduce_revenue"),
    Reason.BILLING_ERROR: ("reduce_revenue",),
    Reason.UNUSED_SERVICE: ("reduce_revenue",),
    Reason.DUPLICATE: ("reduce_revenue",),
    Reason.CANNOT_PAY: ("bad_debt",),
    Reason.DISPUTE_LOST: ("contra_revenue", "reduce_revenue"),
    Reason.SMALL_BALANCE: ("small_difference",),
    Reason.GOODWILL: ("contra_revenue",),
}
_SHOWN = {
    "customer_id": "customer",
    "currency": "currency",
    "subsidiary_id": "subsidiary",
    "ar_account_id": "receivable account",
}


@dataclass(frozen=True, slots=True)
class CreditLimits:
    """What the books and the policy allow: closed periods, and how much this person may approve.

    `next_role` is who may approve more; no `approves_up_to` means any amount.
    """

    closed: tuple[Span, ...] = ()
    approves_up_to: Money | None = None
    next_role: str = "a controller"


@dataclass(frozen=True, slots=True)
class Memo:
    """A credit memo with what is left of it."""

    id: str
    ledger: Ledger
    open: Money


@dataclass(frozen=True, slots=True)
class Claim:
    """An invoice with what is left to pay of it."""

    id: str
    ledger: Ledger
    open: Money


@dataclass(frozen=True, slots=True)
class Setting:
    """An amount of one memo set against one invoice."""

    memo_id: str
    claim_id: str
    amount: Money


def credit_findings(
    request: CreditRequest, invoice: CreditableInvoice, limits: CreditLimits
) -> tuple[CreditFinding, ...]:
    """Every rule the credit breaks, what blocks first; empty when it may be made as it stands."""
    differing = tuple(matching(request.ledger, invoice.ledger, invoice.id))
    if request.offset.currency != invoice.ledger.currency:
        return differing or (_differs("currency", invoice.id),)
    found = [
        *differing,
        *_positive(request),
        *_lines(request, invoice),
        *_whole(request, invoice),
        *_parts(request, invoice),
        *closed_period(request.on, limits.closed),
        *approval(request.total, limits),
        *_warnings(request, invoice),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.blocking))


def admitted(findings: Iterable[CreditFinding]) -> bool:
    """Whether nothing blocks. Warnings still need a person who gives a reason."""
    return not any(finding.blocking for finding in findings)


def setting_findings(
    memos: Iterable[Memo], claims: Iterable[Claim], settings: Iterable[Setting]
) -> tuple[CreditFinding, ...]:
    """What is wrong with setting any number of memos against any number of invoices.

    Amounts are summed per memo and per invoice, so that their order changes nothing.
    """
    credit_of = {memo.id: memo for memo in memos}
    invoice_of = {claim.id: claim for claim in claims}
    found: list[CreditFinding] = []
    wanted = sorted(settings, key=lambda s: (s.memo_id, s.claim_id, s.amount.minor))
    for setting in wanted:
        found += _pair(setting, credit_of.get(setting.memo_id), invoice_of.get(setting.claim_id))
    if found:
        return tuple(found)
    for claim_id in sorted({s.claim_id for s in wanted}):
        found += _within(invoice_of[claim_id], [s for s in wanted if s.claim_id == claim_id])
    for memo_id in sorted({s.memo_id for s in wanted}):
        found += _within(credit_of[memo_id], [s for s in wanted if s.memo_id == memo_id])
    return tuple(found)


def matching(one: Ledger, other: Ledger, subject: str) -> Iterator[CreditFinding]:
    """CRM-004 for each of customer, currency, subsidiary and receivable account that differs."""
    for name in (each.name for each in fields(Ledger)):
        if getattr(one, name) != getattr(other, name):
            yield _differs(_SHOWN[name], subject)


def closed_period(on: date, closed: tuple[Span, ...]) -> Iterator[CreditFinding]:
    """CRM-008, with the first day that is open."""
    first = on
    for period in sorted(closed):
        if period.starts_on <= first <= period.ends_on:
            first = period.ends_on + timedelta(days=1)
    if first != on:
        yield _finding(
            "CRM-008", f"{on} is closed.", f"Use the first open day, {first}", on=str(on),
            first_open_on=str(first),
        )  # fmt: skip


def approval(amount: Money, limits: CreditLimits) -> Iterator[CreditFinding]:
    """CRM-010 when the amount is above what this person may approve."""
    most = limits.approves_up_to
    if most is not None and (most.currency != amount.currency or amount > most):
        yield _finding("CRM-010", f"{amount} needs {limits.next_role}.", "Send for approval")


def expected_tax(line: CreditableLine, amount: Money) -> Money:
    """Tax to credit with `amount` of the line: in proportion, all that is left with the last."""
    if not line.amount:
        return line.tax - line.tax_credited
    share = Fraction((line.credited + amount).minor, line.amount.minor)
    return rounded(share * line.tax.minor, line.tax.currency) - line.tax_credited


def _positive(request: CreditRequest) -> Iterator[CreditFinding]:
    parts = (request.offset, request.refund, request.to_balance)
    if request.total.minor <= 0 or any(part.minor < 0 for part in parts):
        yield _finding(
            "CRM-013", "A credit must be of more than nothing.", "Enter positive amounts"
        )


def _lines(request: CreditRequest, invoice: CreditableInvoice) -> Iterator[CreditFinding]:
    known = {line.id: line for line in invoice.lines}
    for line_id, taken in sorted(summed(request.lines).items()):
        line = known.get(line_id)
        left = line.remaining if line else Money.zero(invoice.ledger.currency)
        negative = line is not None and line.amount.minor < 0
        if taken.amount < left if negative else taken.amount > left:
            yield _finding(
                "CRM-002", f"Line {line_id}: {taken.amount} exceeds {left}.", "Reduce it",
                subject=f"line {line_id}", amount=taken.amount.plain(), remaining=left.plain(),
            )  # fmt: skip
        elif taken.amount.minor > 0 if negative else taken.amount.minor < 0:
            yield _finding(
                "CRM-013", f"Line {line_id}: {taken.amount} is no credit.", "Turn its sign",
                subject=f"line {line_id}",
            )  # fmt: skip


def _whole(request: CreditRequest, invoice: CreditableInvoice) -> Iterator[CreditFinding]:
    if request.total > invoice.creditable:
        left = invoice.creditable
        yield _finding(
            "CRM-001", f"Credit {request.total} exceeds {left} left on {invoice.id}.", "Reduce it",
            subject=invoice.id, amount=request.total.plain(), remaining=left.plain(),
        )  # fmt: skip


def _parts(request: CreditRequest, invoice: CreditableInvoice) -> Iterator[CreditFinding]:
    if request.parts != request.total:
        yield _finding(
            "CRM-012", f"The parts are {request.parts}, the lines {request.total}.",
            "Make offset, refund and balance add up to the lines", amount=request.parts.plain(),
        )  # fmt: skip
    if request.refund.minor > 0 and request.refund > invoice.refundable:
        yield _finding(
            "CRM-005", f"Only {invoice.refundable} of {invoice.id} is refundable.",
            "Reduce the refund or credit the balance", remaining=invoice.refundable.plain(),
        )  # fmt: skip
    if request.offset.minor > 0 and request.offset > invoice.open:
        yield _over_open(invoice.id, invoice.open)


def _warnings(request: CreditRequest, invoice: CreditableInvoice) -> Iterator[CreditFinding]:
    if not _same_rate(request.exchange_rate, invoice.exchange_rate):
        yield _finding(
            "CRM-006", f"Rate {request.exchange_rate} instead of {invoice.exchange_rate}.",
            "Use the invoice's rate", blocking=False, fixable=True, rate=invoice.exchange_rate,
        )  # fmt: skip
    taken = summed(request.lines)
    for line in invoice.lines:
        if line.id in taken:
            yield from _line_warnings(line, taken[line.id])
    yield from reason_findings(request.reason, request.treatment)


def reason_findings(reason: Reason | None, treatment: Treatment) -> Iterator[CreditFinding]:
    """CRM-009: no reason, or one that does not go with how the credit is booked."""
    if reason is None:
        yield _finding("CRM-009", "The credit has no reason.", "Choose one", blocking=False)
    elif reason is Reason.CANNOT_PAY and treatment != "bad_debt":
        message = "A credit for non-payment reverses revenue."
        yield _finding("CRM-009", message, "Use a write-off", blocking=False)
    elif treatment not in _FITTING[reason]:
        yield _finding(
            "CRM-009", f"A credit for {reason.value} is not booked as {treatment}.",
            f"Book it as {_FITTING[reason][0]}", blocking=False,
        )  # fmt: skip


def _line_warnings(line: CreditableLine, taken: CreditLine) -> Iterator[CreditFinding]:
    subject = f"line {line.id}"
    if line.deferrable and taken.service is None:
        yield _finding(
            "CRM-007", "Effect on revenue would be pro rata.", "Enter the credited service period",
            blocking=False, subject=subject,
        )  # fmt: skip
    expected = expected_tax(line, taken.amount)
    ends = taken.amount == line.remaining
    if abs(taken.tax.minor - expected.minor) > (0 if ends else 1):
        yield _finding(
            "CRM-011", f"Tax credit {taken.tax}, expected {expected}.", "Recompute",
            blocking=False, subject=subject, fixable=True, expected=expected.plain(),
        )  # fmt: skip


def _same_rate(one: str, other: str) -> bool:
    return one == other or (bool(one and other) and number(one) == number(other))


def _pair(setting: Setting, memo: Memo | None, claim: Claim | None) -> Iterator[CreditFinding]:
    if memo is None or claim is None:
        missing = setting.claim_id if memo else setting.memo_id
        yield _finding("CRM-004", f"{missing} is not there.", "Choose another", subject=missing)
        return
    yield from matching(memo.ledger, claim.ledger, claim.id)
    if setting.amount.currency != memo.ledger.currency:
        yield _differs("currency", claim.id)
    elif setting.amount.minor <= 0:
        yield _finding(
            "CRM-013", "A credit must be of more than nothing.", "Enter positive amounts"
        )


def _within(side: Memo | Claim, settings: list[Setting]) -> Iterator[CreditFinding]:
    wanted = Money(sum(s.amount.minor for s in settings), side.ledger.currency)
    if wanted > side.open:
        yield _over_open(side.id, side.open)


def _over_open(subject: str, left: Money) -> CreditFinding:
    return _finding(
        "CRM-003", f"Only {left} is open on {subject}.",
        "Apply the rest elsewhere or leave unapplied", subject=subject, remaining=left.plain(),
    )  # fmt: skip


def _differs(what: str, subject: str) -> CreditFinding:
    message = f"Credit and invoice do not match in {what}."
    return _finding("CRM-004", message, "Recreate from the invoice", subject=subject, field=what)


def _finding(
    rule: str, message: str, fix: str, *, blocking: bool = True, subject: str = "",
    fixable: bool = False, **values: str,
) -> CreditFinding:  # fmt: skip
    return CreditFinding(rule, blocking, message, fix, subject, fixable, values)
