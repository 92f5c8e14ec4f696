"""Money: whole minor units and an ISO 4217 currency. The only user of `decimal`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, Overflow
from functools import lru_cache

from domain.ledger.errors import CurrencyMismatch, InvalidAmount, UnknownCurrency

# ISO 4217 (list one, amendment 179): minor-unit exponents that differ from 2.
_ZERO = ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI")
_ZERO_2 = ("VND", "VUV", "XAF", "XOF", "XPF")
_THREE = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_EXPONENTS = dict.fromkeys(_ZERO + _ZERO_2, 0) | dict.fromkeys(_THREE, 3)
_CODE = re.compile(r"[A-Z]{3}")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_LONGEST = 19


@lru_cache(maxsize=1_024)
def exponent(currency: str) -> int:
    """Digits after the decimal point of `currency` (JPY 0, USD 2, KWD 3).

    Raises UnknownCurrency unless the code has the form of ISO 4217.
    """
    if not _CODE.fullmatch(currency):
        raise UnknownCurrency(repr(currency))
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: `minor` units (cents, yen, fils) of `currency`."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise InvalidAmount(f"minor units must be a whole number, not {self.minor!r}")
        exponent(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read plain decimal text ("1234.50", "-7", "1.2E3"), as ERPs and APIs write it.

        Raises InvalidAmount for grouping, for anything that is not a number and for more
        digits than the currency has: nothing is ever rounded here.
        """
        cleaned = text.strip()
        if not _PLAIN.fullmatch(cleaned):
            raise InvalidAmount(f"{text!r} in {currency}")
        try:
            _, digits, power = Decimal(cleaned).as_tuple()
        except (InvalidOperation, Overflow) as error:
            raise InvalidAmount(f"{text!r} in {currency}") from error
        coefficient = int("".join(map(str, digits)) or "0")
        shift = int(power) + exponent(currency)
        if coefficient and len(digits) + shift > _LONGEST:
            raise InvalidAmount(f"{text!r} in {currency} is too large")
        whole, lost = _shifted(coefficient, shift, len(digits))
        if lost:
            raise InvalidAmount(f"{text!r} has more digits than {currency} allows")
        return cls(-whole if cleaned.startswith("-") else whole, currency)

    def plain(self) -> str:
        """Decimal text without grouping or currency ("1234.50"): the form ERPs and APIs read."""
        return format(Decimal(self.minor).scaleb(-exponent(self.currency)), "f")

    def __str__(self) -> str:
        digits = f"{abs(Decimal(self.minor).scaleb(-exponent(self.currency))):,f}"
        return f"{'-' if self.minor < 0 else ''}{digits} {self.currency}"

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def split(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Divide in proportion to `weights`; the parts sum to the whole.

        Each part differs from exact proportion by less than one minor unit (largest remainder,
        ties to the first). Raises InvalidAmount without a positive weight.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise InvalidAmount("weights must be non-negative with a positive sum")
        shares = [divmod(self.minor * weight, total) for weight in weights]
        missing = self.minor - sum(whole for whole, _ in shares)
        order = sorted(range(len(shares)), key=lambda i: -shares[i][1])
        extra = set(order[:missing])
        return tuple(
            Money(whole + (i in extra), self.currency) for i, (whole, _) in enumerate(shares)
        )

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.minor


def _shifted(coefficient: int, shift: int, digits: int) -> tuple[int, bool]:
    """`coefficient` times ten to `shift`, and whether anything but zeros was lost."""
    if not coefficient:
        return 0, False
    if shift >= 0:
        return coefficient * 10**shift, False
    if -shift > digits:
        return 0, True
    whole, lost = divmod(coefficient, 10**-shift)
    return whole, lost > 0


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of `amounts`, zero of `currency` when there are none. Raises CurrencyMismatch."""
    result = Money.zero(currency)
    for amount in amounts:
        result += amount
    return result
