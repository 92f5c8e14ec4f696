"""The review: every check of the catalogue that can be asked, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from erp.review.asking.accounting import ACCOUNTING
from erp.review.asking.contract import CONTRACT
from erp.review.asking.customer import CUSTOMER
from erp.review.asking.deal import DEAL
from erp.review.asking.duplicate import DUPLICATE
from erp.review.asking.header import HEADER
from erp.review.asking.hit import Ask, Hit
from erp.review.asking.lines import LINES
from erp.review.asking.revenue import REVENUE
from erp.review.asking.sync import SYNC
from erp.review.asking.tax import TAX
from erp.review.catalogue import CATALOGUE, ORDER, Check
from erp.review.finding import ReviewFinding
from erp.review.fixes import fixed
from erp.review.subject import ReviewSubject

ASKED: Mapping[str, Ask] = {
    **SYNC,
    **CUSTOMER,
    **HEADER,
    **LINES,
    **ACCOUNTING,
    **TAX,
    **REVENUE,
    **DUPLICATE,
    **CONTRACT,
    **DEAL,
}
_OF_DEALS = frozenset({*DEAL, *CONTRACT, "HDR-010", "REV-011"})
_IN_ORDER = sorted(CATALOGUE, key=lambda check: ORDER.index(check.group))


def review(subject: ReviewSubject) -> tuple[ReviewFinding, ...]:
    """What stands against the draft, in the order of evaluation."""
    return tuple(
        _finding(check, hit, subject)
        for check in _IN_ORDER
        if _asked(check, subject)
        for hit in _hits(check.id, subject)
    )


def _hits(check_id: str, subject: ReviewSubject) -> Iterator[Hit]:
    """What a check finds; one about deals is asked of each deal that the draft bills."""
    if not subject.joined or check_id not in _OF_DEALS:
        yield from ASKED[check_id](subject)
        return
    for alone in subject.apart:
        for hit in ASKED[check_id](alone):
            yield hit if hit.subject.startswith("line ") else _of(alone, hit)


def _of(alone: ReviewSubject, hit: Hit) -> Hit:
    name = alone.origin.part if alone.origin else ""
    return replace(hit, subject=f"{name}, {hit.subject}" if hit.subject else name)


def _asked(check: Check, subject: ReviewSubject) -> bool:
    """Whether the check has a question, and the subject what it needs."""
    if check.id not in ASKED or (check.needs and check.needs not in subject.carries):
        return False
    return check.on_update or not subject.draft.update


def _finding(check: Check, hit: Hit, subject: ReviewSubject) -> ReviewFinding:
    return ReviewFinding(
        id=check.id,
        severity=check.severity,
        message=check.message.format_map(hit.values),
        fix=check.fix.format_map(hit.values),
        fixable=check.fixable and fixed(check.id, hit.subject, subject) is not None,
        subject=hit.subject,
        values=hit.values,
    )
