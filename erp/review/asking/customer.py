"""CUS: who is billed, and may they be?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.ledger.money import Money
from erp.review.asking.hit import Ask, Hit, hit
from erp.review.exact import converted
from erp.review.finding import Candidate
from erp.review.names import same_name
from erp.review.subject import CustomerFacts, ReviewSubject


def no_customer(s: ReviewSubject) -> Iterator[Hit]:
    """CUS-001."""
    if s.customer is None and not s.draft.create_customer and not s.candidates:
        yield hit(name=s.draft.customer_name or "no name")


def doubtful_customer(s: ReviewSubject) -> Iterator[Hit]:
    """CUS-002. Also: a new customer is wanted though one like it exists."""
    if s.customer is not None:
        return
    like = lookalikes(s) if s.draft.create_customer else s.candidates
    if like:
        told = " or ".join(f"{c.name} ({c.score}%)" for c in like[:3])
        yield hit(name=s.draft.customer_name or "no name", candidates=told)


def lookalikes(s: ReviewSubject) -> tuple[Candidate, ...]:
    """Customers so alike that nobody should create another before saying it is none of them."""
    least = s.policy.matching.ask_before_creating_from
    others = s.draft.facts.distinct_from
    return tuple(
        c
        for c in s.candidates
        if c.netsuite_id not in others and (c.score >= least or set(c.signals) - {"name"})
    )


def inactive_customer(s: ReviewSubject) -> Iterator[Hit]:
    """CUS-003."""
    if s.customer and s.customer.inactive:
        yield hit(customer=named(s.customer))


def wrong_subsidiary(s: ReviewSubject) -> Iterator[Hit]:
    """CUS-004."""
    if s.customer is None or s.subsidiary is None or not s.customer.subsidiaries:
        return
    also = listed(s.policy.customers.also_subsidiaries, s.customer)
    if s.subsidiary.netsuite_id not in s.customer.subsidiaries.union(also):
        yield hit(customer=s.customer.name, subsidiary=s.subsidiary.name)


def on_hold(s: ReviewSubject) -> Iterator[Hit]:
    """CUS-005."""
    rules = s.policy.customers
    if s.customer is None or not s.customer.credit_hold or not rules.credit_hold_blocks:
        return
    if not is_listed(rules.credit_hold_exceptions, s.customer):
        yield hit(customer=s.customer.name)


def over_limit(s: ReviewSubject) -> Iterator[Hit]:
    """CUS-006. What is open in the limit's currency and this invoice, where it can be compared."""
    limit = s.customer.credit_limit if s.customer else None
    if s.customer is None or limit is None:
        return
    more = _in_currency(s, limit.currency)
    owed = s.customer.open.get(limit.currency, Money.zero(limit.currency))
    if more is None or owed + more <= limit:
        return
    percent = str(100 * (owed + more).minor // limit.minor) if limit.minor > 0 else "over 100"
    yield hit(customer=s.customer.name, percent=percent, limit=limit)


def _in_currency(s: ReviewSubject, currency: str) -> Money | None:
    amount = s.draft.total
    if amount.currency == currency:
        return amount
    rate = s.draft.exchange_rate or s.rate or ""
    return converted(amount, rate, currency) if currency == s.base_currency else None


def other_bill_to(s: ReviewSubject) -> Iterator[Hit]:
    """CUS-007. The name and country the source bills to, against the ERP's."""
    to, customer = s.draft.bill_to, s.customer
    if customer is None:
        return
    names = (customer.name, customer.legal_name)
    other_name = to.name and not any(same_name(to.name, name) for name in names)
    other_country = to.country and customer.country and to.country != customer.country
    if other_name or other_country:
        ours = ", ".join(part for part in (to.name, to.country) if part)
        theirs = ", ".join(p for p in (customer.legal_name or customer.name, customer.country) if p)
        yield hit(ours=ours, theirs=theirs)


def nobody_to_write_to(s: ReviewSubject) -> Iterator[Hit]:
    """CUS-008."""
    if s.customer is not None and not s.customer.reachable:
        yield hit(customer=s.customer.name)
    elif s.customer is None and s.draft.create_customer and not s.draft.customer_email:
        yield hit(customer=s.draft.customer_name)


def named(customer: CustomerFacts) -> str:
    """Number and name of a customer."""
    return f"{customer.number} {customer.name}".strip()


def is_listed(names: tuple[str, ...], customer: CustomerFacts) -> bool:
    """Whether the policy names this customer, by its number or id in the ERP."""
    return customer.number in names or customer.netsuite_id in names


def listed(lists: Mapping[str, tuple[str, ...]], customer: CustomerFacts) -> tuple[str, ...]:
    """What the policy lists for this customer, by its number or id in the ERP."""
    return (*lists.get(customer.number, ()), *lists.get(customer.netsuite_id, ()))


CUSTOMER: Mapping[str, Ask] = {
    "CUS-001": no_customer,
    "CUS-002": doubtful_customer,
    "CUS-003": inactive_customer,
    "CUS-004": wrong_subsidiary,
    "CUS-005": on_hold,
    "CUS-006": over_limit,
    "CUS-007": other_bill_to,
    "CUS-008": nobody_to_write_to,
}
