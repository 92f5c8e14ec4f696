"""Single values of a written policy, refused with the place and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar

from domain.dunning.segments import Band
from domain.ledger.currencies import CURRENCIES
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money

Path = tuple[str | int, ...]
Raw = Mapping[str, Any]
_Choice = TypeVar("_Choice", bound=StrEnum)
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_PERCENT = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?")
_LONGEST_WORD = 100


class PolicyError(ValueError):
    """A dunning policy cannot be used: `path` leads to the place, `fix` says what to write."""

    def __init__(self, path: Path, reason: str, fix: str) -> None:
        self.path = path
        self.reason = reason
        self.fix = fix
        where = ".".join(str(part) for part in path) or "policy"
        super().__init__(f"{where}: {reason}. {fix}")


def mapping(value: object, path: Path) -> Raw:
    if not isinstance(value, Mapping):
        raise PolicyError(path, "is not a set of keys", "Write key: value lines.")
    return value


def section(raw: Raw, key: str, path: Path, allowed: tuple[str, ...]) -> Raw:
    """The keys under a name; none when it is left out, others than `allowed` are refused."""
    found = mapping(raw.get(key, {}), (*path, key))
    only(found, allowed, (*path, key))
    return found


def listed(raw: Raw, key: str, path: Path = ()) -> list[Any]:
    value = raw.get(key, [])
    if not isinstance(value, list):
        fix = "Write one entry a line, each after a dash."
        raise PolicyError((*path, key), "is not a list", fix)
    return value


def only(raw: Raw, allowed: tuple[str, ...], path: Path) -> None:
    for key in raw:
        if key not in allowed:
            known = ", ".join(allowed)
            reason = f"{str(key)[:40]!r} is not a known key"
            raise PolicyError((*path, str(key)), reason, f"Known keys: {known}.")


def whole(raw: Raw, key: str, path: Path, *, default: int, low: int, high: int) -> int:
    value = raw.get(key, default)
    text = str(value)
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,6}", text, re.ASCII):
        raise PolicyError((*path, key), f"{value!r} is no whole number", f"Write {low} to {high}.")
    if not low <= int(text) <= high:
        raise PolicyError((*path, key), f"{text} is out of range", f"Write {low} to {high}.")
    return int(text)


def band(raw: Raw, name: str, path: Path, *, low: int, high: int) -> Band:
    """`{name}_at_least` and `{name}_at_most`, each may be left out."""
    ends: list[int | None] = []
    for key in (f"{name}_at_least", f"{name}_at_most"):
        given = key in raw
        ends.append(whole(raw, key, path, default=low, low=low, high=high) if given else None)
    least, most = ends
    if least is not None and most is not None and least > most:
        raise PolicyError((*path, f"{name}_at_most"), "is less than the least", "Swap them.")
    return Band(least, most)


def hour(raw: Raw, key: str, path: Path, default: time) -> time:
    if key not in raw:
        return default
    match = _HOUR.fullmatch(str(raw[key]))
    if match is None:
        raise PolicyError((*path, key), f"{raw[key]!r} is no hour", 'Write it like "08:30".')
    return time(int(match[1]), int(match[2]))


def choice(kind: type[_Choice], raw: Raw, key: str, path: Path, default: _Choice) -> _Choice:
    return chosen(kind, raw.get(key, default), (*path, key))


def chosen(kind: type[_Choice], value: object, path: Path) -> _Choice:
    for member in kind:
        if value == member.value:
            return member
    allowed = ", ".join(member.value for member in kind)
    raise PolicyError(path, f"{value!r} is not known", f"Write one of: {allowed}.")


def flag(raw: Raw, key: str, path: Path, *, default: bool) -> bool:
    value = raw.get(key, default)
    if not isinstance(value, bool):
        raise PolicyError((*path, key), f"{value!r} is neither yes nor no", "Write yes or no.")
    return value


def key_of(value: object, path: Path) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        fix = "Write small letters, digits, hyphens, underscores."
        raise PolicyError(path, f"{value!r} is no name", fix)
    return value


def line(raw: Raw, key: str, path: Path, *, longest: int = 200) -> str:
    """One line of text; "" when it is left out."""
    value = raw.get(key, "")
    if not isinstance(value, str) or "\n" in value or len(value) > longest:
        fix = f"Write one line of at most {longest} characters, in quotes."
        raise PolicyError((*path, key), "is not one line of text", fix)
    return value.strip()


def words(raw: Raw, key: str, path: Path) -> tuple[str, ...]:
    """A list of words; whole numbers are words too."""
    found: list[str] = []
    for index, value in enumerate(listed(raw, key, path)):
        text = str(value).strip() if type(value) in (str, int) else ""
        if not text or len(text) > _LONGEST_WORD:
            raise PolicyError((*path, key, index), f"{value!r} is no word", "Write it in quotes.")
        found.append(text)
    return tuple(found)


def amounts(raw: Raw, key: str, path: Path = ()) -> tuple[Money, ...]:
    """One amount a currency."""
    found = mapping(raw.get(key, {}), (*path, key))
    return tuple(amount(value, str(c), (*path, key, str(c))) for c, value in found.items())


def amount(value: object, currency: str, path: Path) -> Money:
    if isinstance(value, bool | float):
        raise PolicyError(path, f"{value!r} is not exact", "Put the amount in quotes.")
    if currency not in CURRENCIES:
        fix = "Write the three capital letters of a currency, like USD."
        raise PolicyError(path, f"{currency!r} is no currency", fix)
    try:
        money = Money.parse(str(value), currency)
    except LedgerError as error:
        raise PolicyError(path, str(error), 'Write it like USD: "25.00".') from error
    if money.minor < 0:
        raise PolicyError(path, "is negative", "Write zero or more.")
    return money


def basis_points(value: object, path: Path) -> int:
    """A percentage with at most two digits after the point, in hundredths of a percent."""
    match = _PERCENT.fullmatch(str(value)) if type(value) in (str, int) else None
    if match is None:
        raise PolicyError(path, f"{value!r} is no percentage", 'Write it like "10.15".')
    return 100 * int(match[1]) + int((match[2] or "").ljust(2, "0"))


def day(value: object, path: Path) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise PolicyError(path, f"{value!r} is no day", 'Write it like "2026-07-01".') from error
