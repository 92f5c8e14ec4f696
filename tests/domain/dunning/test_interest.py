"""Late-payment interest: what the dated tables give, day by day, and only where enabled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.interest import InterestPolicy, InterestTable, interest_claims, interest_on
from domain.dunning.policy import PolicyError, from_mapping
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from sources.policy_file import load_dunning
from tests.domain.dunning.texts import account, inv

SHIPPED = load_dunning(Path(__file__).parents[3] / "app" / "defaults" / "dunning.yaml").interest
TABLES = {table.name: table for table in SHIPPED.tables}
TABLES["UK"] = TABLES.pop("United Kingdom")


def claimed(table: str, text: str, today: str) -> tuple[str, str]:
    found = interest_on(TABLES[table], inv(text), date.fromisoformat(today))
    assert found is not None
    return str(found.interest), str(found.fixed)


@pytest.mark.parametrize(
    ("table", "invoice", "today", "interest", "fixed"),
    [
        # 10,000 x 10.15 % x 30 / 365
        ("EU minimum", "INV-1 10000.00 EUR due 2026-01-31", "2026-03-02", "83.42 EUR", "40.00 EUR"),
        # 10 days at 10.15 % until 30 June, 10 days at 10.40 % from 1 July
        ("EU minimum", "INV-1 10000.00 EUR due 2026-06-20", "2026-07-10", "56.30 EUR", "40.00 EUR"),
        ("Germany", "INV-1 10000.00 EUR due 2025-12-31", "2026-12-31", "1,039.60 EUR", "40.00 EUR"),
        ("France", "INV-1 500.00 EUR due 2026-02-28", "2026-03-01", "0.17 EUR", "40.00 EUR"),
        # The rate of the day the delay began stays: 12.25 %, though 11.75 % came on 1 January
        ("UK", "INV-1 1000.00 GBP due 2025-12-01", "2026-03-01", "30.21 GBP", "70.00 GBP"),
        ("UK", "INV-1 999.99 GBP due 2026-01-31", "2026-02-01", "0.32 GBP", "40.00 GBP"),
        ("UK", "INV-1 10000.00 GBP due 2026-01-31", "2026-02-01", "3.22 GBP", "100.00 GBP"),
        # A fixed sum is in its own currency only; interest runs on what is open
        ("Germany", "INV-1 900.00/500.00 USD due 2026-01-31", "2026-02-10", "1.41 USD", "0.00 USD"),
    ],
)  # fmt: skip
def test_examples(table: str, invoice: str, today: str, interest: str, fixed: str) -> None:
    assert claimed(table, invoice, today) == (interest, fixed)


def test_nothing_on_time_paid_or_before_the_first_rate() -> None:
    table = TABLES["Germany"]
    assert interest_on(table, inv("INV-1 9.00 EUR due 2026-03-02"), date(2026, 3, 2)) is None
    paid = inv("INV-1 9.00/0.00 EUR due 2026-03-02")
    assert interest_on(table, paid, date(2026, 5, 2)) is None
    early = inv("INV-1 900.00 EUR due 2020-03-02")
    assert interest_on(table, early, date(2020, 5, 2)) is None


def test_letters_claim_only_where_it_is_enabled_and_never_from_people() -> None:
    late = account("INV-1 900.00 EUR due 2026-03-02", "INV-2 9.00 EUR due 2026-09-02")
    german = replace(late, customer=replace(late.customer, country="DE"))
    assert interest_claims(SHIPPED, german, german.invoices) == ()
    table = replace(TABLES["Germany"], enabled=True)
    (claim,) = interest_claims(InterestPolicy((table,)), german, german.invoices)
    assert (claim.number, claim.days, claim.basis_points) == ("INV-1", 16, 1027)
    assert claim.total == claim.interest + Money(4000, "EUR")
    person = replace(german, customer=replace(german.customer, natural_person=True))
    assert interest_claims(InterestPolicy((table,)), person, person.invoices) == ()
    assert interest_claims(InterestPolicy((table,)), late, late.invoices) == ()


@given(st.integers(1, 10**9), st.integers(1, 900), st.sampled_from(sorted(TABLES)))
@settings(max_examples=40, deadline=None)
def test_interest_grows_by_the_day_and_with_the_debt(minor: int, days: int, name: str) -> None:
    table = TABLES[name]
    invoice = replace(inv("INV-1 1.00 EUR due 2024-08-01"), open=Money(minor, "EUR"))
    found = [_on(table, invoice, days + n) for n in (0, 1)]
    double = replace(invoice, open=Money(2 * minor, "EUR"))
    assert found[0] <= found[1]
    assert abs(2 * found[0] - _on(table, double, days)) <= 1


def _on(table: InterestTable, invoice: Invoice, days: int) -> int:
    found = interest_on(table, invoice, date.fromordinal(date(2024, 8, 1).toordinal() + days))
    return found.interest.minor if found else 0


def table(**change: object) -> dict[str, object]:
    return {
        "name": "X", "countries": ["DE"], "source": "law", "enabled": True,
        "rates": [{"from": "2026-01-01", "percent": "9"}], **change,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "path"),
    [
        ([table(source="")], ("interest", 0, "source")),
        ([table(rates=[])], ("interest", 0, "rates")),
        ([table(countries=["Germany"])], ("interest", 0, "countries", 0)),
        ([table(), table(name="Y")], ("interest", 1, "countries")),
        ([table(rates=[{"from": "soon", "percent": "9"}])], ("interest", 0, "rates", 0, "from")),
        ([table(rates=[{"from": "2026-01-01", "percent": "9.155"}])],
         ("interest", 0, "rates", 0, "percent")),
        ([table(rates=[{"from": "2026-07-01", "percent": "9"},
                       {"from": "2026-01-01", "percent": "9"}])], ("interest", 0, "rates")),
        ([table(fixed=[{"currency": "EUR", "amount": "-1"}])],
         ("interest", 0, "fixed", 0, "amount")),
    ],
)  # fmt: skip
def test_mistakes_in_tables_are_named(tables: list[object], path: object) -> None:
    with pytest.raises(PolicyError) as caught:
        from_mapping({"steps": [{"key": "one"}], "interest": tables})
    assert caught.value.path == path
