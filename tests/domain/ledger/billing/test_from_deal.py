from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.ledger.billing.charges import Charge, Usage
from domain.ledger.billing.from_deal import DealBilling, billing_of
from domain.ledger.billing.invoices import preview
from domain.ledger.billing.schedule import schedule
from domain.ledger.deal import Deal, DealCustomer, DealLine, DealMilestone
from tests.domain.ledger.billing.lines import day, shown, usd

SEATS = DealLine(
    "L1", "Seats", "S-1", "", "10", usd("12.00"), None, "month", 1, 3, day("2026-01-31"),
    billed="advance",
)  # fmt: skip


def deal(*lines: DealLine, **said: Any) -> Deal:
    plain = Deal(
        "hubspot", "D-1", "v7", DealCustomer("77", "Linden"), "USD", date(2026, 1, 20), None, None,
        lines, "PO-7", "Net 30",
    )  # fmt: skip
    return replace(plain, **said)


def billing(*lines: DealLine, **said: Any) -> DealBilling:
    return billing_of(deal(*lines, **said), "C-1", 1)


def rows(line: DealLine, **said: Any) -> list[str]:
    found = billing(line, **said)
    assert found.unbillable == ()
    return [shown(i) for i in schedule(found.lines[0])]


def test_a_line_by_its_own_dates() -> None:
    assert rows(SEATS) == ["2026-01-31 120.00", "2026-02-28 120.00", "2026-03-31 120.00"]
    assert rows(replace(SEATS, billed="arrears"))[-1] == "2026-04-30 120.00"
    assert rows(replace(SEATS, term_months=None, ends_on=day("2026-02-27"))) == [
        "2026-01-31 120.00"
    ]


def test_the_dates_of_the_deal_stand_in_for_the_lines() -> None:
    bare = replace(SEATS, starts_on=None, term_months=None, frequency="quarter")
    found = rows(bare, starts_on=day("2026-01-01"), ends_on=day("2026-06-30"))
    assert found == ["2026-01-01 120.00", "2026-04-01 120.00"]


@pytest.mark.parametrize(
    ("priced_per", "amounts"),
    [("period", ["120.00"]), ("month", ["360.00"]), ("year", ["30.00"]), ("term", ["120.00"])],
)
def test_what_the_price_is_for(priced_per: Any, amounts: list[str]) -> None:
    line = replace(SEATS, priced_per=priced_per, frequency="quarter")
    assert [row.split()[1] for row in rows(line)] == amounts


def test_once() -> None:
    setup = DealLine("L2", "Setup", "", "Setup fee", "1", usd("500.00"), usd("50.00"))
    assert rows(setup) == ["2026-01-20 450.00"]
    assert rows(replace(setup, starts_on=day("2026-02-01"))) == ["2026-02-01 450.00"]
    year = replace(setup, starts_on=day("2026-02-01"), term_months=12)
    (only,) = schedule(billing(year).lines[0])
    assert only.service is not None
    assert only.service.ends_on == day("2027-01-31")


def test_usage_waits_for_its_readings() -> None:
    charge: Charge = billing(replace(SEATS, billed="usage")).lines[0].charge
    assert isinstance(charge, Usage)
    assert charge.unit_price == usd("12.00")


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        (replace(SEATS, term_months=None), ("term",)),
        (replace(SEATS, starts_on=None), ("term",)),
        (replace(SEATS, ends_on=day("2026-01-01")), ("term",)),
        (replace(SEATS, frequency="once"), ("frequency",)),
        (replace(SEATS, frequency="once", starts_on=None, billed="usage"), ("term", "frequency")),
        (replace(SEATS, billed="once"), ("timing",)),
        (replace(SEATS, billed="milestone"), ("milestones",)),
    ],
)
def test_what_is_missing_is_never_assumed(line: DealLine, missing: tuple[str, ...]) -> None:
    found = billing(line)
    assert found.lines == ()
    assert [u.missing for u in found.unbillable] == [missing]


def test_milestones_need_a_day_each_and_add_up_to_the_price() -> None:
    kick = DealMilestone("Kick-off", usd("30.00"), day("2026-02-01"))
    rest = DealMilestone("Go-live", usd("90.00"), day("2026-06-01"))
    line = replace(SEATS, billed="milestone", quantity="10", milestones=(kick, rest))
    assert [row.split()[1] for row in rows(line)] == ["30.00", "90.00"]
    for wrong in ((kick,), (kick, replace(rest, planned_on=None)), (kick, replace(kick))):
        found = billing(replace(line, milestones=wrong))
        assert [one.missing for one in found.unbillable] == [("milestones",)]


def test_a_date_and_a_currency_are_not_assumed_either() -> None:
    once = DealLine("L2", "Setup", "", "", "1", usd("500.00"))
    assert billing(once, closed_on=None).unbillable[0].missing == ("date",)
    assert billing(once, currency="EUR").unbillable[0].missing == ("currency",)


def test_one_deal_told_twice_has_one_plan() -> None:
    first = billing(SEATS, replace(SEATS, source_id="L2"))
    again = billing_of(deal(replace(SEATS, source_id="L2"), SEATS), "C-1", 1)
    assert preview(first.lines) == preview([*again.lines, *first.lines])
    assert first.lines[0].key == "hubspot:D-1:L1"
