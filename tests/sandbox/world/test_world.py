"""The seeded company is rich, consistent, and the same for the same seed."""

from __future__ import annotations

from datetime import date

import pytest

from domain.ledger.money import exponent
from sandbox.company import Company, Temperament
from sandbox.world import ascii_slug, build_company

TODAY = date(2026, 11, 23)

# Those who only live in worlds that ask for them.
SEEDED = set(Temperament) - {
    Temperament.WANTS_NO_MAIL,
    Temperament.SENDS_LAWYERS,
    Temperament.WANTS_PAPERS,
}


@pytest.fixture(scope="module")
def company() -> Company:
    return build_company(7, TODAY)


def balances(company: Company) -> dict[int, int]:
    left = {claim.id: claim.total for claim in company.claims}
    for entry in company.settlements:
        for claim_id, amount in entry.applied:
            left[claim_id] -= amount
    return left


def test_same_seed_same_world_other_seed_other_world(company: Company) -> None:
    assert build_company(7, TODAY) == company
    assert build_company(8, TODAY) != company


def test_has_the_promised_breadth(company: Company) -> None:
    assert len(company.debtors) >= 200
    assert len(company.claims) >= 2000
    assert {"USD", "EUR", "JPY"} <= {d.currency for d in company.debtors}
    assert exponent("JPY") == 0
    assert {s.id for s in company.subsidiaries} == {d.subsidiary_id for d in company.debtors}
    assert {d.language for d in company.debtors} == {"en", "de", "fr", "es"}
    assert {d.temperament for d in company.debtors} == SEEDED
    assert len({d.timezone for d in company.debtors}) >= 8
    assert len({d.terms_days for d in company.debtors}) >= 4
    assert any(d.parent_id for d in company.debtors)


def test_open_and_overdue_are_in_proportion(company: Company) -> None:
    left = balances(company)
    unpaid = [claim for claim in company.claims if left[claim.id] > 0]
    late = [claim for claim in unpaid if claim.due_on < TODAY]
    assert 250 <= len(unpaid) <= 350
    assert 100 <= len(late) <= 200
    ages = [(TODAY - claim.due_on).days for claim in late]
    assert min(ages) <= 10
    assert max(ages) > 90
    assert any(0 < left[claim.id] < claim.total for claim in unpaid)
    owners = {d.id: d.temperament for d in company.debtors}
    assert {owners[c.debtor_id] for c in late} == SEEDED - {Temperament.ON_TIME}


def test_the_books_balance(company: Company) -> None:
    claims = {claim.id: claim for claim in company.claims}
    assert min(balances(company).values()) == 0
    for entry in company.settlements:
        assert entry.amount > 0
        assert entry.on <= TODAY
        assert sum(amount for _, amount in entry.applied) in (0, entry.amount)
        for claim_id, amount in entry.applied:
            claim = claims[claim_id]
            assert amount > 0
            assert (claim.debtor_id, claim.currency) == (entry.debtor_id, entry.currency)
            assert claim.issued_on <= entry.on
    assert {entry.kind for entry in company.settlements} == {"payment", "credit"}


def test_ids_and_addresses_are_unique_and_references_hold(company: Company) -> None:
    transactions = [c.id for c in company.claims] + [s.id for s in company.settlements]
    assert len(set(transactions)) == len(transactions)
    people = [p for d in company.debtors for p in d.people]
    entities = [d.id for d in company.debtors] + [p.id for p in people]
    assert len(set(entities)) == len(entities)
    assert len({p.email for p in people}) == len(people)
    assert all(p.email.endswith(".example") and p.email.isascii() for p in people)
    assert all(d.people[0].role == "billing" for d in company.debtors)
    by_id = {d.id: d for d in company.debtors}
    for debtor in company.debtors:
        if debtor.parent_id is not None:
            assert by_id[debtor.parent_id].currency == debtor.currency
    assert len({c.number for c in company.claims}) == len(company.claims)
    assert len({d.stripe_customer_id for d in company.debtors}) == len(company.debtors)
    for claim in company.claims:
        assert claim.issued_on <= TODAY
        assert (claim.due_on - claim.issued_on).days == by_id[claim.debtor_id].terms_days


@pytest.mark.parametrize(("customers", "invoices"), [(1, 1), (3, 10), (12, 80), (500, 3000)])
def test_any_size_can_be_built(customers: int, invoices: int) -> None:
    company = build_company(1, TODAY, customers, invoices)
    assert (len(company.debtors), len(company.claims)) == (customers, invoices)
    assert min(balances(company).values()) >= 0


def test_slugs_are_plain_ascii() -> None:
    assert ascii_slug("Günther Weiß & Søn") == "guntherweisssn"
