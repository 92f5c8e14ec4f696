from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.billing.charges import Milestone, Milestones, OneOff, Usage
from domain.ledger.billing.invoices import grouped, preview
from domain.ledger.billing.schedule import BillingLine, schedule
from domain.ledger.billing.terms import Due
from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money
from tests.domain.ledger.billing.lines import MONTH, day, fixed, line, recurring, span, usd

SEATS = line(recurring(["2026-01-01..2026-03-31 100.00"], MONTH), key="deal:1:seats")
SETUP = line(OneOff(usd("500.00"), day("2026-01-01")), key="deal:1:setup")


def test_lines_of_one_date_share_an_invoice() -> None:
    first, second, third = preview([SEATS, SETUP])
    assert [i.line.key for i in first.lines] == ["deal:1:seats", "deal:1:setup"]
    assert (first.total, second.total) == (usd("600.00"), usd("100.00"))
    assert first.due == Due(day("2026-01-31"))
    assert third.key == "deal:1:seats:v1:3"
    assert first.key.startswith("lines:")
    assert first.ready


@pytest.mark.parametrize(
    "other",
    [
        replace(SETUP, customer_id="C-2"),
        replace(SETUP, terms="Net 45"),
        replace(SETUP, po_number="PO-8"),
        replace(SETUP, charge=OneOff(Money(500, "EUR"), day("2026-01-01"))),
        replace(SETUP, charge=OneOff(usd("1.00"), day("2026-01-02"))),
    ],
)
def test_what_differs_is_another_invoice(other: BillingLine) -> None:
    assert len(preview([SEATS])) == 3
    assert len(preview([SEATS, other])) == 4


def test_what_waits_does_not_hold_up_what_is_ready() -> None:
    gate = Milestones(usd("9.00"), (Milestone("Go live", usd("9.00"), day("2026-01-01")),))
    ready, waiting = preview([SETUP, line(gate, key="deal:1:go")])
    assert ready.ready
    assert not waiting.ready


def test_nothing_to_pay_is_no_invoice_but_awaited_usage_is_shown() -> None:
    assert preview([line(OneOff(usd("0.00"), day("2026-01-01")))]) == ()
    (awaited,) = preview([line(Usage(span("2026-01-01..2026-01-31"), MONTH, usd("1.00")))])
    assert not awaited.ready


def test_terms_that_cannot_be_read_give_no_due_date() -> None:
    (only,) = preview([replace(SETUP, terms="as agreed")])
    assert only.due is None


def test_one_key_never_stands_for_two_amounts() -> None:
    (planned,) = schedule(SETUP)
    assert len(grouped([planned, planned])) == 1
    with pytest.raises(InvalidAmount):
        grouped([planned, replace(planned, amount=usd("501.00"))])


def test_what_is_billed_is_not_on_another_invoice() -> None:
    planned = [*schedule(SEATS), *schedule(SETUP)]
    first, *_ = grouped(planned, {"deal:1:seats:v1:1"})
    assert first.key == "deal:1:setup:v1:1"
    assert grouped(planned, {i.key for i in planned}) == ()


@given(st.integers(0, 10**6), st.integers(1, 10**9))
def test_the_order_of_lines_changes_nothing(seed: int, minor: int) -> None:
    charge = fixed(Money(minor, "USD").plain(), "2026-01-01..2026-12-31", MONTH)
    planned = [i for each in (SEATS, SETUP, line(charge, key="x")) for i in schedule(each)]
    mixed = [*planned, *planned[:5]]
    Random(seed).shuffle(mixed)
    assert grouped(mixed) == grouped(planned)
