"""SYN: may this be written into the ERP at all, and is what is known of it fresh?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from erp.review.asking.hit import Ask, Hit, hit
from erp.review.policy import CLASSIFICATIONS
from erp.review.subject import ReviewSubject


def changed_meanwhile(s: ReviewSubject) -> Iterator[Hit]:
    """SYN-001. What the ERP has is not what the change was begun on."""
    if not s.draft.update or s.draft.base_modified_at is None:
        return
    if s.copy is None:
        yield hit(
            invoice=s.draft.number or s.draft.netsuite_id, at="a time nobody knows: it is gone"
        )
    elif s.copy.modified_at is not None and s.copy.modified_at != s.draft.base_modified_at:
        yield hit(invoice=s.copy.called, at=s.copy.modified_at.strftime("%Y-%m-%d %H:%M UTC"))


def mandatory_empty(s: ReviewSubject) -> Iterator[Hit]:
    """SYN-002. Fields that finance says the ERP's form insists on."""
    draft = s.draft
    has = {
        "number": draft.number,
        "po_number": draft.po_number,
        "memo": draft.memo,
        "terms": draft.terms_netsuite_id or (s.terms.netsuite_id if s.terms else ""),
        "due_on": draft.due_on or (s.terms and s.terms.days is not None),
    }
    for field in s.policy.erp.mandatory_fields:
        if field in CLASSIFICATIONS:
            filled = bool(s.lines) and all(line.classes.get(field) for line in s.lines)
        else:
            filled = bool(has.get(field))
        if not filled:
            yield hit(field, field=field.replace("_", " "))


def not_permitted(s: ReviewSubject) -> Iterator[Hit]:
    """SYN-003. The ERP refused the integration's role not long ago."""
    for denied in s.denied:
        yield hit(denied.record, verb=denied.verb, record=denied.record, said=denied.said)


def lists_old(s: ReviewSubject) -> Iterator[Hit]:
    """SYN-004."""
    read_at = s.masters.read_at
    fresh = timedelta(hours=s.policy.erp.lists_fresh_hours)
    if read_at is None:
        yield hit(at="never")
    elif s.now - read_at > fresh:
        yield hit(at=read_at.strftime("%Y-%m-%d %H:%M UTC"))


def not_what_waits(s: ReviewSubject) -> Iterator[Hit]:
    """SYN-005. The payload that waits or was approved is not what would be sent now."""
    if s.sent.waiting and s.sent.now and s.sent.waiting != s.sent.now:
        yield hit()


SYNC: Mapping[str, Ask] = {
    "SYN-001": changed_meanwhile,
    "SYN-002": mandatory_empty,
    "SYN-003": not_permitted,
    "SYN-004": lists_old,
    "SYN-005": not_what_waits,
}
