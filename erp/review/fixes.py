"""The fixes that can be applied at once: each makes the draft that would stand instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from erp.review.asking.header import due_by_terms
from erp.review.asking.lines import tells
from erp.review.asking.tax import tax_of
from erp.review.draft import Draft, DraftLine
from erp.review.exact import number, rounded
from erp.review.origin import SoldLine
from erp.review.subject import ReviewSubject


@dataclass(frozen=True, slots=True)
class Refresh:
    """The fix is to read the ERP's lists again; the draft stays as it is."""


Fixed = Draft | Refresh


def fixed(finding_id: str, part: str, s: ReviewSubject) -> Fixed | None:
    """What the fix of a finding on `part` leads to; None where it cannot be applied."""
    found = _FIXES.get(finding_id)
    return found(s, part) if found else None


def _no_number(s: ReviewSubject, _part: str) -> Draft:
    return replace(s.draft, number="")


def _link(s: ReviewSubject, _part: str) -> Draft | None:
    there = s.same_external_id
    if there is None:
        return None
    return replace(s.draft, netsuite_id=there.netsuite_id, number=there.number, state="pushed")


def _due(s: ReviewSubject, _part: str) -> Draft:
    return replace(s.draft, due_on=due_by_terms(s))


def _amount(s: ReviewSubject, part: str) -> Draft | None:
    def again(line: DraftLine) -> DraftLine:
        quantity, rate = number(line.quantity), number(line.rate)
        if quantity is None or rate is None:
            return line
        return replace(line, amount=rounded(quantity * rate, line.amount.currency))

    return _on_line(s, part, again)


def _period(s: ReviewSubject, part: str) -> Draft | None:
    def told(line: DraftLine) -> DraftLine:
        start, end = line.service_starts_on, line.service_ends_on
        if start is None or end is None or tells(line.description, start, end):
            return line
        text = f"{line.description or line.product} ({start} to {end})"
        return replace(line, description=text)

    return _on_line(s, part, told)


def _tax_by_erp(s: ReviewSubject, _part: str) -> Draft:
    lines = tuple(replace(line, tax=None) for line in s.draft.lines)
    return replace(s.draft, lines=lines, facts=replace(s.draft.facts, tax_place=""))


def _tax_by_rate(s: ReviewSubject, _part: str) -> Draft:
    lines = tuple(
        replace(line, tax=tax_of(line)) if line.tax is not None and line.tax_rate else line
        for line in s.draft.lines
    )
    return replace(s.draft, lines=lines)


def _from_deal(s: ReviewSubject, part: str) -> Draft | None:
    joined = next((one for one in s.joined if one.part == part), None)
    origin = joined or s.origin
    return origin.refreshed if origin else None


def _service(s: ReviewSubject, part: str) -> Draft | None:
    """The service dates that the deal gives the line."""
    known = _sold(s, part)
    if known is None or known.service_starts_on is None or known.service_ends_on is None:
        return None
    start, end = known.service_starts_on, known.service_ends_on
    return _on_line(
        s, part, lambda line: replace(line, service_starts_on=start, service_ends_on=end)
    )


def _sold(s: ReviewSubject, part: str) -> SoldLine | None:
    """What the deal of a line says of it."""
    for alone in s.apart:
        told = alone.origin.lines if alone.origin else ()
        mine = (sold for line, sold in zip(alone.lines, told, strict=False) if line.subject == part)
        found = next(mine, None)
        if found is not None:
            return found
    return None


def _link_instalment(s: ReviewSubject, part: str) -> Draft | None:
    """The invoice that bills the instalment already stands in the place of this draft."""
    sold = s.origin.lines if s.origin else ()
    there = next((one for one in sold if one.pushed_netsuite_id == part and part), None)
    if there is None:
        return None
    return replace(s.draft, netsuite_id=part, number=there.pushed_as, state="pushed")


def _refresh(_s: ReviewSubject, _part: str) -> Refresh:
    return Refresh()


def _on_line(s: ReviewSubject, part: str, change: Callable[[DraftLine], DraftLine]) -> Draft | None:
    """The draft with one line changed; None when `part` names no line."""
    place = part.removeprefix("line ")
    if not place.isdigit() or not 1 <= int(place) <= len(s.draft.lines):
        return None
    lines = list(s.draft.lines)
    lines[int(place) - 1] = change(lines[int(place) - 1])
    return replace(s.draft, lines=tuple(lines))


_FIXES: dict[str, Callable[[ReviewSubject, str], Fixed | None]] = {
    "HDR-003": _no_number,
    "HDR-004": _link,
    "HDR-011": _due,
    "LIN-005": _amount,
    "LIN-010": _period,
    "TAX-003": _tax_by_erp,
    "TAX-004": _tax_by_rate,
    "SYN-004": _refresh,
    "DEA-005": _from_deal,
    "DUP-003": _link_instalment,
    "REV-001": _service,
}
