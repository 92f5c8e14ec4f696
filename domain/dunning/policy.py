"""The dunning policy: read from the data of a policy file, or the default one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import Any, TypeVar

from domain.dunning.default_policy import DEFAULT
from domain.dunning.ladder import (
    Caps,
    CustomerOverride,
    DunningPolicy,
    DunningStep,
    Phase,
    SendMode,
    Tone,
    milder,
    stricter,
)
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money

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

Path = tuple[str | int, ...]
_Choice = TypeVar("_Choice", bound=StrEnum)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class PolicyError(ValueError):
    """A dunning policy cannot be used: `path` leads to the place, `fix` says what to write."""

    def __init__(self, path: Path, reason: str, fix: str) -> None:
        self.path = path
        self.reason = reason
        self.fix = fix
        where = ".".join(str(part) for part in path) or "policy"
        super().__init__(f"{where}: {reason}. {fix}")


def default_policy() -> DunningPolicy:
    """The policy of a new installation."""
    return from_mapping(DEFAULT)


def from_mapping(raw: Mapping[str, Any]) -> DunningPolicy:
    """A policy from parsed data; every key but `steps` has a default. Raises PolicyError."""
    top = _mapping(raw, ())
    _only(top, (*DEFAULT,), ())
    cadence = _whole(top, "cadence", (), default=4, low=1, high=60)
    hours = _section(top, "sending_hours", ("opens", "closes"))
    caps = _section(top, "caps", ("contact_business_days", "per_7_days", "per_30_days"))
    repeat = _section(top, "repeat", ("every", "times"))
    opens = _hour(hours, "opens", time(8, 30))
    closes = _hour(hours, "closes", time(17, 30))
    if opens >= closes:
        raise PolicyError(
            ("sending_hours", "closes"), "the window closes before it opens", "Write a later hour."
        )
    return DunningPolicy(
        id=_key(top.get("id", "default"), ("id",)),
        steps=_steps(top, cadence),
        cadence=cadence,
        send_mode=_choice(SendMode, top, "send_mode", (), SendMode.UNTIL_SOMEONE_REPLIES),
        tone_cap=_choice(Tone, top, "tone_cap", (), Tone.FIRM),
        caps=Caps(
            _whole(caps, "contact_business_days", ("caps",), default=3, low=0, high=60),
            _whole(caps, "per_7_days", ("caps",), default=2, low=1, high=7),
            _whole(caps, "per_30_days", ("caps",), default=6, low=1, high=30),
        ),
        grace_days=_whole(top, "grace_days", (), default=3, low=0, high=60),
        promise_grace_days=_whole(top, "promise_grace_days", (), default=2, low=0, high=14),
        after_reply_business_days=_whole(
            top, "after_reply_business_days", (), default=1, low=1, high=30
        ),
        repeat_every=_whole(repeat, "every", ("repeat",), default=10, low=1, high=120),
        max_repeats=_whole(repeat, "times", ("repeat",), default=3, low=0, high=100),
        floors=_amounts(top, "floors"),
        review_above=_amounts(top, "review_above"),
        opens=opens,
        closes=closes,
        weekend=_weekend(top),
        overrides=_overrides(top),
    )


def _steps(top: Mapping[str, Any], cadence: int) -> tuple[DunningStep, ...]:
    items = _list(top, "steps")
    if not items:
        raise PolicyError(("steps",), "there is no step", "List at least one overdue step.")
    steps: list[DunningStep] = []
    for index, item in enumerate(items):
        step = _step(_mapping(item, ("steps", index)), ("steps", index), steps, cadence)
        if any(step.key == other.key for other in steps):
            raise PolicyError(
                ("steps", index, "key"), f"{step.key!r} is used twice", "Give it its own name."
            )
        steps.append(step)
    return tuple(steps)


def _step(
    item: Mapping[str, Any], path: Path, before: list[DunningStep], cadence: int
) -> DunningStep:
    _only(item, ("key", "phase", "offset", "tone"), path)
    phase = _choice(Phase, item, "phase", path, Phase.OVERDUE)
    earlier = [s.offset for s in before if s.phase is phase]
    follows = earlier[-1] + cadence if earlier else cadence
    default = {Phase.PRE_DUE: -cadence, Phase.DUE: 0, Phase.OVERDUE: follows}[phase]
    low, high = {Phase.PRE_DUE: (-60, -1), Phase.DUE: (0, 0), Phase.OVERDUE: (1, 250)}[phase]
    offset = _whole(item, "offset", path, default=default, low=low, high=high)
    if phase is Phase.OVERDUE and earlier and offset < earlier[-1] + cadence:
        raise PolicyError(
            (*path, "offset"),
            f"closer than the cadence of {cadence} business days to the step before",
            f"Write at least {earlier[-1] + cadence}, or leave it out.",
        )
    tone = _choice(Tone, item, "tone", path, Tone.FRIENDLY)
    return DunningStep(_key(item.get("key", ""), (*path, "key")), phase, offset, tone)


def _overrides(top: Mapping[str, Any]) -> tuple[CustomerOverride, ...]:
    found: list[CustomerOverride] = []
    for index, item in enumerate(_list(top, "overrides")):
        path: Path = ("overrides", index)
        entry = _mapping(item, path)
        _only(entry, ("customer", "send_mode", "tone_cap"), path)
        customer = str(entry.get("customer") or "").strip()
        if not customer:
            raise PolicyError((*path, "customer"), "is missing", "Write the NetSuite id in quotes.")
        found.append(
            CustomerOverride(
                customer,
                _choice(SendMode, entry, "send_mode", path, SendMode.ALWAYS),
                _choice(Tone, entry, "tone_cap", path, Tone.FIRM),
            )
        )
    return tuple(found)


def _amounts(top: Mapping[str, Any], key: str) -> tuple[Money, ...]:
    found: list[Money] = []
    for currency, amount in _mapping(top.get(key, {}), (key,)).items():
        path: Path = (key, str(currency))
        if isinstance(amount, bool | float):
            raise PolicyError(path, f"{amount!r} is not exact", "Put the amount in quotes.")
        try:
            money = Money.parse(str(amount), str(currency))
        except LedgerError as error:
            raise PolicyError(path, str(error), 'Write it like USD: "25.00".') from error
        if money.minor < 0:
            raise PolicyError(path, "is negative", "Write zero or more.")
        found.append(money)
    return tuple(found)


def _weekend(top: Mapping[str, Any]) -> frozenset[int]:
    if "weekend" not in top:
        return frozenset({5, 6})
    names = _list(top, "weekend")
    for index, name in enumerate(names):
        if name not in _DAYS:
            raise PolicyError(("weekend", index), f"{name!r} is no day", "Write a day in English.")
    found = frozenset(_DAYS.index(name) for name in names)
    if len(found) == len(_DAYS):
        raise PolicyError(("weekend",), "leaves no business day", "Leave at least one day out.")
    return found


def _section(top: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> Mapping[str, Any]:
    section = _mapping(top.get(key, {}), (key,))
    _only(section, allowed, (key,))
    return section


def _mapping(value: object, path: Path) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise PolicyError(path, "is not a set of keys", "Write key: value lines.")
    return value


def _list(top: Mapping[str, Any], key: str) -> list[Any]:
    value = top.get(key, [])
    if not isinstance(value, list):
        raise PolicyError((key,), "is not a list", "Write one entry a line, each after a dash.")
    return value


def _only(section: Mapping[str, Any], allowed: tuple[str, ...], path: Path) -> None:
    for key in section:
        if key not in allowed:
            known = ", ".join(allowed)
            raise PolicyError((*path, str(key)), "is not a known key", f"Known keys: {known}.")


def _whole(
    section: Mapping[str, Any], key: str, path: Path, *, default: int, low: int, high: int
) -> int:
    value = section.get(key, default)
    text = str(value)
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,6}", text, re.ASCII):
        raise PolicyError((*path, key), f"{value!r} is no whole number", f"Write {low} to {high}.")
    if not low <= int(text) <= high:
        raise PolicyError((*path, key), f"{text} is out of range", f"Write {low} to {high}.")
    return int(text)


def _hour(section: Mapping[str, Any], key: str, default: time) -> time:
    if key not in section:
        return default
    match = _HOUR.fullmatch(str(section[key]))
    if match is None:
        raise PolicyError(
            ("sending_hours", key), f"{section[key]!r} is no hour", 'Write it like "08:30".'
        )
    return time(int(match[1]), int(match[2]))


def _choice(
    kind: type[_Choice], section: Mapping[str, Any], key: str, path: Path, default: _Choice
) -> _Choice:
    value = section.get(key, default)
    for member in kind:
        if value == member.value:
            return member
    allowed = ", ".join(member.value for member in kind)
    raise PolicyError((*path, key), f"{value!r} is not known", f"Write one of: {allowed}.")


def _key(value: object, path: Path) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise PolicyError(
            path, f"{value!r} is no name", "Write small letters, digits, hyphens, underscores."
        )
    return value
