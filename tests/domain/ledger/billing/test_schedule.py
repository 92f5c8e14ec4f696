from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.billing.charges import (
    Evidence,
    Fixed,
    Milestone,
    Milestones,
    OneOff,
    Reading,
    Recurring,
    Timing,
    Usage,
    by_percent,
    co_term,
    cut,
    prepaid,
    true_up,
)
from domain.ledger.billing.errors import BrokenCharge
from domain.ledger.billing.periods import Every, Span
from domain.ledger.billing.schedule import Standing, currency_of, schedule
from domain.ledger.money import Money, total
from tests.domain.ledger.billing.lines import (
    HALF_YEAR,
    MONTH,
    QUARTER,
    YEAR,
    day,
    fixed,
    line,
    recurring,
    span,
    told,
    usd,
)

YEAR_26 = "2026-01-01..2026-12-31"


def test_a_year_in_advance_over_three_years() -> None:
    charge = recurring(["2026-01-31..2029-01-30 36000.00"], YEAR)
    assert told(charge) == [
        "2026-01-31 36000.00",
        "2027-01-31 36000.00",
        "2028-01-31 36000.00",
    ]


def test_arrears_are_billed_the_day_after_the_period() -> None:
    charge = recurring(["2026-01-31..2026-04-29 10.00"], MONTH, "arrears")
    assert told(charge) == ["2026-02-28 10.00", "2026-03-31 10.00", "2026-04-30 10.00"]


@pytest.mark.parametrize(
    ("length", "count", "first", "last"),
    [
        (MONTH, 12, "83.33", "83.37"),
        (QUARTER, 4, "250.00", "250.00"),
        (HALF_YEAR, 2, "500.00", "500.00"),
        (Every(5), 3, "415.97", "168.06"),
        (YEAR, 1, "1000.00", "1000.00"),
    ],
)
def test_instalments_are_cut_down_and_the_last_takes_the_rest(
    length: Every, count: int, first: str, last: str
) -> None:
    amounts = [text.split()[1] for text in told(fixed("1000.00", YEAR_26, length))]
    assert len(amounts) == count
    assert amounts[0] == first
    assert amounts[-1] == last


def test_an_annual_price_billed_monthly_adds_up_to_the_years() -> None:
    charge = recurring(["2026-01-01..2027-12-31 1000.00"], MONTH, per=YEAR)
    amounts = [usd(text.split()[1]) for text in told(charge)]
    assert amounts == [*[usd("83.33")] * 11, usd("83.37")] * 2


def test_half_a_year_of_an_annual_price_is_half_of_it() -> None:
    charge = recurring(["2026-01-31..2027-07-30 1000.00"], MONTH, per=YEAR)
    amounts = [usd(text.split()[1]) for text in told(charge)]
    assert total(amounts[:12], "USD") == usd("1000.00")
    assert total(amounts[12:], "USD") == usd("500.00")
    assert len(amounts) == 18


def test_a_monthly_price_billed_by_year_and_one_that_does_not_fit() -> None:
    monthly = recurring(["2026-01-01..2027-12-31 10.00"], YEAR, per=MONTH)
    assert told(monthly) == ["2026-01-01 120.00", "2027-01-01 120.00"]
    odd = recurring(["2026-01-01..2026-10-31 120.00"], Every(5), per=YEAR)
    assert told(odd) == ["2026-01-01 50.00", "2026-06-01 50.00"]


def test_a_price_change_splits_the_price() -> None:
    charge = recurring(
        ["2026-01-01..2026-06-30 1200.00", "2026-07-01..2026-12-31 1800.00"], HALF_YEAR, per=YEAR
    )
    assert told(charge) == ["2026-01-01 600.00", "2026-07-01 900.00"]


def test_a_ramp_changes_price_within_a_period_by_days() -> None:
    charge = recurring(["2026-01-01..2026-01-15 31.00", "2026-01-16..2026-02-28 62.00"], MONTH)
    assert told(charge) == ["2026-01-01 15.00", "2026-01-16 32.00", "2026-02-01 62.00"]


def test_prices_by_week_of_a_yearly_price() -> None:
    charge = recurring([f"{YEAR_26} 365.00"], Every(1, "week"), per=YEAR)
    told_amounts = told(charge)
    assert told_amounts[0] == "2026-01-01 7.00"
    assert told_amounts[-1] == "2026-12-31 1.00"


def test_prepaid_and_one_off() -> None:
    assert told(prepaid(usd("900.00"), span(YEAR_26))) == ["2026-01-01 900.00"]
    assert told(prepaid(usd("900.00"), span(YEAR_26), day("2025-12-01"))) == ["2025-12-01 900.00"]
    assert told(OneOff(usd("50.00"), day("2026-02-03"))) == ["2026-02-03 50.00"]


def test_a_milestone_waits_for_its_evidence() -> None:
    planned = (("Design", "33.3", day("2026-02-01")), ("Go live", "66.7", day("2026-05-01")))
    charge = by_percent(usd("100.01"), planned)
    assert told(charge) == ["2026-02-01 33.30", "2026-05-01 66.71"]
    assert {i.standing for i in schedule(line(charge))} == {Standing.WAITS_FOR_EVIDENCE}
    shown = Milestone("Design", usd("33.30"), day("2026-02-01"), Evidence("D-1", day("2026-02-09")))
    first, second = schedule(line(Milestones(usd("100.01"), (shown, charge.parts[1]))))
    assert (first.bill_on, first.standing) == (day("2026-02-09"), Standing.READY)
    assert second.standing is Standing.WAITS_FOR_EVIDENCE


