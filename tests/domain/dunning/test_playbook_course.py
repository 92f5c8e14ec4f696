"""Playbooks lived through: in a trial over the past, and over the days to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.dunning.cadence import Situation, plan
from domain.dunning.calendar import Calendar
from domain.dunning.past import History
from domain.dunning.planned import HoldReason, PlannedTouch, SendOutcome
from domain.dunning.playbook import Answer, Playbook, describe, questions
from domain.dunning.playbook_course import Assigned, Course
from domain.dunning.policy import Phase, SendMode, Tone
from domain.dunning.reading import DocumentKind
from domain.dunning.replay import replay, touches_under
from domain.dunning.standing import Direction, Standing, Touch
from domain.dunning.why_not import WhyNot, why_not
from domain.ledger.account import Account
from sources.playbook_file import read_playbook
from sources.policy_file import PolicyFileError
from tests.domain.dunning.test_replay import (
    DANA,
    LATE,
    OLD,
    SINCE,
    UNTIL,
    UTC_ZONE,
    claim,
    compared,
    past,
)  # fmt: skip
from tests.domain.dunning.texts import account, at, inv

BOOK = read_playbook(
    """
name: Three
customers: all
steps:
  - send_email: {tone: friendly, mode: send, attachments: [invoice, tax_form]}
  - wait: 5 business days
  - loop_in: csm@northwind.example
  - send_email: {tone: firm}
  - wait: 5 business days
  - ask: Do they mention a payment plan?
    then:
      - pause: {days: 20, reason: instalment}
      - send_email: {tone: professional, mode: send}
    else:
      - escalate: {reason: nobody answers}
  - send_email: {tone: firm, mode: send}
