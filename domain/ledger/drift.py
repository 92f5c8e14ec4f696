"""Drift: where a document in the ERP is no longer what we relied on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money


class DriftKind(StrEnum):
    """What went apart. One finding names the cause, never its symptoms."""

    DELETED = "deleted"
    VOIDED = "voided"
    AMOUNT_CHANGED = "amount_changed"
    BALANCE_MISMATCH = "balance_mismatch"
    APPLICATION_MISMATCH = "application_mismatch"
    STATUS_MISMATCH = "status_mismatch"
    DUE_DATE_CHANGED = "due_date_changed"
    CUSTOMER_CHANGED = "customer_changed"
    CURRENCY_OR_RATE_CHANGED = "currency_or_rate_changed"
    PERIOD_MOVED = "period_moved"
    UNEXPECTED_DOCUMENT = "unexpected_document"
    DUPLICATE_SUSPECT = "duplicate_suspect"
    CONTROL_TOTAL_GAP = "control_total_gap"


@dataclass(frozen=True, slots=True)
class DocumentState:
    """One document as it stood at a moment. Empty text and None mean: not known.

    `kind` is invoice, payment, credit_memo, deposit, deposit_application, refund or journal.
    `status` is open, paid, voided, pending_approval or rejected for an invoice; open, applied or
    voided for the others. `applications` are a settlement's amounts by the other document's ERP id.
    """

    kind: str
    netsuite_id: str
    number: str
    customer_netsuite_id: str
    total: Money
    open: Money
    status: str
    on: date
    due_on: date | None = None
    exchange_rate: str = ""
    period_netsuite_id: str = ""
    external_id: str = ""
    reference: str = ""
    applications: tuple[tuple[str, Money], ...] = ()
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A document before and after a pass over the ERP.

    `before` is None when it was never seen; `after` is None when the ERP no longer has it.
    """

    before: DocumentState | None
    after: DocumentState | None


@dataclass(frozen=True, slots=True)
class Around:
    """What else is known around a document when it is compared.

    `posted_by_us`: it is a payment of ours. `period_closed`: its period takes no postings.
    `passed_over`: it was there before a pass that should have shown it. `borrowed_id`: it bears an
    external id of ours that nothing of ours has. `explained`: documents it is applied to whose own
    findings tell why an application moved. `applied`: the sum of the applications against it, or
    of those it made; None where that is not known. `twin`: an earlier document like it.
    """

    posted_by_us: bool = False
    period_closed: bool = False
    passed_over: bool = False
    borrowed_id: bool = False
    explained: frozenset[str] = frozenset()
    applied: Money | None = None
    twin: DocumentState | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One cause: what stood (`ours`), what stands (`theirs`), and the fields that went apart.

    Without `ours` the document was not expected; without `theirs` it is gone.
    """

    kind: DriftKind
    ours: DocumentState | None
    theirs: DocumentState | None
    fields: tuple[str, ...] = ()


NOTHING = Around()
_RELIED_ON = (InvoiceStatus.OPEN, InvoiceStatus.PAID)
_UNAPPROVED = (InvoiceStatus.PENDING_APPROVAL, InvoiceStatus.REJECTED)
_SYMPTOMS: dict[DriftKind, frozenset[DriftKind]] = {
    DriftKind.CUSTOMER_CHANGED: frozenset(
        {DriftKind.APPLICATION_MISMATCH, DriftKind.BALANCE_MISMATCH}
    ),
    DriftKind.AMOUNT_CHANGED: frozenset(
        {DriftKind.APPLICATION_MISMATCH, DriftKind.BALANCE_MISMATCH, DriftKind.STATUS_MISMATCH}
    ),
    DriftKind.CURRENCY_OR_RATE_CHANGED: frozenset(
        {DriftKind.APPLICATION_MISMATCH, DriftKind.BALANCE_MISMATCH}
    ),
    DriftKind.BALANCE_MISMATCH: frozenset({DriftKind.STATUS_MISMATCH}),
}


def compare(
    baseline: DocumentState | None, after: DocumentState | None, around: Around = NOTHING
) -> tuple[Difference, ...]:
    """What went apart between what we relied on and what the ERP has now; causes only.

    A baseline of None is a document never seen. Gone and voided documents have no other
    difference. What was not known before is never a difference.
    """
    if baseline is None:
        return _first_seen(after, around) if after is not None else ()
    if after is None:
        return (Difference(DriftKind.DELETED, baseline, None),)
    if after.status == InvoiceStatus.VOIDED:
        voided = baseline.status not in ("", InvoiceStatus.VOIDED)
        return (Difference(DriftKind.VOIDED, baseline, after, ("status",)),) if voided else ()
    found = [
        Difference(kind, baseline, after, fields)
        for kind, fields in _changed(baseline, after, around)
        if fields
    ]
    return _causes([*found, *standing(after, around)])


def standing(state: DocumentState, around: Around) -> tuple[Difference, ...]:
    """What is wrong with a document by itself, whatever it was before."""
    if state.status == InvoiceStatus.VOIDED:
        return ()
    found = []
    if around.period_closed or around.passed_over or around.borrowed_id:
        found.append(Difference(DriftKind.UNEXPECTED_DOCUMENT, None, state, _why(around)))
    if around.twin is not None:
        fields = _alike(around.twin, state)
        found.append(Difference(DriftKind.DUPLICATE_SUSPECT, around.twin, state, fields))
    balance = _expected_open(state, around)
    if balance is not None and balance != state.open:
        ours = replace(state, open=balance)
        found.append(Difference(DriftKind.BALANCE_MISMATCH, ours, state, ("open",)))
    elif _contradicts(state):
        status = InvoiceStatus.OPEN if state.open else InvoiceStatus.PAID
        ours = replace(state, status=status.value)
        found.append(Difference(DriftKind.STATUS_MISMATCH, ours, state, ("status",)))
    return tuple(found)


def control_gap(ours: Money, ledger: Money, tolerance: int) -> Money | None:
    """The ledger's receivables less the sum of the documents; None within minor units of rounding.

    Raises CurrencyMismatch.
    """
    gap = ledger - ours
    return gap if abs(gap.minor) > tolerance else None


def _first_seen(after: DocumentState, around: Around) -> tuple[Difference, ...]:
    found = standing(after, around)
    unexpected = [one for one in found if one.kind is DriftKind.UNEXPECTED_DOCUMENT]
    return tuple(unexpected) or found


def _changed(
    ours: DocumentState, theirs: DocumentState, around: Around
) -> tuple[tuple[DriftKind, tuple[str, ...]], ...]:
    """Each kind that needs a before, with the fields that differ."""
    moved = ("period_netsuite_id",) if _differ(ours, theirs, "period_netsuite_id") else ()
    customer = ("customer_netsuite_id",) if _differ(ours, theirs, "customer_netsuite_id") else ()
    return (
        (DriftKind.CUSTOMER_CHANGED, customer),
        (DriftKind.CURRENCY_OR_RATE_CHANGED, _currency_or_rate(ours, theirs)),
        (DriftKind.AMOUNT_CHANGED, _total(ours, theirs)),
        (DriftKind.PERIOD_MOVED, moved),
        (DriftKind.DUE_DATE_CHANGED, _due_date(ours, theirs, moved=bool(moved))),
        (DriftKind.APPLICATION_MISMATCH, _applications(ours, theirs, around)),
        (DriftKind.STATUS_MISMATCH, _went_back(ours, theirs)),
    )


def _differ(ours: DocumentState, theirs: DocumentState, field: str) -> bool:
    before, after = getattr(ours, field), getattr(theirs, field)
    return bool(before) and bool(after) and before != after


def _currency_or_rate(ours: DocumentState, theirs: DocumentState) -> tuple[str, ...]:
    before, after = _plain(ours.exchange_rate), _plain(theirs.exchange_rate)
    rate = bool(before) and bool(after) and before != after
    currency = ours.total.currency != theirs.total.currency
    return ("total",) * currency + ("exchange_rate",) * rate


def _total(ours: DocumentState, theirs: DocumentState) -> tuple[str, ...]:
    same = ours.total.currency == theirs.total.currency
    return ("total",) if same and ours.total != theirs.total else ()


def _due_date(ours: DocumentState, theirs: DocumentState, *, moved: bool) -> tuple[str, ...]:
    """A due date that went along with the document's date into another period is no news."""
    if ours.due_on is None or theirs.due_on is None or ours.due_on == theirs.due_on:
        return ()
    along = theirs.due_on - ours.due_on == theirs.on - ours.on
    return () if moved and along else ("due_on",)


