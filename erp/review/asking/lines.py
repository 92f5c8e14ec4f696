"""LIN: is every line a known item at a sound price, with what the ERP asks of a line?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from erp.review.asking.hit import Ask, Hit, hit
from erp.review.exact import number, rounded, units
from erp.review.subject import ResolvedLine, ReviewSubject

# Item types of NetSuite that structure a document or compute tax; none of them is sold.
_NOT_SOLD = frozenset({"Description", "EndGroup", "Subtotal", "TaxGroup", "TaxItem"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def no_amount(s: ReviewSubject) -> Iterator[Hit]:
    """LIN-001. An invoice of nothing, or of less than nothing, is no invoice."""
    if not any(line.amount for line in s.draft.lines) or s.draft.total.minor <= 0:
        yield hit()


def no_item(s: ReviewSubject) -> Iterator[Hit]:
    """LIN-002. Once for each product, however many lines it is on."""
    for product in dict.fromkeys(line.line.product for line in s.lines if line.item is None):
        yield hit(product, product=product or "no product")


def unsaleable(s: ReviewSubject) -> Iterator[Hit]:
    """LIN-003."""
    for line in s.lines:
        if why := _why_unsaleable(s, line):
            yield hit(line.subject, item=line.item_name, subsidiary=s.subsidiary_name, why=why)


def _why_unsaleable(s: ReviewSubject, line: ResolvedLine) -> str:
    if line.item is None:
        return ""
    if line.item.inactive:
        return "it is inactive"
    if line.item.type in _NOT_SOLD:
        return "it is not for sale"
    sold_in = line.item.subsidiary_netsuite_ids
    if s.subsidiary and sold_in and s.subsidiary.netsuite_id not in sold_in:
        return "it is not available there"
    return ""


def guessed(s: ReviewSubject) -> Iterator[Hit]:
    """LIN-004."""
    guesses = {line.line.product: line for line in s.lines if line.found == "guess"}
    for product, line in guesses.items():
        yield hit(product, product=product, item=line.item_name, score=line.score)


def wrong_product(s: ReviewSubject) -> Iterator[Hit]:
    """LIN-005. More than a minor unit off what quantity and rate give."""
    for line in s.lines:
        quantity, rate = number(line.line.quantity), number(line.line.rate)
        if quantity is None or rate is None:
            continue
        amount = line.line.amount
        smallest = units(type(amount)(1, amount.currency))
        if abs(quantity * rate - units(amount)) > smallest:
            told = rounded(quantity * rate, amount.currency)
            values = {"quantity": line.line.quantity, "rate": line.line.rate}
            yield hit(line.subject, line=line.place, product=told, amount=amount, **values)


def negative(s: ReviewSubject) -> Iterator[Hit]:
    """LIN-007."""
    for line in s.lines:
        meant = line.line.discount or (line.item is not None and line.item.type == "Discount")
        if line.line.amount.minor < 0 and not meant:
            yield hit(line.subject, line=line.place, amount=line.line.amount)


def unclassified(s: ReviewSubject) -> Iterator[Hit]:
    """LIN-009."""
    required = s.policy.lines.required
    own = required.get(s.subsidiary.netsuite_id, ()) if s.subsidiary else ()
    for field in dict.fromkeys((*required.get("*", ()), *own)):
        bare = [line.subject for line in s.lines if not line.classes.get(field)]
        if bare:
            yield hit(field, field=field, subsidiary=s.subsidiary_name, where=", ".join(bare))


def period_untold(s: ReviewSubject) -> Iterator[Hit]:
    """LIN-010. A line with service dates whose text names neither them nor their months."""
    for line in s.lines:
        start, end = line.line.service_starts_on, line.line.service_ends_on
        if start and end and not (tells(line.line.description, start, end)):
            yield hit(line.subject, line=line.place)


def tells(text: str, start: date, end: date) -> bool:
    """Whether a text names both days, or month and year of both."""
    return all(_names(text.casefold(), day) for day in (start, end))


def _names(text: str, day: date) -> bool:
    month = _MONTHS[day.month - 1]
    spelled = rf"{month}[a-z]*\.?\s+(?:\d{{1,2}},?\s+)?{day.year}"
    written = ("%Y-%m-%d", "%d\\.%m\\.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y-%m", "%m/%Y")
    forms = "|".join((spelled, *(day.strftime(form) for form in written)))
    return bool(re.search(rf"\b(?:{forms})\b", text))


LINES: Mapping[str, Ask] = {
    "LIN-001": no_amount,
    "LIN-002": no_item,
    "LIN-003": unsaleable,
    "LIN-004": guessed,
    "LIN-005": wrong_product,
    "LIN-007": negative,
    "LIN-009": unclassified,
    "LIN-010": period_untold,
}
