from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.billing.changes import (
    Billed,
    OverBilled,
    Replanned,
    cancel,
    over_contract,
    replan,
)
from domain.ledger.billing.charges import (
    Charge,
    Evidence,
    Fixed,
    Milestone,
    Milestones,
    OneOff,
    Reading,
    Recurring,
    Segment,
    Timing,
    Usage,
    by_percent,
    prepaid,
)
from domain.ledger.billing.periods import Every, Span
from domain.ledger.billing.schedule import Instalment, schedule
from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money, total
from tests.domain.ledger.billing.lines import (
    MONTH,
    QUARTER,
    YEAR,
    day,
    fixed,
    line,
    recurring,
    shown,
    span,
    usd,
)

YEAR_26 = "2026-01-01..2026-12-31"


def bill(instalments: tuple[Instalment, ...], count: int) -> tuple[Billed, ...]:
    return tuple(Billed(i.key, i.amount, i.service, i.slot) for i in instalments[:count])


def changed(before: Charge, billed: int, after: Charge) -> Replanned:
    found = replan(line(after, version=2), bill(schedule(line(before)), billed))
    assert isinstance(found, Replanned)
    return found


def test_a_new_price_from_a_date_leaves_what_is_billed() -> None:
    before = recurring([f"{YEAR_26} 100.00"], QUARTER)
    after = recurring(["2026-01-01..2026-06-30 100.00", "2026-07-01..2026-12-31 150.00"], QUARTER)
    found = changed(before, 2, after)
    assert [shown(i) for i in found.instalments] == ["2026-07-01 150.00", "2026-10-01 150.00"]
    assert (found.left_out, found.difference) == (2, usd("0.00"))
    assert [i.key for i in found.instalments] == ["deal:1:L1:v2:1", "deal:1:L1:v2:2"]


def test_a_year_billed_whole_is_not_billed_again_when_the_price_rises() -> None:
    before = recurring([f"{YEAR_26} 1200.00"], YEAR)
    found = changed(before, 1, recurring([f"{YEAR_26} 1500.00"], YEAR))
    assert found.instalments == ()
    assert (found.left_out, found.difference) == (1, usd("300.00"))


def test_a_longer_period_is_completed_to_its_price() -> None:
    found = changed(
        recurring([f"{YEAR_26} 100.00"], MONTH), 3, recurring([f"{YEAR_26} 1200.00"], YEAR)
    )
    assert [shown(i) for i in found.instalments] == ["2026-04-01 900.00"]
    assert found.instalments[0].service == span("2026-04-01..2026-12-31")


def test_the_rest_of_a_total_is_cut_anew() -> None:
    found = changed(fixed("1000.00", YEAR_26, QUARTER), 1, fixed("1000.00", YEAR_26, MONTH))
    amounts = [i.amount for i in found.instalments]
    assert len(amounts) == 9
    assert total(amounts, "USD") == usd("750.00")
    assert amounts[0] == usd("83.33")


def test_a_longer_term_bills_only_the_new_days() -> None:
    found = changed(
        prepaid(usd("100.00"), span("2026-01-01..2026-06-30")), 1,
        recurring(["2026-01-01..2026-09-30 50.00"], QUARTER),
    )  # fmt: skip
    assert [shown(i) for i in found.instalments] == ["2026-07-01 50.00"]


def test_arrears_of_the_free_days_are_billed_after_them() -> None:
    done = (Billed("deal:1:L1:v1:1", usd("20.00"), span("2026-01-21..2026-01-31")),)
    charge = recurring(["2026-01-01..2026-01-31 31.00"], MONTH, "arrears")
    found = replan(line(charge, version=2), done)
    assert isinstance(found, Replanned)
    assert [shown(i) for i in found.instalments] == ["2026-01-21 11.00"]


def test_milestones_that_were_billed_stay_billed() -> None:
    planned = (("A", "50", day("2026-01-01")), ("B", "50", day("2026-06-01")))
    before = by_percent(usd("100.00"), planned)
    after = by_percent(usd("160.00"), planned)
    found = changed(before, 1, after)
    assert [shown(i) for i in found.instalments] == ["2026-06-01 80.00"]
    assert found.difference == usd("30.00")