def test_a_milestone_reached_early_keeps_its_key() -> None:
    planned = (("A", "50", day("2026-02-01")), ("B", "50", day("2026-05-01")))
    charge = by_percent(usd("100.00"), planned)
    early = replace(charge.parts[1], evidence=Evidence("D-2", day("2026-01-09")))
    found = schedule(line(replace(charge, parts=(charge.parts[0], early))))
    before = schedule(line(charge))
    assert {i.key: i.slot for i in found} == {i.key: i.slot for i in before}
    assert [i.slot for i in found] == ["milestone:B", "milestone:A"]


def test_milestones_must_add_up() -> None:
    part = Milestone("A", usd("1.00"), day("2026-01-01"))
    with pytest.raises(BrokenCharge, match="add up"):
        Milestones(usd("2.00"), (part,))
    with pytest.raises(BrokenCharge, match="same name"):
        Milestones(usd("2.00"), (part, part))
    with pytest.raises(BrokenCharge, match="100 percent"):
        by_percent(usd("2.00"), (("A", "60", day("2026-01-01")),))


def usage(*readings: Reading, minimum: str = "50.00", service: str = YEAR_26) -> Usage:
    return Usage(span(service), QUARTER, usd("0.10"), readings, usd(minimum), "100")


def test_usage_beyond_what_is_included_but_never_below_the_minimum() -> None:
    readings = (
        Reading(day("2026-01-01"), "1100.4"),
        Reading(day("2026-04-01"), "90"),
        Reading(day("2026-07-01"), "5000", final=False),
    )
    found = schedule(line(usage(*readings)))
    assert [(i.bill_on.isoformat(), i.amount.plain(), i.standing.value) for i in found] == [
        ("2026-04-01", "100.04", "ready"),
        ("2026-07-01", "50.00", "ready"),
        ("2026-10-01", "490.00", "waits_for_usage"),
        ("2027-01-01", "50.00", "waits_for_usage"),
    ]


def test_a_part_of_a_period_has_a_part_of_the_minimum() -> None:
    (only,) = schedule(line(usage(service="2026-01-01..2026-02-14")))
    assert only.amount == usd("25.00")
    free = Usage(span(YEAR_26), YEAR, usd("0.10"), (Reading(day("2026-01-01"), "5"),))
    assert told(free) == ["2027-01-01 0.50"]
    assert told(replace(free, price_units=100)) == ["2027-01-01 0.01"]


def test_an_add_on_ends_with_its_parent_and_is_billed_on_its_dates() -> None:
    parent = recurring(["2026-01-15..2027-01-14 100.00"], QUARTER)
    added = co_term(parent, usd("90.00"), day("2026-03-01"))
    assert told(added) == [
        "2026-03-01 45.00",
        "2026-04-15 90.00",
        "2026-07-15 90.00",
        "2026-10-15 90.00",
    ]
    assert added.ends_on == parent.ends_on
    with pytest.raises(BrokenCharge):
        co_term(parent, usd("90.00"), day("2027-01-15"))


def test_a_true_up_bills_only_what_is_beyond() -> None:
    service = span(YEAR_26)
    found = true_up("100", "112.5", usd("10.00"), service, day("2027-01-05"))
    assert found == OneOff(usd("125.00"), day("2027-01-05"), service)
    assert true_up("100", "100", usd("10.00"), service, day("2027-01-05")) is None


def test_an_amount_is_cut_by_weights_that_weigh_something() -> None:
    assert cut(usd("-1.00"), (Fraction(1), Fraction(2))) == (usd("-0.33"), usd("-0.67"))
    with pytest.raises(BrokenCharge):
        cut(usd("1.00"), (Fraction(0), Fraction(0)))


def test_two_prices_on_one_day_are_refused() -> None:
    with pytest.raises(BrokenCharge, match="two prices"):
        recurring(["2026-01-01..2026-01-31 1.00", "2026-01-31..2026-02-28 1.00"], MONTH)
    with pytest.raises(BrokenCharge, match="without a price"):
        Recurring((), MONTH)


@pytest.mark.parametrize(
    ("charge", "currency"),
    [
        (OneOff(Money(1, "JPY"), day("2026-01-01")), "JPY"),
        (usage(), "USD"),
        (recurring([f"{YEAR_26} 1.00"], YEAR), "USD"),
    ],
)
def test_currency(charge: OneOff | Usage | Recurring, currency: str) -> None:
    assert currency_of(charge) == currency


@given(
    st.builds(Money, st.integers(-(10**11), 10**11), st.sampled_from(["USD", "JPY", "KWD"])),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 1500),
    st.integers(1, 18),
    st.sampled_from(["advance", "arrears"]),
    st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2031, 1, 1))),
)
def test_instalments_add_up_to_the_contract_for_any_term_and_split(
    amount: Money, first: date, days: int, months: int, timing: Timing, anchor: date | None
) -> None:
    service = Span(first, first + timedelta(days=days))
    found = schedule(line(Fixed(amount, service, Every(months), timing, anchor)))
    assert total((i.amount for i in found), amount.currency) == amount
    assert len({i.key for i in found}) == len(found)
    assert sum(i.service.days for i in found if i.service) == service.days
    assert [i.sequence for i in found] == list(range(1, len(found) + 1))
    assert len({i.amount for i in found[1:-1]}) <= 1
