"""Texts of NetSuite as numbers, amounts, truths and moments."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from domain.ledger.money import Money, exponent

_NUMBER = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?")


def wall_time(text: str) -> datetime:
    """A wall-clock text of SuiteQL ("2026-03-10 08:00:00") as if it were UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def truth(text: str | None) -> bool:
    """NetSuite's T and F."""
    return text == "T"


def plain(text: str) -> str:
    """Decimal text in one form: "1.0" and "01" are "1", ".5" is "0.5". Raises ValueError."""
    negative, digits, power = _parts(text)
    places = max(0, -power)
    padded = (digits * 10 ** max(0, power)).__str__().rjust(places + 1, "0")
    whole, part = padded[: len(padded) - places], padded[len(padded) - places :].rstrip("0")
    shown = f"{whole}.{part}" if part else whole
    return f"-{shown}" if negative and digits else shown


def rounded(text: str, currency: str) -> Money:
    """An amount the ERP computed, rounded half to even to the currency's digits.

    Sums in a base currency have more digits than it has. Raises ValueError, UnknownCurrency.
    """
    negative, digits, power = _parts(text)
    shift = power + exponent(currency)
    if shift >= 0:
        minor = digits * 10**shift
    else:
        bottom = 10**-shift
        minor, rest = divmod(digits, bottom)
        minor += int(rest * 2 > bottom or (rest * 2 == bottom and minor % 2 == 1))
    return Money(-minor if negative else minor, currency)


def _parts(text: str) -> tuple[bool, int, int]:
    """Sign, digits and power of ten of a number."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or not (found.group(2) or found.group(3)) or len(text) > 60:
        raise ValueError(f"not a number: {text[:60]!r}")
    part = found.group(3) or ""
    digits = int(f"{found.group(2)}{part}")
    return found.group(1) == "-", digits, int(found.group(4) or 0) - len(part)


def unsigned(amount: Money) -> Money:
    """The amount without its sign."""
    return -amount if amount.minor < 0 else amount
