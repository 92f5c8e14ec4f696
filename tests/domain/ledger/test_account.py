from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.aging import BUCKETS, aging, bucket
from domain.ledger.invoice import Invoice, InvoiceStatus
from domain.ledger.money import Money, total
from domain.ledger.party import Contact, ContactRole, dunning_recipients
from tests.domain.dunning.texts import account, inv

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("days", "name"),
    [(-5, "current"), (0, "current"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"),
     (61, "61-90"), (90, "61-90"), (91, "90+"), (4000, "90+")],
)  # fmt: skip
def test_bucket_edges(days: int, name: str) -> None:
    assert bucket(days) == name


def test_aging_keeps_currencies_apart_and_shows_every_bucket() -> None:
    table = aging(
        [
            inv("A-1 10.00 USD due 2026-03-18"),
            inv("A-2 20.00/5.00 USD due 2026-03-17"),
            inv("A-3 900 JPY due 2025-01-01"),
            inv("A-4 7.00/0.00 USD due 2026-01-01"),
            inv("A-5 9.00 USD due 2026-01-01 is voided"),
        ],
        TODAY,
    )
    assert set(table) == {"USD", "JPY"}
    assert all(tuple(row) == BUCKETS for row in table.values())
    assert table["USD"]["current"] == Money(1000, "USD")
    assert table["USD"]["1-30"] == Money(500, "USD")
    assert table["JPY"]["90+"] == Money(900, "JPY")
    assert table["USD"]["90+"] == Money.zero("USD")


@given(
    st.lists(
        st.tuples(
            st.integers(-200, 200), st.integers(0, 10**9), st.sampled_from(["USD", "JPY", "KWD"]),
            st.sampled_from(list(InvoiceStatus)),
        ),
        max_size=20,
    )
)  # fmt: skip
def test_aging_conserves_what_is_open(rows: list[tuple[int, int, str, InvoiceStatus]]) -> None:
    invoices = tuple(
        Invoice(n, f"I-{n}", 1, Money(minor, c), Money(minor, c), TODAY, TODAY - timedelta(days=d),
                status=status)
        for n, (d, minor, c, status) in enumerate(rows)
    )  # fmt: skip
    held = replace(account(), invoices=invoices)
    table = aging(invoices, TODAY)
    assert tuple(sorted(table)) == held.currencies()
    for currency, row in table.items():
        assert total(row.values(), currency) == held.open_total(currency)


def test_overdue_is_oldest_first_and_excludes_the_due_date() -> None:
    held = account(
        "B-2 1.00 USD due 2026-03-17",
        "B-1 1.00 USD due 2026-03-17",
        "B-3 1.00 USD due 2026-03-18",
        "B-4 1.00 USD due 2026-02-01",
        "B-5 1.00/0.00 USD due 2026-02-01",
    )
    assert [i.number for i in held.overdue()] == ["B-4", "B-1", "B-2"]


def _contact(
    number: int, role: ContactRole, *, suppressed: bool = False, email: str = ""
) -> Contact:
    return Contact(number, "", email or f"c{number}@x.example", role, suppressed=suppressed)


def test_billing_contacts_come_before_primary_ones() -> None:
    billing, primary = _contact(1, ContactRole.BILLING), _contact(2, ContactRole.PRIMARY)
    assert dunning_recipients((primary, billing)) == (billing,)
    assert dunning_recipients((primary,)) == (primary,)
    assert dunning_recipients((_contact(3, ContactRole.SIGNATORY),)) == ()


def test_suppressed_billing_contacts_are_not_replaced_by_others() -> None:
    gone = _contact(1, ContactRole.BILLING, suppressed=True)
    assert dunning_recipients((gone, _contact(2, ContactRole.PRIMARY))) == ()


def test_while_somebody_is_away_the_next_contact_is_written_to() -> None:
    away = replace(_contact(1, ContactRole.BILLING), away=True)
    other = _contact(2, ContactRole.BILLING)
    primary = _contact(3, ContactRole.PRIMARY)
    assert dunning_recipients((away, other, primary)) == (other,)
    assert dunning_recipients((away, primary)) == (primary,)
    assert dunning_recipients((away,)) == (away,)
    stopped = replace(primary, suppressed=True)
    assert dunning_recipients((away, stopped)) == (away,)
