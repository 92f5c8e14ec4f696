"""The dunning policy: read from the data of a policy file, or the default one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from domain.dunning.default_policy import DEFAULT
from domain.dunning.ladder import (
    Caps,
    Channel,
    CustomerOverride,
    DunningPolicy,
    DunningStep,
    Phase,
    SendMode,
    Tone,
    milder,
    stricter,
)
from domain.dunning.written.interest import interest_of
from domain.dunning.written.restraints import (
    caps_of,
    closed_days_of,
    escalation_of,
    first_message_of,
    natural_persons_of,
    overrides_of,
    weekend_of,
    window,
)
from domain.dunning.written.segments import segments_of
from domain.dunning.written.steps import steps
from domain.dunning.written.values import (
    PolicyError,
    amounts,
    choice,
    flag,
    key_of,
    line,
    mapping,
    only,
    section,
    whole,
)

__all__ = [
    "Caps",
    "CustomerOverride",
    "DunningPolicy",
    "DunningStep",
    "Phase",
    "PolicyError",
    "SendMode",
    "Tone",
    "default_policy",
    "from_mapping",
    "milder",
    "stricter",
]

KEYS = (*DEFAULT, "interest")


def default_policy() -> DunningPolicy:
    """The policy of a new installation, without the tables of late interest."""
    return from_mapping(DEFAULT)


def from_mapping(raw: Mapping[str, Any]) -> DunningPolicy:
    """A policy from parsed data; every key but `steps` has a default. Raises PolicyError."""
    top = mapping(raw, ())
    only(top, KEYS, ())
    cadence = whole(top, "cadence", (), default=4, low=1, high=60)
    hours = section(top, "sending_hours", (), ("opens", "closes"))
    repeat = section(top, "repeat", (), ("every", "times"))
    opens, closes = window(hours, ("sending_hours",), time(8, 30), time(17, 30))
    caps = caps_of(top, (), Caps())
    return DunningPolicy(
        id=key_of(top.get("id", "default"), ("id",)),
        steps=steps(top, cadence),
        cadence=cadence,
        send_mode=choice(SendMode, top, "send_mode", (), SendMode.UNTIL_SOMEONE_REPLIES),
        tone_cap=choice(Tone, top, "tone_cap", (), Tone.FIRM),
        caps=caps,
        grace_days=whole(top, "grace_days", (), default=3, low=0, high=60),
        promise_grace_days=whole(top, "promise_grace_days", (), default=2, low=0, high=14),
        after_reply_business_days=_after_reply(top),
        repeat_every=whole(repeat, "every", ("repeat",), default=10, low=1, high=120),
        max_repeats=whole(repeat, "times", ("repeat",), default=3, low=0, high=100),
        floors=amounts(top, "floors"),
        review_above=amounts(top, "review_above"),
        opens=opens,
        closes=closes,
        weekend=weekend_of(top),
        overrides=overrides_of(top),
        channel=choice(Channel, top, "channel", (), Channel.EMAIL),
        cc_default=flag(top, "copies", (), default=False),
        first_message=first_message_of(top, ()),
        closed_days=closed_days_of(top),
        segments=segments_of(top, cadence, caps),
        natural_persons=natural_persons_of(top, opens, closes),
        escalation=escalation_of(top),
        interest=interest_of(top),
        signature=line(top, "signature", (), longest=80),
        pause_on_new_contact=_on(top, "pause_on_new_contact"),
        mask_names=_on(top, "mask_names"),
        disclose_software=_on(top, "disclose_software"),
    )


def _after_reply(top: Mapping[str, Any]) -> int:
    return whole(top, "after_reply_business_days", (), default=1, low=1, high=30)


def _on(top: Mapping[str, Any], key: str) -> bool:
    return flag(top, key, (), default=True)