def _applications(ours: DocumentState, theirs: DocumentState, around: Around) -> tuple[str, ...]:
    stood, stands = dict(ours.applications), dict(theirs.applications)
    changed = {key for key, amount in stood.items() if stands.get(key) != amount}
    if around.posted_by_us:
        changed |= stands.keys() - stood.keys()
    return ("applications",) if changed - around.explained else ()


def _went_back(ours: DocumentState, theirs: DocumentState) -> tuple[str, ...]:
    revoked = ours.status in _RELIED_ON and theirs.status in _UNAPPROVED
    return ("status",) if revoked or ours.status == InvoiceStatus.VOIDED else ()


def _contradicts(state: DocumentState) -> bool:
    if state.kind != "invoice":
        return False
    if state.status == InvoiceStatus.PAID:
        return bool(state.open)
    return state.status == InvoiceStatus.OPEN and bool(state.total) and not state.open


def _expected_open(state: DocumentState, around: Around) -> Money | None:
    if around.applied is None or around.applied.currency != state.total.currency:
        return None
    return state.total - around.applied


def _why(around: Around) -> tuple[str, ...]:
    reasons = {
        "period_closed": around.period_closed,
        "passed_over": around.passed_over,
        "borrowed_id": around.borrowed_id,
    }
    return tuple(name for name, holds in reasons.items() if holds)


def _alike(twin: DocumentState, state: DocumentState) -> tuple[str, ...]:
    names = ("number", "reference")
    return tuple(n for n in names if getattr(twin, n) and getattr(twin, n) == getattr(state, n))


def _causes(found: list[Difference]) -> tuple[Difference, ...]:
    """One difference a kind, without what another one explains."""
    explained = frozenset[DriftKind]().union(*(_SYMPTOMS.get(d.kind, ()) for d in found))
    kept = {d.kind: d for d in reversed(found) if d.kind not in explained}
    return tuple(d for d in found if kept.get(d.kind) is d)


def _plain(rate: str) -> str:
    """A rate without the zeros that say nothing: 1.10 is 1.1, and 1.0 is 1."""
    whole, _, digits = rate.partition(".")
    digits = digits.rstrip("0")
    return f"{whole.lstrip('0') or '0'}.{digits}" if rate else ""
