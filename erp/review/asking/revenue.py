"""REV: can revenue be recognized from it, in the right months?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from domain.ledger.money import Money, total
from erp.review.asking.header import due_by_terms
from erp.review.asking.hit import Ask, Hit, hit
from erp.review.exact import months_between
from erp.review.journal import deferrable, has_plan
from erp.review.subject import KnownInvoice, KnownLine, ResolvedLine, ReviewSubject, shut

Served = tuple[KnownInvoice, KnownLine, date, date]


def dates_missing(s: ReviewSubject) -> Iterator[Hit]:
    """REV-001."""
    undated = s.policy.revenue.rules_without_dates
    for line in s.lines:
        both = line.line.service_starts_on and line.line.service_ends_on
        if line.item is not None and has_plan(line.item, undated) and not both:
            yield hit(line.subject, line=line.place, item=line.item.name)


def ends_before(s: ReviewSubject) -> Iterator[Hit]:
    """REV-002."""
    for line in s.lines:
        start, end = line.line.service_starts_on, line.line.service_ends_on
        if start and end and end < start:
            yield hit(line.subject, line=line.place, start=start, end=end)


def overlap_or_gap(s: ReviewSubject) -> Iterator[Hit]:
    """REV-004. Against service of the same item that the customer was billed for before."""
    for line in s.lines:
        start, end = line.line.service_starts_on, line.line.service_ends_on
        if start is None or end is None or end < start or line.item is None:
            continue
        found = _nearest(s, line, start, end)
        if found is not None:
            invoice, what, days = found
            values = {"line": line.place, "what": what, "invoice": invoice.called, "days": days}
            yield hit(line.subject, **values)


def _nearest(
    s: ReviewSubject, line: ResolvedLine, start: date, end: date
) -> tuple[KnownInvoice, str, int] | None:
    """The invoice it overlaps most, or else the gap to the one that ended last before it."""
    before = [one for one in served(s, line) if (one[2], one[3]) != (start, end)]
    shared = [(min(end, o) - max(start, b)).days + 1 for _, _, b, o in before]
    most = max(shared, default=0)
    if most > 0:
        return before[shared.index(most)][0], "service overlaps that of", most
    ended = [one for one in before if one[3] < start]
    if not ended:
        return None
    last = max(ended, key=lambda one: one[3])
    gap = (start - last[3]).days - 1
    if 0 < gap <= s.policy.revenue.gap_days:
        return last[0], "service misses the end of that of", gap
    return None


def served(s: ReviewSubject, line: ResolvedLine) -> list[Served]:
    """Service of the line's item on the customer's other invoices, with its dates."""
    return [
        (invoice, known, known.service_starts_on, known.service_ends_on)
        for invoice in s.alive
        for known in invoice.lines
        if line.item is not None
        and known.item_netsuite_id == line.item.netsuite_id
        and known.service_starts_on is not None
        and known.service_ends_on is not None
    ]


def earlier_revenue(s: ReviewSubject) -> Iterator[Hit]:
    """REV-005. The days of service before the first open period, as a share of the amount."""
    later = s.masters.open_period(s.draft.issued_on)
    early = [_early(line, later.starts_on) for line in s.lines if _closed(s, line)] if later else []
    amount = total(early, s.draft.currency)
    if later is not None and amount:
        yield hit(amount=amount, period=later.name)


def _closed(s: ReviewSubject, line: ResolvedLine) -> bool:
    start = line.line.service_starts_on
    period = s.masters.period_of(start) if start else None
    return period is not None and shut(period)


def _early(line: ResolvedLine, opens_on: date) -> Money:
    start, end = line.line.service_starts_on, line.line.service_ends_on
    if start is None or end is None or end < start or line.line.amount.minor < 0:
        return Money.zero(line.line.amount.currency)
    before = (min(end, opens_on - timedelta(days=1)) - start).days + 1
    after = (end - start).days + 1 - before
    return line.line.amount.split((max(before, 0), after))[0]


def posting_discount(s: ReviewSubject) -> Iterator[Hit]:
    """REV-009. A discount item with an account of its own, next to lines with revenue plans."""
    undated = s.policy.revenue.rules_without_dates
    items = [line.item for line in s.lines if line.item]
    if not any(has_plan(item, undated) for item in items):
        return
    for item in {i.netsuite_id: i for i in items if i.type == "Discount"}.values():
        if item.income_account_netsuite_id:
            yield hit(item.netsuite_id, item=item.name)


def financing(s: ReviewSubject) -> Iterator[Hit]:
    """REV-010. ASC 606-10-32-18 lets a year or less pass."""
    paid = s.draft.due_on or due_by_terms(s) or s.draft.issued_on
    for line in s.lines:
        start, end = line.line.service_starts_on, line.line.service_ends_on
        if start is None or end is None:
            continue
        months = max(months_between(paid, end), months_between(start, paid))
        if months > s.policy.revenue.financing_months:
            yield hit(line.subject, line=line.place, months=months)


def unfinished_usage(s: ReviewSubject) -> Iterator[Hit]:
    """REV-011. The period still runs, or nobody said yet that the usage is final."""
    sold = s.origin.lines if s.origin else ()
    for n, line in enumerate(s.lines):
        end = line.line.service_ends_on
        waits = n < len(sold) and sold[n].standing == "waits_for_usage"
        if line.line.usage and end is not None and (waits or end >= s.draft.issued_on):
            yield hit(line.subject, line=line.place, end=end, date=s.draft.issued_on)


def at_once(s: ReviewSubject) -> Iterator[Hit]:
    """REV-012."""
    undated = s.policy.revenue.rules_without_dates
    for line in s.lines:
        later = deferrable(line, s.masters, undated)
        if line.item is not None and line.line.amount.minor > 0 and not later:
            values = {"amount": line.line.amount, "line": line.place, "date": s.draft.issued_on}
            yield hit(line.subject, **values)


REVENUE: Mapping[str, Ask] = {
    "REV-001": dates_missing,
    "REV-002": ends_before,
    "REV-004": overlap_or_gap,
    "REV-005": earlier_revenue,
    "REV-009": posting_discount,
    "REV-010": financing,
    "REV-011": unfinished_usage,
    "REV-012": at_once,
}
