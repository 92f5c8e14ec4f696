"""DUP: is it billed already?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from erp.review.asking.hit import Ask, Hit, hit
from erp.review.asking.revenue import served
from erp.review.subject import ReviewSubject


def same_service(s: ReviewSubject) -> Iterator[Hit]:
    """DUP-001. The same item, period and amount; another amount is an overlap (REV-004)."""
    for line in s.lines:
        period = (line.line.service_starts_on, line.line.service_ends_on)
        for invoice, known, start, end in served(s, line):
            if (start, end) == period and known.amount == line.line.amount:
                values = {"invoice": invoice.called, "item": line.item_name, "line": line.place}
                yield hit(line.subject, **values)
                break


def same_total(s: ReviewSubject) -> Iterator[Hit]:
    """DUP-002."""
    within = s.policy.header.duplicate_days
    for invoice in s.alive:
        near = abs((invoice.issued_on - s.draft.issued_on).days) <= within
        if near and s.draft.total in (invoice.total,) and invoice.total:
            yield hit(invoice.netsuite_id, invoice=invoice.called, date=invoice.issued_on)


DUPLICATE: Mapping[str, Ask] = {"DUP-001": same_service, "DUP-002": same_total}
