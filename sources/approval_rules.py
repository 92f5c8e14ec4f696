"""Parsed data of an approval policy -> ApprovalPolicy, refusing what it does not know."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from effects.actor import Role
from effects.kinds import KINDS
from effects.policy import CONTROLLER_ALWAYS, ApprovalPolicy, KindPolicy, Limits, Rule

Path = tuple[str | int, ...]
_APPROVERS: Final = (Role.COLLECTOR, Role.APPROVER, Role.CONTROLLER)
_THEN: Final = ("automatic", "forbidden", *_APPROVERS)
_RULE: Final = (
    "name", "then", "for", "steps", "written_by", "up_to", "above", "confidence_at_least",
    "done_before",
)  # fmt: skip
_KIND: Final = (
    "rules", "one_approval", "one_person_per_day", "one_customer_per_day", "automatic_per_day",
    "editor_may_approve",
)  # fmt: skip
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class ApprovalError(ValueError):
    """An approval policy cannot be used: `path` leads to the place, `fix` says what to write."""

    def __init__(self, path: Path, reason: str, fix: str) -> None:
        where = ".".join(str(part) for part in path) or "policy"
        super().__init__(f"{where}: {reason}. {fix}")
        self.path = path
        self.reason = reason
        self.fix = fix


def approval_from(raw: Mapping[str, object], name: str) -> ApprovalPolicy:
    """The policy in parsed data, called `name` unless it names itself. Raises ApprovalError."""
    _only(raw, ("name", "expire_after_days", *KINDS), ())
    own = raw.get("name", name)
    if not isinstance(own, str) or not _NAME.fullmatch(own):
        raise ApprovalError(("name",), f"{own!r} is no name", "Use small letters, digits, - and _.")
    kinds = {kind: _kind(_mapping(raw[kind], (kind,)), (kind,)) for kind in KINDS if kind in raw}
    return ApprovalPolicy(own, kinds, _whole(raw, "expire_after_days", (), 7, 1, 90))


def _kind(raw: Mapping[str, object], path: Path) -> KindPolicy:
    _only(raw, _KIND, path)
    items = raw.get("rules")
    if not isinstance(items, Sequence) or isinstance(items, str) or not items:
        raise ApprovalError((*path, "rules"), "there is no rule", "Write at least `- then: ...`.")
    rules = tuple(_rule(item, (*path, "rules", n)) for n, item in enumerate(items))
    last = rules[-1]
    if last != Rule(last.name, last.then):
        fix = "End with a rule that has only a name and `then`, so that every case is decided."
        raise ApprovalError((*path, "rules", len(rules) - 1), "the last rule has conditions", fix)
    return KindPolicy(
        rules=rules,
        each=_by_role(raw, "one_approval", path),
        day=_by_role(raw, "one_person_per_day", path),
        customer_day=_limits(raw, "one_customer_per_day", path),
        automatic_day=_limits(raw, "automatic_per_day", path),
        editor_approves=_flag(raw, "editor_may_approve", path),
    )


def _rule(item: object, path: Path) -> Rule:
    raw = _mapping(item, path)
    _only(raw, _RULE, path)
    name = raw.get("name")
    if not isinstance(name, str) or not name.strip():
        fix = "Write `name:` and a few words; people see them as the reason."
        raise ApprovalError((*path, "name"), "the rule has no name", fix)
    return Rule(
        name=name.strip(),
        then=_then(raw, path),
        purposes=_texts(raw, "for", path),
        steps=_texts(raw, "steps", path),
        writers=_texts(raw, "written_by", path),
        up_to=_limits(raw, "up_to", path),
        above=_limits(raw, "above", path),
        confidence=_whole(raw, "confidence_at_least", path, 0, 0, 100),
        done_before=_whole(raw, "done_before", path, 0, 0, 1000),
    )


def _then(raw: Mapping[str, object], path: Path) -> Literal["automatic", "forbidden"] | Role:
    value = raw.get("then")
    if path[0] in CONTROLLER_ALWAYS and value not in ("forbidden", Role.CONTROLLER):
        fix = "Write controller or forbidden: money that is paid back is never decided otherwise."
        raise ApprovalError((*path, "then"), f"{value!r} may not decide {path[0]}", fix)
    if value == "automatic":
        return "automatic"
    if value == "forbidden":
        return "forbidden"
    for role in _APPROVERS:
        if value == role:
            return role
    shown = "nothing" if value is None else repr(value)
    fix = f"Write one of: {', '.join(_THEN)}."
    raise ApprovalError((*path, "then"), f"{shown} is no outcome", fix)


def _texts(raw: Mapping[str, object], key: str, path: Path) -> tuple[str, ...]:
    value = raw.get(key, [])
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ApprovalError((*path, key), "is not a list of words", f"Write `{key}: [one, two]`.")
    if key in raw and not items:
        raise ApprovalError((*path, key), "is empty", "Name at least one, or leave the line out.")
    return tuple(items)


def _by_role(raw: Mapping[str, object], key: str, path: Path) -> dict[Role, Limits]:
    section = _mapping(raw.get(key, {}), (*path, key))
    _only(section, _APPROVERS, (*path, key))
    found = {role: _limits(section, role, (*path, key)) for role in _APPROVERS}
    return {role: limits for role, limits in found.items() if limits is not None}


def _limits(raw: Mapping[str, object], key: str, path: Path) -> Limits | None:
    if key not in raw:
        return None
    where = (*path, key)
    return Limits(
        tuple(
            _amount(str(currency), value, (*where, str(currency)))
            for currency, value in _mapping(raw[key], where).items()
        )
    )


def _amount(currency: str, value: object, path: Path) -> Money:
    fix = "Write it like USD: 25000.00, without separators, in a known currency."
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ApprovalError(path, f"{value!r} is no amount", fix)
    try:
        money = Money.parse(str(value), currency)
    except LedgerError as error:
        raise ApprovalError(path, str(error), fix) from error
    if money.minor < 0:
        raise ApprovalError(path, "the amount is negative", "Write zero or more.")
    return money


def _flag(raw: Mapping[str, object], key: str, path: Path) -> bool:
    value = raw.get(key, False)
    if not isinstance(value, bool):
        raise ApprovalError((*path, key), f"{value!r} is neither yes nor no", "Write yes or no.")
    return value


def _whole(
    raw: Mapping[str, object], key: str, path: Path, default: int, low: int, high: int
) -> int:
    value = raw.get(key, default)
    if type(value) is not int or not low <= value <= high:
        fix = f"Write a whole number from {low} to {high}."
        raise ApprovalError((*path, key), f"{value!r} does not fit", fix)
    return value


def _mapping(value: object, path: Path) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise ApprovalError(path, "this has no `name: value` lines", "Indent them under this line.")
    return value


def _only(raw: Mapping[str, object], allowed: Sequence[str], path: Path) -> None:
    for key in raw:
        if key not in allowed:
            fix = f"Known here: {', '.join(allowed)}."
            raise ApprovalError((*path, str(key)), f"{key} is not known here", fix)