@pytest.mark.parametrize(
    "after",
    [
        recurring([f"{YEAR_26} 60.00"], QUARTER),
        recurring(["2026-01-01..2026-03-31 100.00"], QUARTER),
        fixed("150.00", YEAR_26, QUARTER),
        OneOff(usd("99.00"), day("2026-01-01")),
    ],
)
def test_nothing_is_planned_beyond_what_the_contract_is_worth(after: Charge) -> None:
    before = recurring([f"{YEAR_26} 100.00"], QUARTER)
    found = replan(line(after, version=2), bill(schedule(line(before)), 2))
    assert isinstance(found, OverBilled)
    assert found.billed == usd("200.00")
    assert found.excess.minor > 0


def test_a_lower_cap_of_the_contract_holds() -> None:
    charge = recurring([f"{YEAR_26} 100.00"], QUARTER)
    assert replan(line(charge), (), usd("399.00")) == OverBilled(
        usd("399.00"), usd("0.00"), usd("1.00")
    )
    assert isinstance(replan(line(charge), (), usd("400.00")), Replanned)


def test_usage_has_no_end_unless_the_contract_names_one() -> None:
    charge = Usage(span(YEAR_26), YEAR, usd("1.00"), (Reading(day("2026-01-01"), "500"),))
    done = (Billed("deal:1:L1:v0:1", usd("900.00"), span("2025-01-01..2025-12-31")),)
    assert isinstance(replan(line(charge), done), Replanned)
    assert isinstance(replan(line(charge), done, usd("1000.00")), OverBilled)


def test_an_odd_cent_billed_before_comes_off_the_last_instalment() -> None:
    done = (Billed("deal:1:L1:v1:1", usd("0.01"), span("2026-01-01..2026-01-31")),)
    charge = recurring(["2026-01-20..2026-03-19 10.00"], MONTH)
    found = replan(line(charge, version=2), done)
    assert isinstance(found, Replanned)
    assert [shown(i) for i in found.instalments] == ["2026-02-01 10.00", "2026-02-20 9.99"]
    assert found.difference == usd("0.00")


def test_a_period_billed_in_part_for_more_than_it_now_costs() -> None:
    done = (Billed("deal:1:L1:v1:1", usd("20.00"), span("2026-01-01..2026-01-10")),)
    charge = recurring(["2026-01-01..2026-01-31 10.00"], MONTH)
    assert replan(line(charge, version=2), done) == OverBilled(
        usd("10.00"), usd("20.00"), usd("10.00")
    )
    longer = replan(line(recurring(["2026-01-01..2026-02-28 10.00"], MONTH), 2), done)
    assert isinstance(longer, OverBilled)


def test_a_version_goes_on_where_it_stopped() -> None:
    charge = recurring([f"{YEAR_26} 100.00"], QUARTER)
    planned = schedule(line(charge))
    found = replan(line(charge), bill(planned, 3))
    assert isinstance(found, Replanned)
    assert found.instalments == planned[3:]
    dearer = replace(bill(planned, 1)[0], amount=usd("100.01"))
    assert isinstance(replan(line(charge), [dearer]), OverBilled)


def test_a_change_needs_a_new_version() -> None:
    before = schedule(line(recurring([f"{YEAR_26} 100.00"], QUARTER)))
    with pytest.raises(InvalidAmount, match="something else"):
        replan(line(recurring([f"{YEAR_26} 100.00"], MONTH)), bill(before, 1))
    with pytest.raises(InvalidAmount, match="something else"):
        replan(line(recurring(["2026-01-01..2026-03-31 100.00"], QUARTER)), bill(before, 2))


def test_lines_together_stay_within_the_contract() -> None:
    ten = usd("10.00")
    assert over_contract(usd("20.00"), [ten], [ten]) is None
    assert over_contract(usd("19.99"), [ten], [ten]) == OverBilled(usd("19.99"), ten, usd("0.01"))


