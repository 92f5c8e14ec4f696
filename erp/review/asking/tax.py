"""TAX: is tax asked for, proven absent, or worked out right?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.ledger.money import Money, total
from erp.review.asking.hit import Ask, Hit, hit
from erp.review.draft import DraftLine
from erp.review.exact import number, rounded, units
from erp.review.policy import Certificate
from erp.review.subject import ReviewSubject
from erp.review.vat import EU, valid_form


def no_tax_code(s: ReviewSubject) -> Iterator[Hit]:
    """TAX-001. Where finance says that invoices of the subsidiary or its country carry tax."""
    own = s.subsidiary
    needed = s.policy.tax.required_in
    if own is None or s.draft.facts.tax_exempt or not {own.netsuite_id, own.country} & {*needed}:
        return
    for line in s.lines:
        if not line.line.tax_code:
            yield hit(line.subject, line=line.place, place=f"{own.name} ({own.country})")


def no_certificate(s: ReviewSubject) -> Iterator[Hit]:
    """TAX-002."""
    if not s.draft.facts.tax_exempt or not s.policy.tax.certificates_needed:
        return
    held = _certificate(s)
    if held is None:
        yield hit(customer=s.customer_name, since="")
    elif held.valid_until is not None and held.valid_until < s.draft.issued_on:
        yield hit(customer=s.customer_name, since=f" since {held.valid_until}")


def _certificate(s: ReviewSubject) -> Certificate | None:
    held = s.policy.tax.certificates
    if s.customer is None:
        return None
    return held.get(s.customer.number) or held.get(s.customer.netsuite_id)


def moved(s: ReviewSubject) -> Iterator[Hit]:
    """TAX-003. Only where the source brought tax along."""
    before, place = s.draft.facts.tax_place, s.draft.bill_to.place
    if taxed(s) and (not before or not place or before != place):
        yield hit(before=before or "a place nobody told", place=place or "a place nobody told")


def taxed(s: ReviewSubject) -> bool:
    """Whether the source worked out any tax."""
    return any(line.tax is not None for line in s.draft.lines)


def wrong_tax(s: ReviewSubject) -> Iterator[Hit]:
    """TAX-004. More than a minor unit off for each line with a rate."""
    lines = [line for line in s.draft.lines if line.tax is not None and line.tax_rate]
    expected = total((tax_of(line) for line in lines), s.draft.currency)
    told = total((line.tax for line in lines if line.tax), s.draft.currency)
    if abs(told.minor - expected.minor) > len(lines):
        yield hit(tax=told, expected=expected)


def tax_of(line: DraftLine) -> Money:
    """What the line's rate gives, rounded for the line."""
    rate = number(line.tax_rate) or 0
    return rounded(units(line.amount) * rate / 100, line.amount.currency)


def no_vat_number(s: ReviewSubject) -> Iterator[Hit]:
    """TAX-006. From one EU country to another without tax: the customer owes it, and proves who."""
    seller = s.subsidiary.country if s.subsidiary else ""
    told = s.customer.country if s.customer else ""
    country = s.draft.bill_to.country or told
    across = seller in EU and country in EU and country != seller
    if not across or not s.policy.tax.reverse_charge or s.draft.tax:
        return
    tax_id = s.draft.bill_to.tax_id
    if not valid_form(tax_id, country):
        shown = f" ({tax_id} is none)" if tax_id else ""
        yield hit(customer=s.customer_name, country=country, shown=shown)


TAX: Mapping[str, Ask] = {
    "TAX-001": no_tax_code,
    "TAX-002": no_certificate,
    "TAX-003": moved,
    "TAX-004": wrong_tax,
    "TAX-006": no_vat_number,
}
