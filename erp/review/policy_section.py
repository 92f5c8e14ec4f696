"""A part of a policy file that remembers which of its lines were asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeVar

from domain.dunning.policy import PolicyError

Path = tuple[str | int, ...]
Rules = TypeVar("Rules")
_PERCENT = re.compile(r"\d{1,3}(\.\d{1,4})?")


class ReviewPolicyError(PolicyError):
    """A review policy cannot be used: `path` leads to the place, `fix` says what to write."""


@dataclass(slots=True)
class Section:
    """`name: value` lines, read by name. What nobody asked for is refused by `close`."""

    raw: Mapping[str, object]
    path: Path
    asked: set[str] = field(default_factory=set)

    def fail(self, key: str, reason: str, fix: str) -> None:
        raise ReviewPolicyError((*self.path, key), reason, fix)

    def only(self, allowed: Sequence[str]) -> None:
        for key in self.raw:
            if key not in allowed:
                self.fail(key, f"{key} is not known here", f"Known here: {', '.join(allowed)}.")

    def close(self, rules: Rules) -> Rules:
        self.only(sorted(self.asked))
        return rules

    def _get(self, key: str) -> object:
        self.asked.add(key)
        return self.raw.get(key)

    def section(self, key: str) -> Section:
        value = self._get(key)
        if value is not None and not isinstance(value, Mapping):
            self.fail(key, "this has no `name: value` lines", "Indent them under this line.")
        return Section(value if isinstance(value, Mapping) else {}, (*self.path, key))

    def whole(self, key: str, usual: int, low: int, high: int) -> int:
        value = self._get(key)
        if value is None:
            return usual
        if type(value) is not int or not low <= value <= high:
            fix = f"Write a whole number from {low} to {high}."
            raise ReviewPolicyError((*self.path, key), f"{value!r} does not fit", fix)
        return value

    def percent(self, key: str, usual: Fraction) -> Fraction:
        value = self._get(key)
        if value is None:
            return usual
        if not _PERCENT.fullmatch(str(value)):
            self.fail(key, f"{value!r} is no percentage", "Write a number like 2 or 0.5.")
        return Fraction(str(value))

    def flag(self, key: str, *, usual: bool) -> bool:
        value = self._get(key)
        if value is None:
            return usual
        if not isinstance(value, bool):
            self.fail(key, f"{value!r} is neither yes nor no", "Write yes or no.")
        return value is True

    def word(self, key: str) -> str:
        value = self._get(key)
        if isinstance(value, Mapping | list | bool):
            self.fail(key, "this is not one word", "Write one word or number.")
        return "" if value is None else str(value).strip()

    def day(self, key: str) -> date | None:
        text = self.word(key)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            fix = "Write the day like 2026-12-31."
            raise ReviewPolicyError((*self.path, key), f"{text!r} is no day", fix) from error

    def names(self, key: str, usual: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self._get(key)
        if value is None:
            return usual
        if not isinstance(value, list) or any(isinstance(v, Mapping | list) for v in value):
            self.fail(key, "this is not a list", f"Write `{key}: [one, two]`.")
        return tuple(str(one) for one in value) if isinstance(value, list) else ()

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        part = self.section(key)
        return {name: part.names(name) for name in part.raw}

    def known(self, path: Path, names: Sequence[str], allowed: Sequence[str]) -> None:
        for name in names:
            if name not in allowed:
                fix = f"Known here: {', '.join(allowed)}."
                raise ReviewPolicyError((*self.path, *path), f"{name} is not known here", fix)
