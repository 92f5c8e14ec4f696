"""Month-end: what we relied on against what the ERP adds up, difference by difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ledger.drift import DocumentState, DriftKind
from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money, total


class Figure(StrEnum):
    """A figure of a period. OPEN and UNAPPLIED are as of the reading, DEPOSITED the ERP's alone."""

    INVOICED = "invoiced"
    RECEIVED = "received"
    CREDITED = "credited"
    REFUNDED = "refunded"
    OPEN = "open"
    UNAPPLIED = "unapplied"
    DEPOSITED = "deposited"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a period, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: a subsidiary of the seller (its ERP id) and a currency."""

    subsidiary: str
    currency: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A drift finding and what it adds to the ERP's figure over what we relied on."""

    finding_id: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Finding:
    """A standing drift finding: what stood and what stands, and in which subsidiary."""

    id: int
    kind: DriftKind
    subsidiary: str
    ours: DocumentState | None
    theirs: DocumentState | None


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what the mirror adds up to, what the ERP does, and the findings in between.

    `mirror` or `theirs` is None where that side has no such figure: nothing is compared then.
    `tolerance` are minor units that rounding may make up where documents were converted.
    """

    figure: Figure
    place: Place
    mirror: Money | None
    theirs: Money | None
    reasons: tuple[Reason, ...] = ()
    tolerance: int = 0

    @property
    def ours(self) -> Money | None:
        """What we relied on: the mirror without what was changed behind our back."""
        return None if self.mirror is None else self.mirror - self.explained

    @property
    def explained(self) -> Money:
        """What the findings add up to."""
        return total((reason.amount for reason in self.reasons), self.place.currency)

    @property
    def difference(self) -> Money:
        """The ERP's figure less ours; zero where only one side has it."""
        ours = self.ours
        if ours is None or self.theirs is None:
            return Money.zero(self.place.currency)
        return self.theirs - ours

    @property
    def unexplained(self) -> Money:
        """The part of the difference that neither a finding nor rounding explains."""
        zero = Money.zero(self.place.currency)
        if self.mirror is None or self.theirs is None:
            return zero
        rest = self.theirs - self.mirror
        return rest if abs(rest.minor) > self.tolerance else zero

    @property
    def matches(self) -> bool:
        """Whether both sides are equal, but for rounding."""
        return abs(self.difference.minor) <= self.tolerance


Sums = Mapping[tuple[Figure, Place], Money]

# One finding tells what became of a document's amounts; the first of these that it has.
_TELLING = (
    DriftKind.DELETED,
    DriftKind.VOIDED,
    DriftKind.CURRENCY_OR_RATE_CHANGED,
    DriftKind.AMOUNT_CHANGED,
    DriftKind.PERIOD_MOVED,
    DriftKind.UNEXPECTED_DOCUMENT,
    DriftKind.APPLICATION_MISMATCH,
    DriftKind.BALANCE_MISMATCH,
    DriftKind.STATUS_MISMATCH,
)
_TOTALS = {
    "invoice": Figure.INVOICED,
    "payment": Figure.RECEIVED,
    "credit_memo": Figure.CREDITED,
    "refund": Figure.REFUNDED,
}
_RESTS = {
    "invoice": Figure.OPEN,
    "payment": Figure.UNAPPLIED,
    "credit_memo": Figure.UNAPPLIED,
    "journal": Figure.UNAPPLIED,
}
_APPLIED = ("payment", "credit_memo", "deposit_application", "journal")
_STANDING = (InvoiceStatus.OPEN, InvoiceStatus.PAID, "applied")


def lines(
    mirror: Sums, theirs: Sums, findings: Sequence[Finding], span: Span, *, theirs_only: Sums
) -> tuple[Line, ...]:
    """Every figure of every place that either side has, with the findings that move it.

    A figure that one side lacks is zero there. `theirs_only` are shown beside, not compared.
    """
    reasons = effects(findings, span)
    keys = {*mirror, *theirs, *reasons}
    compared = [
        Line(
            figure,
            place,
            mirror.get((figure, place), Money.zero(place.currency)),
            theirs.get((figure, place), Money.zero(place.currency)),
            tuple(reasons.get((figure, place), ())),
        )
        for figure, place in keys
    ]
    beside = [Line(figure, place, None, amount) for (figure, place), amount in theirs_only.items()]
    return tuple(sorted((*compared, *beside), key=_order))


def effects(findings: Iterable[Finding], span: Span) -> dict[tuple[Figure, Place], list[Reason]]:
    """What each finding adds to the figures of a period, by figure and place."""
    found: dict[tuple[Figure, Place], list[Reason]] = {}
    for finding in _telling(findings):
        before = _parts(finding.ours, span)
        after = _parts(finding.theirs, span)
        for figure, currency in sorted(before.keys() | after.keys()):
            zero = Money.zero(currency)
            amount = after.get((figure, currency), zero) - before.get((figure, currency), zero)
            if amount:
                place = Place(finding.subsidiary, currency)
                found.setdefault((figure, place), []).append(Reason(finding.id, amount))
    return found


def _telling(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a document: that which says most about its amounts."""
    chosen: dict[str, Finding] = {}
    for finding in findings:
        state = finding.theirs or finding.ours
        if state is None or finding.kind not in _TELLING:
            continue
        known = chosen.get(state.netsuite_id)
        if known is None or _TELLING.index(finding.kind) < _TELLING.index(known.kind):
            chosen[state.netsuite_id] = finding
    return sorted(chosen.values(), key=lambda finding: finding.id)


def _parts(state: DocumentState | None, span: Span) -> dict[tuple[Figure, str], Money]:
    """What a document adds to each figure, by currency. Voided and unapproved ones add nothing."""
    if state is None or state.status not in _STANDING:
        return {}
    currency = state.total.currency
    parts: dict[tuple[Figure, str], Money] = {}
    if state.kind in _TOTALS and state.on in span:
        parts[_TOTALS[state.kind], currency] = state.total
    if state.kind in _RESTS:
        parts[_RESTS[state.kind], currency] = state.open
    if state.kind in _APPLIED and state.applications:
        applied = total((amount for _, amount in state.applications), currency)
        parts[Figure.OPEN, currency] = -applied
    return parts


def _order(line: Line) -> tuple[str, str, int]:
    return line.place.subsidiary, line.place.currency, list(Figure).index(line.figure)
