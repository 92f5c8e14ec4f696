"""How likely a customer pays the next invoice late, from how it paid those before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

_WHOLE = 1000
# An outcome counts half after this many days, a third after twice as many.
_HALF = 180
# As many invoices of an average customer stand beside a customer's own.
_PRIOR = 2
# A payment this many days early says as clearly "on time" as one as many days late says "late".
_CLEAR = 10
USUAL = 300
# As many invoices of a usual company stand beside all of this one.
_DOUBT = 10


@dataclass(frozen=True, slots=True)
class PastInvoice:
    """When an invoice was issued, due and paid; `paid_on` is None while it is open."""

    issued_on: date
    due_on: date
    paid_on: date | None = None

    def days_late(self, as_of: date) -> int | None:
        """Days after the due date (negative: before it) as known on a day; None: not known yet."""
        if self.issued_on > as_of:
            return None
        if self.paid_on is not None and self.paid_on <= as_of:
            return (self.paid_on - self.due_on).days
        late = (as_of - self.due_on).days
        return late if late > 0 else None

    def is_open(self, as_of: date) -> bool:
        """Whether it was issued and not paid on a day."""
        return self.issued_on <= as_of and (self.paid_on is None or self.paid_on > as_of)


@dataclass(frozen=True, slots=True)
class Score:
    """0 pays on time, 1000 pays late. `n`: known outcomes it rests on. `reasons` in words."""

    per_mille: int
    n: int
    reasons: tuple[str, ...] = ()


def late_score(history: Sequence[PastInvoice], as_of: date, *, usual: int = USUAL) -> Score:
    """The score of one customer on a day, from nothing that was not known on that day.

    The late rate is smoothed towards `usual` (that of all customers), recent outcomes count more,
    how early or late they paid counts beside whether they were late, and an invoice that is open
    past its due date counts as one paid late.
    """
    known = [(i, late) for i in history if (late := i.days_late(as_of)) is not None]
    weight, found = _PRIOR * _WHOLE, _PRIOR * _WHOLE * usual
    for invoice, late in known:
        own = _weight(invoice, as_of)
        weight += own
        found += own * _outcome(late)
    return Score(found // weight, len(known), _reasons(known, as_of))


def usual_rate(histories: Iterable[Sequence[PastInvoice]], as_of: date) -> int:
    """The share of all invoices that were paid late, per mille; USUAL while none is known."""
    outcomes = [
        late > 0
        for history in histories
        for invoice in history
        if (late := invoice.days_late(as_of)) is not None
    ]
    return (sum(outcomes) * _WHOLE + _DOUBT * USUAL) // (len(outcomes) + _DOUBT)


def _weight(invoice: PastInvoice, as_of: date) -> int:
    settled = invoice.paid_on if not invoice.is_open(as_of) else None
    age = max((as_of - (settled or as_of)).days, 0)
    return _WHOLE * _HALF // (_HALF + age)


def _outcome(days_late: int) -> int:
    """Half whether it was late, half how clearly."""
    clear = min(max(days_late + _CLEAR, 0), 2 * _CLEAR) * _WHOLE // (2 * _CLEAR)
    return (clear + (_WHOLE if days_late > 0 else 0)) // 2


def _reasons(known: Sequence[tuple[PastInvoice, int]], as_of: date) -> tuple[str, ...]:
    if not known:
        return ("no invoice has fallen due yet",)
    late = [days for _, days in known if days > 0]
    waits = [days for invoice, days in known if invoice.is_open(as_of)]
    told = [f"{len(late)} of {len(known)} invoices paid late or overdue"]
    if late:
        told.append(f"{sum(late) // len(late)} days late on average when late")
    if waits:
        told.append(f"{len(waits)} overdue now, the oldest by {max(waits)} days")
    return tuple(told)
