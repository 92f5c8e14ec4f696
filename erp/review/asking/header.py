"""HDR: date, number, currency, terms, order and receivable account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from erp.review.asking.customer import is_listed, listed
from erp.review.asking.hit import Ask, Hit, hit
from erp.review.exact import number
from erp.review.subject import KnownInvoice, ReviewSubject, shut


def closed_period(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-001."""
    period = s.masters.period_of(s.draft.issued_on)
    if period is not None and shut(period):
        later = s.masters.open_period(s.draft.issued_on)
        told = later.name if later else "not known"
        yield hit(date=s.draft.issued_on, period=period.name, open_period=told)


def unusual_date(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-002."""
    days = abs((s.draft.issued_on - s.today).days)
    if days > s.policy.header.unusual_after_days:
        yield hit(date=s.draft.issued_on, days=days)


def number_taken(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-003."""
    if s.draft.number and s.same_number and not own(s, s.same_number):
        yield hit(number=s.draft.number, id=s.same_number.netsuite_id)


def already_there(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-004."""
    if s.same_external_id and not own(s, s.same_external_id):
        yield hit(id=s.same_external_id.netsuite_id)


def strange_currency(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-005."""
    if s.customer is None:
        return
    also = listed(s.policy.customers.also_currencies, s.customer)
    if s.draft.currency not in s.customer.currencies.union(also):
        yield hit(customer=s.customer.name, currency=s.draft.currency)


def strange_rate(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-007."""
    if s.draft.currency == s.base_currency:
        return
    wanted, known = number(s.draft.exchange_rate), number(s.rate or "")
    if known is None or known == 0:
        far = True
    else:
        tolerance = s.policy.header.rate_tolerance_percent
        far = wanted is not None and abs(wanted - known) * 100 > tolerance * known
    if far:
        rate = s.draft.exchange_rate or "by the ERP"
        yield hit(rate=rate, date=s.draft.issued_on, reference=s.rate or "none")


def no_subsidiary(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-008. Only an account with several subsidiaries needs one."""
    if s.subsidiary is None and len(s.masters.subsidiaries) > 1:
        yield hit()


def unusual_terms(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-010. Where no contract says anything about terms."""
    if s.origin is not None and s.origin.terms.strip():
        return
    ours, usual = s.draft.terms_netsuite_id, s.customer.terms_netsuite_id if s.customer else ""
    if s.customer and ours and usual and ours != usual:
        yield hit(ours=_terms(s, ours), theirs=_terms(s, usual), customer=s.customer.name)


def due_date_off(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-011. A change to an invoice may give more time than its terms, never less than none."""
    due, issued = s.draft.due_on, s.draft.issued_on
    if due is None:
        return
    wanted = due_by_terms(s)
    if due < issued:
        yield hit(due=due, terms=f"an invoice of {issued}")
    elif wanted is not None and due != wanted and not s.draft.update and s.terms:
        yield hit(due=due, terms=s.terms.name)


def due_by_terms(s: ReviewSubject) -> date | None:
    """The due date that the terms give; None where the ERP must work it out."""
    if s.terms is None or s.terms.days is None:
        return None
    return s.draft.issued_on + timedelta(days=s.terms.days)


def order_missing(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-012."""
    if s.customer is None or s.draft.po_number:
        return
    if is_listed(s.policy.customers.purchase_order_required, s.customer):
        yield hit(customer=s.customer.name)


def order_used(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-013."""
    po = s.draft.po_number
    if not po or s.draft.facts.po_blanket or po in s.policy.header.blanket_orders:
        return
    for other in s.alive:
        if other.open.minor > 0 and other.po_number.casefold() == po.casefold():
            yield hit(po=po, invoice=other.called)
            return


def order_exceeded(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-014. Only where the source knows what the order is worth."""
    worth = s.draft.facts.po_amount
    if worth is None or not s.draft.po_number or worth.currency != s.draft.currency:
        return
    left = worth - s.po_billed if s.po_billed else worth
    if s.draft.total > left:
        yield hit(po=s.draft.po_number, left=left, total=s.draft.total)


def receivable_account(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-015. Not asked where the role sees no accounts at all."""
    if s.masters.accounts and (why := _unusable(s)):
        yield hit(why=why)


def _unusable(s: ReviewSubject) -> str:
    account = s.ar_account
    if account is None:
        chosen = s.ar_account_netsuite_id
        return f"the ERP lists none with id {chosen}" if chosen else "the ERP has none"
    if account.type != "AcctRec":
        return f"{account.name} is of type {account.type}"
    if account.inactive or account.summary:
        return f"{account.name} is {'inactive' if account.inactive else 'a summary account'}"
    if account.currency and account.currency != s.draft.currency:
        return f"{account.name} is kept in {account.currency}"
    return ""


def nobody_approves(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-016."""
    if s.policy.header.approval_routing and not s.policy.header.next_approver:
        yield hit()


def early_discount(s: ReviewSubject) -> Iterator[Hit]:
    """HDR-017."""
    if s.terms and s.terms.discount_percent and s.terms.discount_days is not None:
        until = s.draft.issued_on + timedelta(days=s.terms.discount_days)
        yield hit(percent=s.terms.discount_percent, until=until)


def own(s: ReviewSubject, invoice: KnownInvoice) -> bool:
    """Whether this is the very invoice that the draft is about."""
    return bool(s.draft.netsuite_id) and invoice.netsuite_id == s.draft.netsuite_id


def _terms(s: ReviewSubject, netsuite_id: str) -> str:
    known = s.masters.terms.get(netsuite_id)
    return known.name if known else netsuite_id


HEADER: Mapping[str, Ask] = {
    "HDR-001": closed_period,
    "HDR-002": unusual_date,
    "HDR-003": number_taken,
    "HDR-004": already_there,
    "HDR-005": strange_currency,
    "HDR-007": strange_rate,
    "HDR-008": no_subsidiary,
    "HDR-010": unusual_terms,
    "HDR-011": due_date_off,
    "HDR-012": order_missing,
    "HDR-013": order_used,
    "HDR-014": order_exceeded,
    "HDR-015": receivable_account,
    "HDR-016": nobody_approves,
    "HDR-017": early_discount,
}
