"""Over any history of pauses, resumptions, closings and openings: no burst, nothing caught up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.cadence import plan
from domain.dunning.calendar import Calendar
from domain.dunning.planned import PlannedTouch
from domain.dunning.policy import Phase, SendMode, default_policy
from domain.dunning.standing import Standing, Touch
from domain.dunning.why_not import next_touches, why_not
from flows.stops import Stops, stops_from
from store.conversations import ConversationRow
from store.standing import DisputeRow, HoldRow
from tests.domain.dunning.texts import account

POLICY = replace(default_policy(), send_mode=SendMode.ALWAYS)
LATE = account("INV-1 900.00 USD due 2026-01-05", "INV-2 800.00 USD due 2026-01-05")
START = datetime(2026, 1, 6, 12, tzinfo=UTC)
LADDER = [step.key for step in POLICY.phase(Phase.OVERDUE)]
EVENTS = st.sampled_from(
    (
        *("pause 30", "pause 3", "pause 1", "pause", "pause one", "resume", "resume one"),
        *("escalate", "resolve", "reopen", "dispute", "settle"),
    )
)
HISTORIES = st.dictionaries(st.integers(0, 100), EVENTS, max_size=9)


class History:
    """What a person did, as the rows that are left of it."""

    def __init__(self) -> None:
        self.holds: list[HoldRow] = []
        self.disputes: list[DisputeRow] = []
        self.talk = ConversationRow(customer_id=1, invoice_ids=[])
        self.touches: tuple[Touch, ...] = ()

    def stops(self, today: date) -> Stops:
        return stops_from(self.holds, self.disputes, self.talk, today, UTC)

    def standing(self, today: date) -> Standing:
        found = self.stops(today)
        return Standing(disputes=found.disputes, pauses=found.pauses, touches=self.touches,
                        restarted_at=found.restarted_at)  # fmt: skip

    def do(self, event: str, now: datetime) -> None:
        verb, _, what = event.partition(" ")
        match verb:
            case "pause":
                one = 1 if what == "one" else None
                until = now.date() + timedelta(days=int(what)) if what.isdigit() else None
                self.holds.append(HoldRow(key="", customer_id=1, invoice_id=one, until_on=until,
                                          reason="paused", created_by="person:1"))  # fmt: skip
            case "resume":
                one = 1 if what == "one" else None
                live = [h for h in self.holds if h.invoice_id == one and h.released_at is None]
                for hold in live:
                    if hold.until_on is None or hold.until_on >= now.date():
                        hold.released_at = now
                if one is None:
                    self.reopen(now)
            case "dispute":
                self.disputes.append(DisputeRow(key="", customer_id=1, invoice_id=2))
            case "settle":
                for dispute in self.disputes:
                    dispute.state, dispute.resolved_at = "resolved", now
            case "reopen":
                self.reopen(now)
            case _:
                self.talk.state = f"{verb}d"
                self.talk.invoice_ids = [1, 2] if verb == "resolve" else []

    def reopen(self, now: datetime) -> None:
        if self.talk.state != "active":
            self.talk.state, self.talk.invoice_ids, self.talk.restarted_at = "active", [], now


def check(history: History, touch: PlannedTouch, now: datetime) -> None:
    found = history.stops(now.date())
    held = {pause.invoice_id for pause in found.pauses} | {i for d in found.disputes
                                                           for i in d.invoice_ids}  # fmt: skip
    assert None not in held
    assert not held & set(touch.invoice_ids)
    if not history.touches:
        return
    days = Calendar().business_days_between(history.touches[-1].at.date(), now.date())
    assert days >= POLICY.cadence
    began = [at for at in found.restarted_at.values() if at > history.touches[-1].at]
    taken = [t.step for t in history.touches if t.cycle.partition("+")[0] == "2026-01-05"]
    top = max((LADDER.index(step) for step in taken), default=-1)
    if len(began) == len(found.restarted_at) and None in found.restarted_at:
        assert LADDER.index(touch.step) <= top + 1, "a step was caught up"


@settings(max_examples=40, deadline=None)
@given(HISTORIES)
def test_nothing_that_ends_causes_a_burst(events: dict[int, str]) -> None:
    history = History()
    for day in range(110):
        now = START + timedelta(days=day)
        if day in events:
            history.do(events[day], now)
        answer = plan(LATE, history.standing(now.date()), POLICY, Calendar(), now)
        if isinstance(answer, PlannedTouch):
            check(history, answer, now)
            sent = Touch(now, recipients=("dana@corvel.example",), step=answer.step,
                         cycle=answer.cycle, invoice_ids=answer.invoice_ids)  # fmt: skip
            history.touches = (*history.touches, sent)


def test_a_long_pause_ends_by_itself_with_one_step_and_not_the_missed_ones() -> None:
    history, steps = History(), []
    for day in range(70):
        now = START + timedelta(days=day)
        if day == 7:
            history.do("pause 30", now)
        answer = plan(LATE, history.standing(now.date()), POLICY, Calendar(), now)
        if isinstance(answer, PlannedTouch):
            steps.append((answer.step, now.date().isoformat()))
            history.touches += (Touch(now, step=answer.step, cycle=answer.cycle),)
    assert steps[:3] == [
        ("overdue_1", "2026-01-09"),
        ("overdue_2", "2026-02-19"),
        ("overdue_3", "2026-02-25"),
    ]


@pytest.mark.parametrize("span", ["pause 30", "pause 60", "pause 90", "pause 17", "pause"])
def test_after_a_pause_of_any_length_comes_one_message_on_the_day_that_was_told(span: str) -> None:
    one = account("INV-1 900.00 USD due 2026-01-05")
    history, told, sent = History(), None, []
    for day in range(150):
        now = START + timedelta(days=day)
        if day == 7:
            history.do(span, now)
            standing = history.standing(now.date())
            told = next_touches(one, standing, POLICY, Calendar(), now).get(1)
            assert why_not(one, standing, POLICY, Calendar(), now)[1].next_touch_at == told
        answer = plan(one, history.standing(now.date()), POLICY, Calendar(), now)
        if isinstance(answer, PlannedTouch):
            sent.append((answer.step, now.date()))
            history.touches += (Touch(now, step=answer.step, cycle=answer.cycle),)
    if span == "pause":
        assert (told, len(sent)) == (None, 1)
    else:
        assert told is not None
        assert sent[1] == ("overdue_2", told.date())
