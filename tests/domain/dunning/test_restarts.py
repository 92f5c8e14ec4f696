"""After a pause the cadence begins anew: one normal message, never those that were missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.cadence import plan
from domain.dunning.calendar import Calendar
from domain.dunning.planned import Hold, PlannedTouch
from domain.dunning.policy import SendMode, default_policy
from domain.dunning.standing import Pause, Standing, Touch
from domain.ledger.account import Account
from tests.domain.dunning.texts import account, at

POLICY = replace(default_policy(), send_mode=SendMode.ALWAYS)
LATE = account("INV-1 100.00 USD due 2026-01-05")


def lived(standing: Standing, start: str, days: int, held: Account = LATE) -> list[PlannedTouch]:
    """The messages of some days, one look a day at noon."""
    sent: list[PlannedTouch] = []
    for day in range(days):
        now = at(f"{start} 12:00") + timedelta(days=day)
        answer = plan(held, standing, POLICY, Calendar(), now)
        if isinstance(answer, PlannedTouch):
            sent.append(answer)
            touch = Touch(now, step=answer.step, cycle=answer.cycle, invoice_ids=answer.invoice_ids)
            standing = replace(standing, touches=(*standing.touches, touch))
    return sent


def shown(touches: list[PlannedTouch]) -> list[tuple[str, str]]:
    return [(f"{t.at:%m-%d}", t.step) for t in touches]


def told(step: str, when: str) -> Touch:
    return Touch(at(f"{when} 12:00"), step=step, cycle="2026-01-05", invoice_ids=(1,))


def test_the_next_step_is_counted_from_the_restart() -> None:
    before = Standing(
        touches=(told("overdue_1", "2026-01-09"), told("overdue_2", "2026-01-15")),
        restarted_at={None: at("2026-03-02 09:00")},
    )
    assert shown(lived(before, "2026-03-02", 21)) == [
        ("03-06", "overdue_3"), ("03-12", "overdue_4"),
    ]  # fmt: skip


def test_a_case_that_was_never_asked_for_starts_at_the_first_step() -> None:
    fresh = Standing(restarted_at={1: at("2026-03-02 09:00")})
    assert shown(lived(fresh, "2026-03-02", 14)) == [("03-06", "overdue_1"), ("03-12", "overdue_2")]


def test_repetitions_are_counted_anew_and_keep_their_own_names() -> None:
    touches = [told("overdue_4", "2026-01-20")]
    touches += [
        replace(told("overdue_4", f"2026-02-{10 + n}"), cycle=f"2026-01-05+{n}") for n in (1, 2, 3)
    ]
    ended = Standing(touches=tuple(touches))
    assert lived(ended, "2026-03-02", 10) == []
    begun = lived(replace(ended, restarted_at={None: at("2026-03-02 09:00")}), "2026-03-02", 60)
    assert [t.cycle for t in begun] == ["2026-01-05+4", "2026-01-05+5", "2026-01-05+6"]
    assert shown(begun)[0] == ("03-16", "overdue_4")


def test_one_invoice_that_begins_anew_does_not_slow_the_others() -> None:
    both = account("INV-1 100.00 USD due 2026-01-05", "INV-2 80.00 USD due 2026-02-25")
    standing = Standing(restarted_at={1: at("2026-03-16 09:00")})
    answer = plan(both, standing, POLICY, Calendar(), at("2026-03-18 12:00"))
    assert isinstance(answer, PlannedTouch)
    assert (answer.cycle, answer.invoice_ids) == ("2026-02-25", (1, 2))


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 3), st.booleans())
@settings(max_examples=30, deadline=None)
def test_no_restart_makes_a_burst(begin: int, length: int, taken: int, whole: bool) -> None:
    """Whatever was missed: at most one message in each cadence, none in the first one."""
    start = datetime.fromisoformat("2026-01-09T12:00+00:00")
    steps = ("overdue_1", "overdue_2", "overdue_3")[:taken]
    said = [told(step, f"{start + timedelta(days=6 * n):%Y-%m-%d}") for n, step in enumerate(steps)]
    resumed = start + timedelta(days=20 + begin + length)
    standing = Standing(
        touches=tuple(said),
        pauses=(Pause(invoice_id=None if whole else 1, until_on=resumed.date()),),
        restarted_at={None if whole else 1: resumed + timedelta(hours=11)},
    )
    sent = lived(standing, f"{resumed - timedelta(days=length):%Y-%m-%d}", length + 30)
    calendar = Calendar()
    days = [t.at.date() for t in sent]
    begun = (resumed + timedelta(hours=11)).date()
    assert sent
    assert calendar.business_days_between(begun, days[0]) == POLICY.cadence
    for one, other in pairwise(days):
        assert calendar.business_days_between(one, other) >= POLICY.cadence
    assert [t.step for t in sent][:1] == [
        ("overdue_1", "overdue_2", "overdue_3", "overdue_4")[taken]
    ]
    assert not isinstance(plan(LATE, standing, POLICY, calendar, resumed), PlannedTouch)
    assert isinstance(plan(LATE, standing, POLICY, calendar, resumed), Hold)