def test_a_cancellation_keeps_what_is_due_and_says_what_it_drops() -> None:
    planned = schedule(line(recurring([f"{YEAR_26} 100.00"], QUARTER)))
    found = cancel(planned, day("2026-04-01"))
    assert [shown(i) for i in found.kept] == ["2026-01-01 100.00", "2026-04-01 100.00"]
    assert (found.dropped_count, found.dropped_amounts) == (2, (usd("200.00"),))
    assert cancel((), day("2026-04-01")).dropped_amounts == ()


def test_a_cancellation_in_arrears_keeps_the_days_served() -> None:
    planned = schedule(line(recurring(["2026-01-01..2026-03-31 31.00"], MONTH, "arrears")))
    found = cancel(planned, day("2026-01-10"))
    assert [shown(i) for i in found.kept] == ["2026-01-11 10.00"]
    assert found.kept[0].key == planned[0].key
    assert (found.dropped_count, found.dropped_amounts) == (2, (usd("83.00"),))
    whole = cancel(planned, day("2026-01-31"))
    assert [shown(i) for i in whole.kept] == ["2026-02-01 31.00"]


def test_a_cancellation_drops_what_waits_for_evidence() -> None:
    parts = (
        Milestone("A", usd("1.00"), day("2026-01-01"), Evidence("D", day("2026-01-02"))),
        Milestone("B", usd("2.00"), day("2026-01-01")),
        Milestone("C", usd("3.00"), day("2026-01-01"), Evidence("D", day("2026-03-02"))),
    )
    found = cancel(schedule(line(Milestones(usd("6.00"), parts))), day("2026-02-01"))
    assert [shown(i) for i in found.kept] == ["2026-01-02 1.00"]
    assert found.dropped_count == 2


STARTS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
LENGTHS = st.sampled_from([Every(1), Every(3), Every(5), Every(12), Every(2, "week")])
TIMINGS: st.SearchStrategy[Timing] = st.sampled_from(("advance", "arrears"))


@st.composite
def charges(draw: st.DrawFn) -> Charge:
    first = draw(STARTS)
    service = Span(first, first + timedelta(days=draw(st.integers(0, 700))))
    amount = Money(draw(st.integers(1, 10**7)), "USD")
    length, timing, anchor = draw(LENGTHS), draw(TIMINGS), draw(st.one_of(st.none(), STARTS))
    kind = draw(st.sampled_from(["fixed", "recurring", "yearly", "prepaid"]))
    if kind == "fixed":
        return Fixed(amount, service, length, timing, anchor)
    if kind == "prepaid":
        return prepaid(amount, service)
    per = YEAR if kind == "yearly" else None
    return Recurring((Segment(service, amount, per),), length, timing, anchor)


@given(st.lists(st.tuples(charges(), st.integers(0, 40)), min_size=1, max_size=5))
def test_no_sequence_of_edits_bills_a_day_twice_or_more_than_the_contract(
    edits: list[tuple[Charge, int]],
) -> None:
    done: list[Billed] = []
    for version, (charge, count) in enumerate(edits, start=1):
        current = line(charge, version)
        found = replan(current, done)
        if isinstance(found, OverBilled):
            continue
        worth = total((i.amount for i in schedule(current)), "USD")
        planned = found.instalments
        everything = [*done, *bill(planned, len(planned))]
        assert total((b.amount for b in everything), "USD") <= worth
        assert all(i.amount.minor >= 0 for i in planned)
        spans = sorted(b.service for b in everything if b.service)
        assert all(a.ends_on < b.starts_on for a, b in itertools.pairwise(spans))
        done += bill(planned, count)
        again = replan(current, done)
        assert isinstance(again, Replanned)
        assert again.instalments == planned[count:]
        assert len({b.key for b in done}) == len(done)


@given(charges(), st.integers(0, 40), st.integers(0, 800))
def test_a_cancellation_loses_no_cent(charge: Charge, billed: int, later: int) -> None:
    planned = schedule(line(charge))[billed:]
    found = cancel(planned, date(2026, 1, 1) + timedelta(days=later))
    kept = total((i.amount for i in found.kept), "USD")
    assert kept + total(found.dropped_amounts, "USD") == total((i.amount for i in planned), "USD")
    assert len(found.kept) + found.dropped_count == len(planned)
