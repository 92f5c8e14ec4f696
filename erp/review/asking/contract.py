"""What the invoice says against what the deal or contract behind it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from domain.ledger.billing.terms import Terms, read_terms
from erp.review.asking.header import due_by_terms
from erp.review.asking.hit import Ask, Hit, hit
from erp.review.exact import number
from erp.review.names import same_name
from erp.review.origin import SoldLine
from erp.review.subject import ResolvedLine, ReviewSubject

_NO_SPLIT = ("Kit", "Group", "ItemGroup")


def account_moved(s: ReviewSubject) -> Iterator[Hit]:
    """CUS-009."""
    if s.origin and s.origin.account_changes:
        what = "; ".join(s.origin.account_changes)
        yield hit(customer=s.customer_name, what=what)


def other_party(s: ReviewSubject) -> Iterator[Hit]:
    """CUS-010. Whoever signed is not billed: another party, or the parent or child of it."""
    if s.origin is None or s.customer is None:
        return
    names = (s.customer.name, s.customer.legal_name)
    signed, party = s.origin.signed_by, s.origin.party
    other = signed and not any(same_name(signed, name) for name in names)
    related = any(same_name(party, name) for name in s.customer.relatives)
    if other or (related and not any(same_name(party, name) for name in names)):
        yield hit(party=signed or party, bill_to=s.customer.name)


def other_currency(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-006."""
    if s.origin and s.origin.currency != s.draft.currency:
        yield hit(theirs=s.origin.currency, ours=s.draft.currency)


def other_terms(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-009. By the days they give; terms nobody can read are only compared by name."""
    told = s.origin.terms if s.origin else ""
    if not told.strip():
        return
    ours = s.terms.name if s.terms else "no terms"
    read = read_terms(told)
    if not isinstance(read, Terms):
        if ours.casefold() != told.casefold():
            yield hit(theirs=told, ours=ours)
        return
    due = s.draft.due_on or due_by_terms(s)
    if due is None:
        yield hit(theirs=told, ours=ours)
    elif read.counts_from == "invoice_date" and (due - s.draft.issued_on).days != read.days:
        yield hit(theirs=told, ours=f"{ours}, due {due}")


def price_off(s: ReviewSubject) -> Iterator[Hit]:
    """LIN-006. More than half a percent at the same quantity, or a line nobody sold."""
    for line, sold in _pairs(s):
        ours = line.line.amount
        if sold is None:
            yield hit(line.subject, line=line.place, ours=ours, theirs="nothing of it")
            continue
        same = number(line.line.quantity) == number(sold.quantity)
        comparable = ours.currency == sold.amount.currency
        off = comparable and abs(ours.minor - sold.amount.minor) * 200 > abs(sold.amount.minor)
        if same and off:
            yield hit(line.subject, line=line.place, ours=ours, theirs=sold.amount)


def quantity_off(s: ReviewSubject) -> Iterator[Hit]:
    """LIN-008."""
    for line, sold in _pairs(s):
        if sold is not None and number(line.line.quantity) != number(sold.quantity):
            yield hit(line.subject, line=line.place, ours=line.line.quantity, theirs=sold.quantity)


def _pairs(s: ReviewSubject) -> list[tuple[ResolvedLine, SoldLine | None]]:
    """The lines with what the deal says of each; an outdated draft has its own finding."""
    if s.origin is None or s.origin.changes:
        return []
    sold = s.origin.lines
    return [(line, sold[n] if n < len(sold) else None) for n, line in enumerate(s.lines)]


def tax_within(s: ReviewSubject) -> Iterator[Hit]:
    """TAX-005. Amounts of lines never have tax in them."""
    if s.origin and s.origin.tax_included:
        yield hit()


def other_service(s: ReviewSubject) -> Iterator[Hit]:
    """REV-003."""
    for line, sold in _pairs(s):
        if sold is None:
            continue
        ours = (line.line.service_starts_on, line.line.service_ends_on)
        theirs = (sold.service_starts_on, sold.service_ends_on)
        if ours != theirs:
            yield hit(line.subject, ours=_span(*ours), theirs=_span(*theirs))


def _span(first: date | None, last: date | None) -> str:
    return f"{first or 'no day'} to {last or 'no day'}" if first or last else "without dates"


def not_allocated(s: ReviewSubject) -> Iterator[Hit]:
    """REV-006. ASC 606-10-32-36: a discount belongs to all that was sold together."""
    bundle = s.origin.bundle if s.origin else ()
    if len(bundle) < 2:
        return
    limit = s.policy.revenue.bundle_percent
    for one in bundle:
        alone = one.alone.minor if one.alone and one.alone.currency == one.price.currency else 0
        if alone <= 0:
            continue
        percent = abs(alone - one.price.minor) * 100 // alone
        if percent > limit:
            yield hit(one.product, percent=percent)


def no_split(s: ReviewSubject) -> Iterator[Hit]:
    """REV-007. A kit, or products at nothing next to one that costs something."""
    for line in s.lines:
        if s.origin and line.item is not None and line.item.type in _NO_SPLIT:
            yield hit(line.subject, item=line.item.name)
    bundle = s.origin.bundle if s.origin else ()
    if any(one.price for one in bundle):
        for one in bundle:
            if not one.price and one.alone is None:
                yield hit(one.product, item=one.product)


def no_treatment(s: ReviewSubject) -> Iterator[Hit]:
    """REV-008."""
    if s.origin and s.origin.modifies and not s.origin.treatment:
        yield hit(contract=s.origin.modifies)


CONTRACT: Mapping[str, Ask] = {
    "CUS-009": account_moved,
    "CUS-010": other_party,
    "HDR-006": other_currency,
    "HDR-009": other_terms,
    "LIN-006": price_off,
    "LIN-008": quantity_off,
    "TAX-005": tax_within,
    "REV-003": other_service,
    "REV-006": not_allocated,
    "REV-007": no_split,
    "REV-008": no_treatment,
}
