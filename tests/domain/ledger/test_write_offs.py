from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.billing.periods import Span
from domain.ledger.credit_rules import CreditLimits
from domain.ledger.money import Money
from domain.ledger.write_offs import (
    SmallBalances,
    Unpaid,
    WriteOff,
    proposed,
    small_balances,
    write_off_findings,
)

ON = date(2026, 3, 10)


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def unpaid(text: str = "INV-1 100.00", deferred: str = "0.00", unapplied: str = "0.00") -> Unpaid:
    number, amount = text.split()
    return Unpaid(number, number, "Linden", usd(amount), usd(deferred), usd(unapplied))


def ids(write_off: WriteOff, of: Unpaid, limits: CreditLimits | None = None) -> list[str]:
    return [f.id for f in write_off_findings(write_off, of, limits or CreditLimits())]


def test_delivered_and_undelivered_apart() -> None:
    found = proposed(unpaid(deferred="30.00"), ON)
    assert found == WriteOff(ON, usd("70.00"), usd("30.00"), stops_schedule=True)
    beyond = proposed(unpaid(deferred="120.00"), ON)
    assert (beyond.delivered, beyond.undelivered) == (usd("0.00"), usd("100.00"))
    assert ids(found, unpaid(deferred="30.00")) == []


@pytest.mark.parametrize(
    "of",
    [
        unpaid(unapplied="0.01"),
        replace(unpaid(), disputed=True),
        replace(unpaid(), promised=True),
    ],
)
def test_nothing_unsettled_is_given_up(of: Unpaid) -> None:
    assert ids(proposed(of, ON), of) == ["WOF-001"]
    assert small_balances([of], SmallBalances(usd("200.00"), usd("200.00"))) == ()


def test_undelivered_revenue_stops_with_the_claim() -> None:
    of = unpaid(deferred="30.00")
    right = proposed(of, ON)
    assert ids(replace(right, stops_schedule=False), of) == ["WOF-002"]
    assert ids(WriteOff(ON, usd("100.00"), usd("0.00"), True), of) == ["WOF-002"]
    assert ids(WriteOff(ON, usd("20.00"), usd("40.00"), True), of) == ["WOF-002"]
    assert ids(WriteOff(ON, usd("20.00"), usd("0.00"), False), of) == []


def test_size_period_and_limit() -> None:
    of = unpaid()
    assert ids(WriteOff(ON, usd("100.01"), usd("0.00"), False), of) == ["CRM-003"]
    assert ids(WriteOff(ON, usd("0.00"), usd("0.00"), False), of) == ["CRM-013"]
    limits = CreditLimits((Span(ON, ON),), usd("99.99"))
    assert ids(proposed(of, ON), of, limits) == ["CRM-008", "CRM-010"]


def test_small_balances_until_the_cap() -> None:
    policy = SmallBalances(usd("5.00"), usd("6.00"))
    book = [
        unpaid("A 4.00"), unpaid("B 0.50"), unpaid("C 5.01"), unpaid("D 1.50"), unpaid("E 0.00"),
        unpaid("F 1.00", deferred="1.00"), unpaid("G 0.75"),
        replace(unpaid("H 1.00"), open=Money(1, "EUR")),
    ]  # fmt: skip
    chosen = small_balances(book, policy)
    assert [u.number for u in chosen] == ["B", "G", "D"]
    assert small_balances(reversed(book), policy) == chosen


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_proposal_gives_up_all_that_is_open_and_breaks_no_rule(open_: int, deferred: int) -> None:
    of = Unpaid("1", "INV-1", "Linden", Money(open_, "USD"), Money(deferred, "USD"), usd("0.00"))
    found = proposed(of, ON)
    assert found.amount == of.open
    assert ids(found, of) == []
