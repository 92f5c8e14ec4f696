"""Playbooks from the data of a file, strictly; errors point to the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from domain.dunning.expression_reader import ExpressionError, read_condition
from domain.dunning.playbook import (
    Ask,
    Escalate,
    If,
    LoopIn,
    PauseFor,
    Playbook,
    Send,
    Step,
    Wait,
)
from domain.dunning.policy import PolicyError
from domain.dunning.policy_values import Channel, Tone
from domain.dunning.reading import DocumentKind
from domain.dunning.standing import PauseReason
from domain.dunning.written.steps import PAPERS

Path = tuple[str | int, ...]
_DEEPEST, _MOST_STEPS, _MOST_CUSTOMERS = 8, 100, 2000
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NAME = re.compile(r"[^\n\r\t<>]{1,80}")
_ROUTE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_TOP = ("name", "description", "customers", "start", "steps")
_BRANCHES = ("then", "else")


def playbook_from(raw: Mapping[str, Any]) -> Playbook:
    """A playbook from parsed data. Raises PolicyError."""
    top = _mapping(raw, ())
    _only(top, _TOP, ())
    name = str(top.get("name") or "").strip()
    if not _NAME.fullmatch(name):
        raise PolicyError(("name",), "there is no name", "Write a name of at most 80 letters.")
    steps = _steps(top.get("steps"), ("steps",), 0)
    everybody, customers = _customers(top)
    found = Playbook(
        name,
        steps,
        str(top.get("description") or "").strip()[:1000],
        everybody,
        customers,
        _whole(top.get("start", 1), ("start",), 1, 250),
    )
    if found.size() > _MOST_STEPS:
        fix = f"Write at most {_MOST_STEPS}."
        raise PolicyError(("steps",), f"{found.size()} steps are too many", fix)
    return found


def _customers(top: Mapping[str, Any]) -> tuple[bool, tuple[str, ...]]:
    path: Path = ("customers",)
    value = top.get("customers")
    if value == "all":
        return True, ()
    if not isinstance(value, list) or not value:
        fix = "Write all, or a list of NetSuite ids, each in quotes."
        raise PolicyError(path, "says nobody", fix)
    if len(value) > _MOST_CUSTOMERS:
        raise PolicyError(path, "names too many", f"Name at most {_MOST_CUSTOMERS}.")
    return False, tuple(dict.fromkeys(str(item).strip()[:100] for item in value))


def _steps(value: object, path: Path, depth: int) -> tuple[Step, ...]:
    if depth > _DEEPEST:
        raise PolicyError(path, "branches go too deep", "Split the playbook.")
    if not isinstance(value, list) or not value:
        raise PolicyError(path, "there is no step", "List at least one step after a dash.")
    return tuple(_step(item, (*path, n), depth) for n, item in enumerate(value))


def _step(item: object, path: Path, depth: int) -> Step:
    entry = _mapping(item, path)
    if "if" in entry or "ask" in entry:
        return _branch(entry, path, depth)
    if len(entry) != 1:
        fix = f"Write one of: {', '.join((*_ACTIONS, 'if', 'ask'))}."
        raise PolicyError(path, "a step is exactly one thing", fix)
    (name, value), *_ = entry.items()
    read = _ACTIONS.get(str(name))
    if read is None:
        fix = f"Known: {', '.join((*_ACTIONS, 'if', 'ask'))}."
        raise PolicyError((*path, str(name)), f"{str(name)[:40]!r} is no known step", fix)
    return read(value, (*path, str(name)))


def _branch(entry: Mapping[str, Any], path: Path, depth: int) -> Step:
    word = "if" if "if" in entry else "ask"
    _only(entry, (word, *_BRANCHES), path)
    branches = [
        _steps(entry[name], (*path, name), depth + 1) if name in entry else () for name in _BRANCHES
    ]
    if not any(branches):
        raise PolicyError(path, "leads nowhere", "Write then:, else: or both.")
    text = str(entry[word]).strip()
    if word == "ask":
        if not 5 <= len(text) <= 300:
            raise PolicyError((*path, word), "is no question", "Write 5 to 300 letters.")
        return Ask(text, branches[0], branches[1])
    try:
        return If(text, read_condition(text), branches[0], branches[1])
    except ExpressionError as error:
        reason = f"column {error.column} of the condition: {error.reason}"
        raise PolicyError((*path, word), reason, error.fix) from error


def _send_email(value: object, path: Path) -> Step:
    return _send(value, path, Channel.EMAIL)


def _send_slack(value: object, path: Path) -> Step:
    return _send(value, path, Channel.SLACK)


def _send(value: object, path: Path, channel: Channel) -> Step:
    entry = _mapping(value, path)
    papers = ("attachments",) if channel is Channel.EMAIL else ()
    _only(entry, ("tone", "mode", *papers), path)
    mode = str(entry.get("mode", "draft"))
    if mode not in ("draft", "send"):
        raise PolicyError((*path, "mode"), f"{mode!r} is not known", "Write draft or send.")
    return Send(_tone(entry, path), mode == "draft", channel, _attachments(entry, path))


def _attachments(entry: Mapping[str, Any], path: Path) -> tuple[DocumentKind, ...]:
    named = entry.get("attachments", [])
    here: Path = (*path, "attachments")
    if not isinstance(named, list):
        raise PolicyError(here, "is not a list", f"Write some of: [{', '.join(PAPERS)}].")
    for number, name in enumerate(named):
        if str(name) not in PAPERS:
            fix = f"Write some of: {', '.join(PAPERS)}."
            raise PolicyError((*here, number), f"{str(name)[:40]!r} is not known", fix)
    return tuple(dict.fromkeys(PAPERS[str(name)] for name in named))


def _escalate(value: object, path: Path) -> Step:
    entry = _mapping(value, path)
    _only(entry, ("reason", "route"), path)
    reason = str(entry.get("reason") or "").strip()[:200]
    route = str(entry.get("route", "default"))
    if not reason:
        raise PolicyError((*path, "reason"), "is missing", "Say why a person takes over.")
    if not _ROUTE.fullmatch(route):
        raise PolicyError((*path, "route"), f"{route!r} is no route", "Write small letters.")
    return Escalate(reason, route)


def _loop_in(value: object, path: Path) -> Step:
    email = str(value).strip()
    if not _EMAIL.fullmatch(email):
        raise PolicyError(path, f"{email[:80]!r} is no mail address", "Write a colleague's.")
    return LoopIn(email)


def _wait(value: object, path: Path) -> Step:
    text = re.sub(r"\s+(business\s+)?days?$", "", str(value).strip())
    return Wait(_whole(text, path, 1, 120))


def _pause(value: object, path: Path) -> Step:
    entry = _mapping(value, path)
    _only(entry, ("days", "reason"), path)
    reason = str(entry.get("reason", "other"))
    if reason not in set(PauseReason):
        known = ", ".join(PauseReason)
        raise PolicyError((*path, "reason"), f"{reason!r} is not known", f"Write one of: {known}.")
    days = entry.get("days")
    return PauseFor(
        None if days in (None, "none") else _whole(days, (*path, "days"), 1, 1000),
        PauseReason(reason),
    )


_ACTIONS: Mapping[str, Callable[[object, Path], Step]] = {
    "send_email": _send_email,
    "send_slack": _send_slack,
    "escalate": _escalate,
    "loop_in": _loop_in,
    "wait": _wait,
    "pause": _pause,
}


def _tone(entry: Mapping[str, Any], path: Path) -> Tone:
    text = str(entry.get("tone", Tone.FRIENDLY))
    if text not in set(Tone):
        raise PolicyError(
            (*path, "tone"), f"{text!r} is not known", f"Write one of: {', '.join(Tone)}."
        )
    return Tone(text)


def _mapping(value: object, path: Path) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise PolicyError(path, "is not a set of keys", "Write key: value lines.")
    return value


def _only(section: Mapping[str, Any], allowed: tuple[str, ...], path: Path) -> None:
    for key in section:
        if key not in allowed:
            fix = f"Known keys: {', '.join(allowed)}."
            raise PolicyError((*path, str(key)), f"{str(key)[:40]!r} is not a known key", fix)


def _whole(value: object, path: Path, low: int, high: int) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        raise PolicyError(path, f"{text[:40]!r} is no whole number", f"Write {low} to {high}.")
    if not low <= int(text) <= high:
        raise PolicyError(path, f"{text} is out of range", f"Write {low} to {high}.")
    return int(text)
