"""DEA: is it billed as it was sold, and only that?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from erp.review.asking.hit import Ask, Hit, hit
from erp.review.subject import ReviewSubject

_MOST_CHANGES = 4


def not_won(s: ReviewSubject) -> Iterator[Hit]:
    """DEA-001."""
    if s.origin and not s.origin.won:
        yield hit(deal=s.origin.name)


def over_billed(s: ReviewSubject) -> Iterator[Hit]:
    """DEA-002. What is out, on its way and here, against what the whole plan comes to."""
    origin = s.origin
    if origin is None or origin.worth.currency != s.draft.currency:
        return
    billed = origin.billed + s.draft.net
    if billed > origin.worth:
        yield hit(billed=billed, value=origin.worth)


def lines_off(s: ReviewSubject) -> Iterator[Hit]:
    """DEA-003. The deal's amount is what its lines cost, or what the whole plan comes to."""
    origin = s.origin
    if origin is None or origin.amount is None or origin.amount.currency != origin.currency:
        return
    if all(abs(origin.amount.minor - own.minor) > 1 for own in (origin.sold, origin.worth)):
        yield hit(ours=origin.worth, theirs=origin.amount)


def contract_off(s: ReviewSubject) -> Iterator[Hit]:
    """DEA-004."""
    origin = s.origin
    if origin is None or origin.contract_amount is None:
        return
    ours = origin.amount or origin.worth
    if origin.contract_amount not in (ours, origin.worth):
        yield hit(ours=ours, theirs=origin.contract_amount)


def changed_since(s: ReviewSubject) -> Iterator[Hit]:
    """DEA-005. With what changed, so that accepting it stands for just that."""
    origin = s.origin
    if origin is None or not origin.changes:
        return
    at = origin.changed_at.strftime("%Y-%m-%d %H:%M UTC") if origin.changed_at else "a later time"
    told = [f"{c.part}: {c.before or 'nothing'} → {c.after or 'nothing'}" for c in origin.changes]
    more = len(told) - _MOST_CHANGES
    shown = "; ".join(told[:_MOST_CHANGES]) + (f" and {more} more" if more > 0 else "")
    yield hit(deal=origin.name, at=at, changes=shown)


def doubtful_terms(s: ReviewSubject) -> Iterator[Hit]:
    """DEA-006."""
    for field in s.origin.doubts if s.origin else ():
        yield hit(field, field=field)


def ended(s: ReviewSubject) -> Iterator[Hit]:
    """DEA-007. Something is billed for days after the contract's last one."""
    last = s.origin.ends_on if s.origin else None
    if last is None:
        return
    days = [line.line.service_ends_on for line in s.lines if line.line.service_ends_on]
    if any(day > last for day in days):
        yield hit(date=last)


def no_evidence(s: ReviewSubject) -> Iterator[Hit]:
    """DEA-008."""
    for sold in s.origin.lines if s.origin else ():
        if sold.standing == "waits_for_evidence":
            yield hit(sold.milestone, milestone=sold.milestone)


def no_cash(s: ReviewSubject) -> Iterator[Hit]:
    """DEA-009."""
    if s.origin and s.origin.not_cash:
        yield hit()


def pushed_before(s: ReviewSubject) -> Iterator[Hit]:
    """DUP-003."""
    for sold in s.origin.lines if s.origin else ():
        if sold.pushed_as:
            yield hit(sold.pushed_netsuite_id, number=sold.number, invoice=sold.pushed_as)


DEAL: Mapping[str, Ask] = {
    "DEA-001": not_won,
    "DEA-002": over_billed,
    "DEA-003": lines_off,
    "DEA-004": contract_off,
    "DEA-005": changed_since,
    "DEA-006": doubtful_terms,
    "DEA-007": ended,
    "DEA-008": no_evidence,
    "DEA-009": no_cash,
    "DUP-003": pushed_before,
}
