from __future__ import annotations

import copy
from datetime import date, time
from typing import Any, cast

import pytest

from domain.dunning.default_policy import DEFAULT
from domain.dunning.policy import (
    Phase,
    PolicyError,
    SendMode,
    Tone,
    default_policy,
    from_mapping,
    milder,
    stricter,
)
from domain.ledger.money import Money
from tests.domain.dunning.texts import account

STEPS = [{"key": "one", "tone": "friendly"}, {"key": "two", "tone": "firm"}]


def test_default_policy_spaces_overdue_steps_by_four_business_days() -> None:
    policy = default_policy()
    assert policy.cadence == 4
    assert [s.offset for s in policy.phase(Phase.OVERDUE)] == [4, 8, 12, 16]
    assert [s.offset for s in policy.phase(Phase.PRE_DUE)] == [-5]
    assert policy.send_mode is SendMode.UNTIL_SOMEONE_REPLIES
    assert policy.calendar(frozenset({date(2026, 1, 1)})).opens == time(8, 30)


def test_everything_but_the_steps_has_a_default() -> None:
    policy = from_mapping({"steps": STEPS})
    assert policy.id == "default"
    assert [s.offset for s in policy.steps] == [4, 8]
    assert policy.weekend == frozenset({5, 6})
    assert (policy.opens, policy.closes) == (time(8, 30), time(17, 30))


def test_offsets_follow_the_cadence_of_the_file() -> None:
    steps = [*STEPS, {"key": "due", "phase": "due"}, {"key": "early", "phase": "pre_due"}]
    policy = from_mapping({"cadence": 2, "steps": steps})
    assert [(s.key, s.offset) for s in policy.steps] == [
        ("one", 2), ("two", 4), ("due", 0), ("early", -2),
    ]  # fmt: skip


def test_the_stricter_mode_and_the_milder_tone_win() -> None:
    raw = {
        "steps": STEPS,
        "send_mode": "until_someone_replies",
        "tone_cap": "professional",
        "overrides": [
            {"customer": "901", "send_mode": "always", "tone_cap": "firm"},
            {"customer": 901, "send_mode": "never"},
            {"customer": "17", "tone_cap": "friendly"},
        ],
    }
    customer = account().customer
    policy = from_mapping(raw)
    assert policy.mode_for(customer) is SendMode.NEVER
    assert policy.tone_cap_for(customer) is Tone.PROFESSIONAL
    assert stricter(SendMode.NEVER, SendMode.ALWAYS) is SendMode.NEVER
    assert milder(Tone.FIRM, Tone.FRIENDLY) is Tone.FRIENDLY


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"steps": []}, ("steps",)),
        ({"steps": {}}, ("steps",)),
        ({"steps": ["x"]}, ("steps", 0)),
        ({"steps": [{"tone": "firm"}]}, ("steps", 0, "key")),
        ({"steps": [{"key": "Two words"}]}, ("steps", 0, "key")),
        ({"steps": [*STEPS, {"key": "one"}]}, ("steps", 2, "key")),
        ({"steps": [{"key": "a", "tone": "rude"}]}, ("steps", 0, "tone")),
        ({"steps": [{"key": "a", "phase": "late"}]}, ("steps", 0, "phase")),
        ({"steps": [{"key": "a", "offset": 0}]}, ("steps", 0, "offset")),
        ({"steps": [{"key": "a", "offset": 4}, {"key": "b", "offset": 6}]}, ("steps", 1, "offset")),
        ({"steps": [{"key": "a", "phase": "due", "offset": 1}]}, ("steps", 0, "offset")),
        ({"steps": [{"key": "a", "when": 4}]}, ("steps", 0, "when")),
        ({"colour": "red"}, ("colour",)),
        ({"cadence": "four"}, ("cadence",)),
        ({"cadence": True}, ("cadence",)),
        ({"cadence": 0}, ("cadence",)),
        ({"cadence": 4.5}, ("cadence",)),
        ({"send_mode": "sometimes"}, ("send_mode",)),
        ({"send_mode": ["never"]}, ("send_mode",)),
        ({"sending_hours": {"opens": 510}}, ("sending_hours", "opens")),
        ({"sending_hours": {"opens": "25:00"}}, ("sending_hours", "opens")),
        ({"sending_hours": {"opens": "18:00"}}, ("sending_hours", "closes")),
        ({"sending_hours": "always"}, ("sending_hours",)),
        ({"sending_hours": {"from": "08:00"}}, ("sending_hours", "from")),
        ({"weekend": "sunday"}, ("weekend",)),
        ({"weekend": ["sonntag"]}, ("weekend", 0)),
        ({"weekend": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                      "sunday"]}, ("weekend",)),
        ({"caps": {"per_7_days": 0}}, ("caps", "per_7_days")),
        ({"caps": {"per_day": 1}}, ("caps", "per_day")),
        ({"floors": {"USD": 25.5}}, ("floors", "USD")),
        ({"floors": {"USD": "-1"}}, ("floors", "USD")),
        ({"floors": {"usd": "1"}}, ("floors", "usd")),
        ({"review_above": {"UDS": "9.00"}}, ("review_above", "UDS")),
        ({"escalation": {"routes": {"legal_mention": "x"}}},
         ("escalation", "routes", "legal_mention")),
        ({"review_above": {"JPY": "1.50"}}, ("review_above", "JPY")),
        ({"overrides": [{"send_mode": "never"}]}, ("overrides", 0, "customer")),
        ({"overrides": [{"customer": "1", "send_mode": "off"}]}, ("overrides", 0, "send_mode")),
        ({"id": 7}, ("id",)),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_place_and_fix(change: dict[str, Any], path: object) -> None:
    raw = {**copy.deepcopy(DEFAULT), **change}
    with pytest.raises(PolicyError) as caught:
        from_mapping(raw)
    assert caught.value.path == path
    assert caught.value.reason
    assert caught.value.fix.endswith(".")


def test_a_policy_that_is_no_mapping_is_named_as_a_whole() -> None:
    with pytest.raises(PolicyError, match=r"^policy: is not a set of keys"):
        from_mapping(cast("dict[str, Any]", []))


def test_amounts_are_money() -> None:
    policy = from_mapping({"steps": STEPS, "floors": {"USD": "25.00", "JPY": 3000}})
    assert policy.floors == (Money(2500, "USD"), Money(3000, "JPY"))
