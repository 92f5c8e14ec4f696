from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.credit_entries import (
    CreditParts,
    Entry,
    EntryLine,
    Role,
    apart,
    balances,
    of_credit,
    of_rebill,
    of_recovery,
    of_refund,
    of_small_balance,
    of_write_off,
    turned,
)
from domain.ledger.credits import Treatment
from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money
from domain.ledger.write_offs import WriteOff

TREATMENTS: tuple[Treatment, ...] = (
    "reduce_revenue", "contra_revenue", "bad_debt", "small_difference",
)  # fmt: skip
CENTS = st.integers(0, 10**9).map(lambda minor: Money(minor, "USD"))


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def told(*entries: Entry) -> list[str]:
    return [
        f"{'Dr' if line.debit else 'Cr'} {line.role.value} {(line.debit or line.credit).plain()}"
        for entry in entries
        for line in entry.lines
    ]


@pytest.mark.parametrize(
    ("treatment", "role"),
    [
        ("reduce_revenue", "revenue"),
        ("contra_revenue", "contra_revenue"),
        ("bad_debt", "bad_debt"),
        ("small_difference", "small_differences"),
    ],
)
def test_a_credit_by_treatment(treatment: Treatment, role: str) -> None:
    parts = CreditParts(usd("30.00"), usd("70.00"), usd("19.00"))
    assert told(of_credit(parts, treatment)) == [
        "Dr deferred_revenue 70.00",
        f"Dr {role} 30.00",
        "Dr tax 19.00",
        "Cr receivable 119.00",
    ]


def test_a_credit_without_dates_follows_what_was_posted() -> None:
    parts = apart(usd("10.00"), usd("1.90"), usd("400.00"), usd("800.00"))
    assert parts == CreditParts(usd("3.33"), usd("6.67"), usd("1.90"))
    nothing = apart(usd("10.00"), usd("0.00"), usd("0.00"), usd("0.00"))
    assert nothing.undelivered == usd("10.00")


def test_the_other_entries() -> None:
    ten = usd("10.00")
    assert told(of_refund(ten)) == ["Dr receivable 10.00", "Cr cash 10.00"]
    assert told(of_small_balance(ten)) == ["Dr small_differences 10.00", "Cr receivable 10.00"]
    gone = WriteOff(date(2026, 3, 10), usd("70.00"), usd("30.00"), stops_schedule=True)
    assert told(of_write_off(gone)) == [
        "Dr bad_debt 70.00",
        "Dr deferred_revenue 30.00",
        "Cr receivable 100.00",
    ]
    assert told(*of_recovery(ten)) == [
        "Dr receivable 10.00",
        "Cr bad_debt_recovery 10.00",
        "Dr cash 10.00",
        "Cr receivable 10.00",
    ]


def test_an_entry_out_of_balance_cannot_be_made() -> None:
    with pytest.raises(InvalidAmount):
        Entry((EntryLine(Role.CASH, usd("1.00"), usd("0.00")),))
    with pytest.raises(InvalidAmount):
        Entry(())


@given(CENTS, CENTS, CENTS, CENTS, st.sampled_from(TREATMENTS))
def test_every_credit_balances_and_its_reversal_undoes_it(
    net: Money, tax: Money, recognized: Money, deferred: Money, treatment: Treatment
) -> None:
    parts = apart(net, tax, recognized, deferred)
    assert parts.delivered + parts.undelivered == net
    assert min(parts.delivered.minor, parts.undelivered.minor) >= 0
    entry = of_credit(parts, treatment)
    assert balances([entry]).get(Role.RECEIVABLE, 0) == -(net + tax).minor
    assert balances([entry, turned(entry)]) == {}
    assert balances(of_rebill(parts)) == {}
    assert all(min(line.debit.minor, line.credit.minor) == 0 for line in entry.lines)
