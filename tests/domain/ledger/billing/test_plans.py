from __future__ import annotations

from datetime import date

from domain.ledger.billing.changes import Billed
from domain.ledger.billing.charges import (
    Charge,
    Evidence,
    Fixed,
    Milestone,
    Milestones,
    OneOff,
    Usage,
)
from domain.ledger.billing.periods import Every, Span
from domain.ledger.billing.plans import Held, basis, pinned, plan_line
from domain.ledger.billing.schedule import BillingLine, schedule
from tests.domain.ledger.billing.lines import day, usd

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
FIXED = Fixed(usd("120.00"), YEAR, Every(6))


def line(charge: Charge, version: int = 1) -> BillingLine:
    return BillingLine("d:1:L", version, "C", "", charge)


def test_what_stands_in_a_draft_is_pinned_by_key_slot_or_days() -> None:
    first, second = schedule(line(FIXED, 2))
    held = [Held(7, "d:1:L:v1:1", Span(day("2026-02-01"), day("2026-02-28")))]
    assert pinned((first, second), held) == {first.key: 7}
    assert pinned((first, second), [Held(8, second.key, YEAR)]) == {first.key: 8, second.key: 8}
    (once,) = schedule(line(OneOff(usd("5.00"), day("2026-01-01"))))
    assert pinned([once], [Held(9, "old", None, "once")]) == {once.key: 9}
    assert pinned([once], [Held(9, "old", YEAR, "")]) == {}


def test_an_end_drops_the_rest_and_asks_for_nothing() -> None:
    found = plan_line(line(FIXED), (), (), day("2026-03-01"))
    assert [i.bill_on for i in found.instalments] == [day("2026-01-01")]
    assert [i.bill_on for i in found.dropped] == [day("2026-07-01")]
    assert not found.difference


def test_billed_beyond_its_worth_plans_nothing() -> None:
    billed = [Billed("d:1:L:v1:1", usd("200.00"), YEAR)]
    found = plan_line(line(FIXED, 2), billed)
    assert found.instalments == ()
    assert found.difference == usd("-80.00")
    assert found.worth == usd("120.00")


def test_evidence_and_readings_change_no_plan() -> None:
    part = Milestone("Go", usd("5.00"), day("2026-01-01"))
    shown = Milestone("Go", usd("5.00"), day("2026-01-01"), Evidence("a.pdf", day("2026-02-01")))
    one, other = Milestones(usd("5.00"), (part,)), Milestones(usd("5.00"), (shown,))
    assert basis(one) == basis(other)
    used = Usage(YEAR, Every(1), usd("1.00"))
    assert basis(used) != basis(Usage(YEAR, Every(1), usd("1.01")))
    assert basis(FIXED) != basis(Fixed(usd("121.00"), YEAR, Every(6)))
