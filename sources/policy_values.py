"""Single values of a policy file, refused with the place and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from domain.dunning.policy import PolicyError
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money

Path = tuple[str | int, ...]
Raw = Mapping[str, object]
_Choice = TypeVar("_Choice", bound=StrEnum)
_PERCENT = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?|100")


def section(raw: Raw, key: str, path: Path, allowed: Sequence[str] = ()) -> Raw:
    """The lines under a name, none when it is left out; others than `allowed` are refused."""
    found = mapping(raw.get(key, {}), (*path, key))
    if allowed:
        only(found, allowed, (*path, key))
    return found


def mapping(value: object, path: Path) -> Raw:
    if not isinstance(value, Mapping):
        fix = "Indent them under this line."
        raise PolicyError(path, "this has no `name: value` lines", fix)
    return value


def only(raw: Raw, allowed: Sequence[str], path: Path) -> None:
    for key in raw:
        if key not in allowed:
            fix = f"Known here: {', '.join(allowed)}."
            raise PolicyError((*path, str(key)), f"{key} is not known here", fix)


def items(raw: Raw, key: str, path: Path) -> Sequence[object]:
    value = raw.get(key, [])
    if not isinstance(value, list):
        fix = f"Write `{key}: [one, two]` or lines with a dash."
        raise PolicyError((*path, key), "is not a list", fix)
    return value


def texts(raw: Raw, key: str, path: Path) -> tuple[str, ...]:
    """A list of words; one word alone is a list of one. Whole numbers are words too."""
    value = raw.get(key, [])
    found = [value] if isinstance(value, str | int) and not isinstance(value, bool) else value
    if not isinstance(found, list) or not all(type(item) in (str, int) for item in found):
        raise PolicyError((*path, key), "is not a list of words", f"Write `{key}: [one, two]`.")
    if any(not str(item).strip() for item in found):
        raise PolicyError((*path, key), "has an empty word", "Put something between the quotes.")
    return tuple(str(item).strip() for item in found)


def choices(raw: Raw, key: str, path: Path, of: type[_Choice]) -> frozenset[_Choice]:
    return frozenset(_choice(item, (*path, key), of) for item in texts(raw, key, path))


def choice(raw: Raw, key: str, path: Path, of: type[_Choice]) -> _Choice:
    return _choice(raw.get(key), (*path, key), of)


def _choice(value: object, path: Path, of: type[_Choice]) -> _Choice:
    try:
        return of(str(value))
    except ValueError as error:
        fix = f"Write one of: {', '.join(of)}."
        raise PolicyError(path, f"{value!r} is not known here", fix) from error


def flag(raw: Raw, key: str, path: Path, *, default: bool) -> bool:
    value = raw.get(key, default)
    if not isinstance(value, bool):
        raise PolicyError((*path, key), f"{value!r} is neither yes nor no", "Write yes or no.")
    return value


def whole(raw: Raw, key: str, path: Path, default: int, low: int, high: int) -> int:
    value = raw.get(key, default)
    if type(value) is not int or not low <= value <= high:
        fix = f"Write a whole number from {low} to {high}."
        raise PolicyError((*path, key), f"{value!r} does not fit", fix)
    return value


def amounts(raw: Raw, key: str, path: Path) -> tuple[Money, ...]:
    """One amount a currency, like {USD: 0.05}."""
    found = section(raw, key, path)
    return tuple(amount(str(c), value, (*path, key, str(c))) for c, value in found.items())


def amount_lists(raw: Raw, key: str, path: Path) -> tuple[Money, ...]:
    """Several amounts a currency, like {USD: [10.00, 15.00]}."""
    found = section(raw, key, path)
    return tuple(
        amount(str(currency), value, (*path, key, str(currency), n))
        for currency in found
        for n, value in enumerate(items(found, str(currency), (*path, key)))
    )


def amount(currency: str, value: object, path: Path) -> Money:
    fix = "Write it like USD: 25000.00, without separators, in a known currency."
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise PolicyError(path, f"{value!r} is no amount", fix)
    try:
        money = Money.parse(str(value), currency)
    except LedgerError as error:
        raise PolicyError(path, str(error), fix) from error
    if money.minor < 0:
        raise PolicyError(path, "the amount is negative", "Write zero or more.")
    return money


def basis_points(value: object, path: Path) -> int:
    """A percentage with at most two digits after the point, in hundredths of a percent."""
    read = _PERCENT.fullmatch(str(value)) if type(value) in (int, str) else None
    if read is None:
        raise PolicyError(path, f"{value!r} is no percentage", "Write it like 2 or 1.5.")
    if read[1] is None:
        return 10_000
    return 100 * int(read[1]) + int((read[2] or "").ljust(2, "0"))
