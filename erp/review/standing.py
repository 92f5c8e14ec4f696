"""How a draft stands against the ERP's copy of its invoice: new, has changes, or up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.ledger.money import Money, total
from erp.review.draft import Draft, Standing
from erp.review.subject import KnownInvoice, KnownLine, ResolvedLine

CHANGEABLE = ("due_on", "po_number", "memo", "terms_netsuite_id")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the draft and the ERP's copy do not agree on, as text for people."""

    field: str
    ours: str
    theirs: str


def standing(copy: KnownInvoice | None, found: tuple[Difference, ...]) -> Standing:
    """New without a copy in the ERP; up to date when nothing differs."""
    if copy is None:
        return "new"
    return "has_changes" if found else "up_to_date"


def differences(
    draft: Draft, lines: tuple[ResolvedLine, ...], copy: KnownInvoice | None
) -> tuple[Difference, ...]:
    """Header first, then lines in order. What the draft leaves to the ERP never differs."""
    return () if copy is None else (*_header(draft, copy), *_lines(lines, copy))


def changes(draft: Draft, copy: KnownInvoice) -> dict[str, tuple[str, str]]:
    """What may be changed on an invoice in the ERP and differs: field to (theirs, ours)."""
    found = {
        "due_on": (copy.due_on.isoformat(), draft.due_on.isoformat() if draft.due_on else ""),
        "po_number": (copy.po_number, draft.po_number),
        "memo": (copy.memo, draft.memo),
        "terms_netsuite_id": (copy.terms_netsuite_id, draft.terms_netsuite_id),
    }
    left_alone = {"due_on", "terms_netsuite_id"}
    return {
        name: (theirs, ours)
        for name, (theirs, ours) in found.items()
        if theirs != ours and (ours or name not in left_alone)
    }


def _header(draft: Draft, copy: KnownInvoice) -> Iterator[Difference]:
    if draft.number and draft.number != copy.number:
        yield Difference("number", draft.number, copy.number)
    if draft.customer_id is not None and draft.customer_id != copy.customer_id:
        yield Difference("customer", str(draft.customer_id), str(copy.customer_id))
    stands = copy.total if draft.tax else copy.total - _tax(copy)
    if draft.total != stands:
        yield Difference("total", str(draft.total), str(stands))
    if draft.issued_on != copy.issued_on:
        yield Difference("issued_on", draft.issued_on.isoformat(), copy.issued_on.isoformat())
    for name, (theirs, ours) in changes(draft, copy).items():
        if ours:
            yield Difference(name, ours, theirs)
        elif draft.state != "pushed":
            yield Difference(name, "", theirs)


def _tax(copy: KnownInvoice) -> Money:
    return total((line.amount for line in copy.lines if line.tax), copy.total.currency)


def _lines(lines: tuple[ResolvedLine, ...], copy: KnownInvoice) -> Iterator[Difference]:
    theirs = [line for line in copy.lines if not line.tax]
    if not copy.lines:
        return
    if len(lines) != len(theirs):
        yield Difference("lines", f"{len(lines)} lines", f"{len(theirs)} lines")
    for ours, known in zip(lines, theirs, strict=False):
        told, there = _told(ours), _known(known, ours)
        if told != there:
            yield Difference(ours.subject, told, there)


def _told(line: ResolvedLine) -> str:
    own = line.line
    item = line.item.netsuite_id if line.item else own.item_netsuite_id
    days = (own.service_starts_on, own.service_ends_on)
    return _text(item, str(own.amount), *days)


def _known(known: KnownLine, ours: ResolvedLine) -> str:
    """The ERP's line, without what ours does not say."""
    days = (
        known.service_starts_on if ours.line.service_starts_on else None,
        known.service_ends_on if ours.line.service_ends_on else None,
    )
    return _text(known.item_netsuite_id, str(known.amount), *days)


def _text(item: str, amount: str, *days: object) -> str:
    period = " to ".join(str(day) for day in days if day)
    return ", ".join(part for part in (f"item {item}", amount, period) if part)
