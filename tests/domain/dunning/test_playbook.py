"""Playbooks: read strictly, walked as their truth table says, stopping where they must."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from domain.dunning.calendar import Calendar
from domain.dunning.expressions import FACTS, Value
from domain.dunning.playbook import (
    Answer,
    Ask,
    Escalate,
    LoopIn,
    Now,
    PauseFor,
    Place,
    Playbook,
    Send,
    Stand,
    Wait,
    describe,
    passed,
    walk,
)
from domain.dunning.playbook_facts import facts_of
from domain.dunning.playbook_reader import playbook_from
from domain.dunning.policy import PolicyError, default_policy
from domain.dunning.policy_values import Tone
from domain.dunning.standing import Standing
from sources.playbook_file import read_playbook
from tests.domain.dunning.texts import account

START = Place()
TUESDAY = date(2026, 3, 10)
MAIL: Mapping[str, Any] = {"send_email": {"tone": "firm", "mode": "send"}}
BOOK: dict[str, Any] = {
    "name": "Large",
    "customers": "all",
    "steps": [
        {
            "if": "days_overdue > 30",
            "then": [
                {"if": "replied", "then": [{"wait": "3 business days"}], "else": [MAIL]},
            ],
            "else": [{"send_email": {"tone": "friendly"}}],
        },
        {"loop_in": "csm@seller.example"},
        {"ask": "Do they mention a payment plan?", "then": [{"pause": {"days": 30}}]},
        {"escalate": {"reason": "no answer"}},
    ],
}


def book(*steps: Mapping[str, Any], **more: Any) -> Playbook:
    return playbook_from({"name": "Test", "customers": "all", "steps": [*steps], **more})


def go(
    of: Playbook,
    place: Place = START,
    *,
    answers: Mapping[str, Answer] | None = None,
    sent: Mapping[str, date] | None = None,
    today: date = TUESDAY,
    **facts: Value,
) -> Stand:
    return walk(of, place, Now(today, Calendar(), facts, answers or {}, sent or {}))


@pytest.mark.parametrize(("late", "replied"), list(product([True, False], repeat=2)))
def test_branches_are_taken_as_the_truth_table_says(late: bool, replied: bool) -> None:
    found = go(playbook_from(BOOK), days_overdue=31 if late else 5, replied=replied)
    expected = {
        (True, True): "0.then.0.then.0",
        (True, False): "0.then.0.else.0",
        (False, True): "0.else.0",
        (False, False): "0.else.0",
    }
    assert found.place.path == expected[late, replied]
    assert found.taken[0].outcome == ("yes" if late else "no")


def test_what_is_not_known_takes_the_branch_for_no_and_says_so() -> None:
    found = go(book({"if": "score > 500", "then": [MAIL], "else": [{"wait": 1}]}))
    assert isinstance(found.step, Wait)
    assert found.taken[0].outcome == "not known, so no"


def test_a_walk_goes_on_when_the_message_left_and_asks_what_only_a_reader_knows() -> None:
    of = playbook_from(BOOK)
    start = go(of, days_overdue=31, replied=False)
    assert start.step == Send(Tone.FIRM, draft=False)
    later = go(of, start.place, sent={"0.then.0.else.0": date(2026, 3, 11)})
    assert isinstance(later.step, Ask)
    assert [t.step for t in later.taken] == ["send a firm message by email",
                                             "copies to csm@seller.example"]  # fmt: skip
    yes = go(of, later.place, answers={"2": Answer(True, "in three instalments")})
    assert (yes.step, yes.taken[0].quote) == (PauseFor(30), "in three instalments")
    no = go(of, later.place, answers={"2": Answer(False)})
    assert isinstance(no.step, Escalate)
    end, told = passed(of, no.place, "done", TUESDAY)
    assert (end.path, told.outcome) == ("", "done")
    assert go(of, end).step is None


def test_a_wait_counts_business_days_from_the_message_before_it() -> None:
    of = book(MAIL, {"wait": "3 business days"}, MAIL)
    friday = date(2026, 3, 13)
    waiting = go(of, sent={"0": friday}, today=date(2026, 3, 17))
    assert (waiting.step, waiting.until) == (Wait(3), date(2026, 3, 18))
    over = go(of, waiting.place, sent={"0": friday}, today=date(2026, 3, 18))
    assert over.place.path == "2"


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        ({"name": ""}, ("name",), "there is no name"),
        ({"customers": []}, ("customers",), "says nobody"),
        ({"steps": []}, ("steps",), "there is no step"),
        ({"extra": 1}, ("extra",), "not a known key"),
        ({"steps": [{"dance": 1}]}, ("steps", 0, "dance"), "is no known step"),
        ({"steps": [{"if": "ballance > 1 USD", "then": [MAIL]}]}, ("steps", 0, "if"), "no fact"),
        ({"steps": [{"if": "replied"}]}, ("steps", 0), "leads nowhere"),
        ({"steps": [{**MAIL, "wait": 1}]}, ("steps", 0), "exactly one thing"),
        ({"steps": [{"send_email": {"tone": "rude"}}]}, ("steps", 0, "send_email", "tone"), "rude"),
        ({"steps": [{"send_email": {"mode": "x"}}]}, ("steps", 0, "send_email", "mode"), "'x'"),
        ({"steps": [{"wait": 0}]}, ("steps", 0, "wait"), "out of range"),
        ({"steps": [{"loop_in": "nobody"}]}, ("steps", 0, "loop_in"), "no mail address"),
        ({"steps": [{"pause": {"reason": "x"}}]}, ("steps", 0, "pause", "reason"), "not known"),
        ({"steps": [{"escalate": {}}]}, ("steps", 0, "escalate", "reason"), "is missing"),
        ({"steps": [MAIL] * 101}, ("steps",), "too many"),
    ],
)
def test_mistakes_are_refused_with_their_place(
    change: Mapping[str, Any], where: tuple[str | int, ...], words: str
) -> None:
    with pytest.raises(PolicyError) as refused:
        playbook_from({**BOOK, **change})
    assert refused.value.path == where
    assert words in refused.value.reason


def test_a_playbook_is_counted_and_told_in_words() -> None:
    of = playbook_from(BOOK)
    assert of.size() == 9
    assert describe(LoopIn("a@b.example")) == "copies to a@b.example"
    assert describe(PauseFor(None)) == "pause until resumed"


def test_every_fact_a_condition_may_ask_is_given() -> None:
    held = account("INV-1 100.00/40.00 USD due 2026-03-01", "INV-2 5.00 EUR due 2026-04-01")
    facts = facts_of(held, Standing(), default_policy(), score=700)
    assert set(facts) == set(FACTS)
    assert facts["balance"] == {"USD": 4000, "EUR": 500}
    assert (facts["overdue"], facts["days_overdue"], facts["mails_sent"]) == ({"USD": 4000}, 17, 0)


def test_the_guide_shows_a_playbook_that_can_be_read_and_every_fact() -> None:
    guide = (Path(__file__).parents[3] / "docs/howto/playbooks.md").read_text("utf-8")
    shown = guide.split("```yaml\n")[1].split("```")[0]
    assert read_playbook(shown, "guide").size() == 10
    for name, (kind, about) in FACTS.items():
        assert f"| `{name}` | {kind.value} | {about} |" in guide