""",
    "test",
)


def assigned(book: Playbook = BOOK, *answered: tuple[str, str, str, bool]) -> Assigned:
    """Answers as (cycle, path, moment, yes)."""
    given = tuple((c, p, at(when), Answer(yes)) for c, p, when, yes in answered)
    return Assigned(7, 2, book, answered=given)


IN_BOOK = replace(past(LATE), playbook=assigned())


def test_a_trial_goes_through_the_playbook_until_a_person_has_the_customer() -> None:
    found = compared(IN_BOOK, replace(OLD, send_mode=SendMode.NEVER))
    assert found.old.messages == found.new.messages == 4
    assert (found.old.handed, found.new.handed) == (1, 1)
    told = [d.old for d in found.differences if d.old]
    assert [t.outcome for t in told] == [SendOutcome.AUTO] * 3
    playbook = [t for t in told if t.step.startswith("playbook_")]
    assert [(t.step, t.policy_id, t.tone) for t in playbook] == [
        ("playbook_7_2_0", "playbook-7-2", Tone.FRIENDLY)
    ]
    wide = compared(IN_BOOK, replace(OLD, cadence=9))
    assert [d.on for d in wide.differences if d.new and d.new.loop_in] == [date(2026, 3, 19)]


def test_a_person_keeps_the_customer_until_what_was_overdue_is_settled() -> None:
    alone = read_playbook(
        "name: A\ncustomers: all\nsteps:\n  - escalate: {reason: call}\n"
        "  - send_email: {mode: send}\n",
        "test",
    )
    second = claim("INV-2 100.00 USD due 2026-03-20")
    customer = replace(past(LATE, second), playbook=assigned(alone))
    found = touches_under(customer, UTC_ZONE, OLD, SINCE, UNTIL)
    assert [t for t in found if t.phase is Phase.OVERDUE] == []
    assert compared(customer, OLD).old.handed == 2
    assert compared(replace(customer, claims=(LATE,)), OLD).old.handed == 1


def test_a_playbook_may_be_tried_on_those_it_names() -> None:
    history = History(SINCE, UNTIL, (past(LATE),))
    named = replace(BOOK, everybody=False, customers=(past(LATE).customer.netsuite_id,))
    found = replay(history, OLD, OLD, trial=named)
    assert (found.old.handed, found.new.handed) == (0, 1)
    assert any(d.new and d.new.step.startswith("playbook_0_0_") for d in found.differences)
    other = replay(history, OLD, OLD, trial=replace(named, customers=("somebody else",)))
    assert other.differences == ()


def test_a_question_stops_the_trial_until_its_answer_is_on_record() -> None:
    letter = Touch(at("2026-03-10 12:00"), Direction.IN, automatic=False)
    silent = replace(IN_BOOK, touches=(letter,), claims=(claim("INV-1 900.00 USD due 2026-03-02"),))
    open_ = compared(silent, OLD)
    assert (open_.old.handed, open_.old.unanswered) == (0, 1)
    cycle = "2026-03-02"
    yes = assigned(BOOK, (cycle, "5", "2026-03-27 07:00", True))
    paid = compared(replace(silent, playbook=yes), OLD)
    assert (paid.old.handed, paid.old.unanswered) == (0, 0)
    assert paid.old.messages == open_.old.messages + 2
    no = assigned(BOOK, (cycle, "5", "2026-03-27 07:00", False))
    assert compared(replace(silent, playbook=no), OLD).old.handed == 1


def test_days_that_a_playbook_is_passed_over_would_have_been_silent() -> None:
    """The same messages as when the cadence is asked on every business day."""
    letter = Touch(at("2026-03-10 12:00"), Direction.IN, automatic=False)
    yes = assigned(BOOK, ("2026-03-02", "5", "2026-03-27 07:00", True))
    customer = replace(
        past(claim("INV-1 900.00 USD due 2026-03-02"), claim("INV-2 900.00 USD due 2026-04-20")),
        playbook=yes, touches=(letter,),
    )  # fmt: skip
    daily: list[PlannedTouch] = []
    course, said = Course(yes), customer.touches
    for n in range((UNTIL - SINCE).days + 1):
        now = OLD.calendar().opening(SINCE + timedelta(days=n), UTC_ZONE)
        if now.date() != SINCE + timedelta(days=n):
            continue
        known = replace(customer, touches=said).standing(now, UTC_ZONE, ())
        held = customer.account(now, UTC_ZONE)
        known = course.standing(known, held, UTC_ZONE)
        here = Situation(held, known, OLD, OLD.calendar(), now, UTC_ZONE)
        answer, course = course.next(here)
        answer = answer or plan(here.account, here.standing, OLD, here.calendar, now)
        if isinstance(answer, PlannedTouch):
            daily.append(answer)
            sent = Touch(now, recipients=(DANA.email,), step=answer.step, cycle=answer.cycle,
                         invoice_ids=answer.invoice_ids)  # fmt: skip
            said = (*said, sent)
    found = touches_under(customer, UTC_ZONE, OLD, SINCE, UNTIL)
    assert [(t.step, t.at) for t in found] == [(t.step, t.at) for t in daily]
    assert len(daily) > 5


NOW = at("2026-03-10 12:00")


def told(standing: Standing, course: Course | None) -> WhyNot:
    owed: Account = replace(
        account(), today=NOW.date(), invoices=(inv("INV-1 100.00 USD due 2026-02-10"),)
    )
    return why_not(owed, standing, OLD, Calendar(), NOW, course)[1]


def test_what_a_playbook_waits_for_and_when_it_writes_next() -> None:
    first = told(Standing(), Course(assigned()))
    assert first.touch
    assert first.touch.step == "playbook_7_2_0"
    assert first.touch.attachments == (DocumentKind.INVOICE_COPY, DocumentKind.TAX_FORM)
    assert describe(BOOK.steps[0]) == "send a friendly message by email with invoice, tax form"
    sent = Touch(NOW - timedelta(hours=1), step="playbook_7_2_0", cycle="2026-02-10",
                 invoice_ids=(1,), recipients=("x@corvel.example",))  # fmt: skip
    waits = told(Standing(touches=(sent,)), Course(assigned()))
    assert [h.reason for h in waits.reasons] == [HoldReason.NOT_DUE, HoldReason.GAP]
    assert waits.next_touch_at
    assert waits.next_touch_at.date() == date(2026, 3, 17)
    alone = read_playbook("name: A\ncustomers: all\nsteps: [escalate: {reason: call}]\n", "test")
    assert told(Standing(), Course(assigned(alone))).next_touch_at is None


def test_questions_are_found_by_their_words() -> None:
    inner = read_playbook(
        "name: A\ncustomers: all\nsteps:\n  - if: replied\n    else:\n      - ask: Is it so?\n"
        "        then: [wait: 2]\n",
        "test",
    )
    assert questions(inner.steps) == {"Is it so?": "0.else.0"}
    assert questions(BOOK.steps) == {"Do they mention a payment plan?": "5"}


def test_a_paper_that_is_not_known_is_named_with_its_line() -> None:
    text = "name: A\ncustomers: all\nsteps:\n  - send_email: {attachments: [invoice, w9]}\n"
    with pytest.raises(PolicyFileError, match="line 4, column 41: 'w9' is not known"):
        read_playbook(text, "test")
