"""Amounts as colleagues type them: "12,400", "$5k", "10.000 EUR", "1.2m"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, exponent

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "US$": "USD"}
_WORDS = {
    "dollar": "USD", "dollars": "USD", "bucks": "USD", "euro": "EUR", "euros": "EUR",
    "pound": "GBP", "pounds": "GBP", "quid": "GBP", "yen": "JPY", "francs": "CHF",
}  # fmt: skip
_CODES = (
    "USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|MXN|BRL|INR|CNY|HKD|SGD|KRW|ZAR|"
    "ILS|TRY|AED|SAR|KWD|BHD"
)
_SCALES = {"k": 3, "thousand": 3, "grand": 3, "m": 6, "mn": 6, "mio": 6, "million": 6}
_BEFORE = rf"(?:(?P<before>US\$|[$€£¥]|\b(?:{_CODES}))[ ]?)?"
_NUMBER = r"(?P<number>\d{1,3}(?:[,.' ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,3})?)"
_SCALE = r"(?:[ ]?(?P<scale>k|mn|mio|m|thousand|grand|million)\b)?"
_AFTER = rf"(?:[ ]?(?P<after>[€£¥$]|(?:{_CODES}|{'|'.join(_WORDS)})\b))?"
AMOUNT = re.compile(rf"(?<![\w.,/-]){_BEFORE}{_NUMBER}{_SCALE}{_AFTER}(?![\w/]|[-.,]\d)", re.I)
CURRENCY = re.compile(rf"\b(?:{_CODES})\b|[$€£¥]|\b(?:{'|'.join(_WORDS)})\b", re.I)


@dataclass(frozen=True, slots=True)
class SpokenAmount:
    """A number that may be an amount: where it stands, its digits and, if said, its currency."""

    start: int
    end: int
    text: str
    number: str
    scale: int
    currency: str

    @property
    def marked(self) -> bool:
        """Whether it cannot be anything but an amount: a currency, a scale, or grouped digits."""
        return bool(self.currency or self.scale or re.search(r"\d[,.' ]\d{3}", self.number))


def spoken_amounts(text: str) -> tuple[SpokenAmount, ...]:
    """Everything in a text that may be an amount, in order."""
    return tuple(
        SpokenAmount(
            m.start(),
            m.end(),
            m[0].strip(),
            m["number"],
            _SCALES.get((m["scale"] or "").lower(), 0),
            currency_named(m["before"] or m["after"] or ""),
        )
        for m in AMOUNT.finditer(text)
    )


def currency_named(text: str) -> str:
    """The ISO code of a symbol, a word or a code; empty when it is none."""
    word = text.strip()
    if not word:
        return ""
    known = _SYMBOLS.get(word.upper()) or _WORDS.get(word.lower())
    return known or (word.upper() if re.fullmatch(_CODES, word.upper()) else "")


def money_said(text: str, currency: str) -> Money | None:
    """The amount that a text is, in the currency it names or else in `currency`.

    None when it is no amount, has more digits than the currency, or may mean two things
    ("12.400 KWD" is twelve thousand to some and twelve to others).
    """
    found = AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    said = spoken_amounts(text.strip())[0]
    plain = _plain(said.number, said.currency or currency)
    if plain is None:
        return None
    try:
        return Money.parse(f"{plain}e{said.scale}", said.currency or currency)
    except LedgerError:
        return None


def _plain(number: str, currency: str) -> str | None:
    """The digits with a point for decimals, by the rules of grouping; None when it is open."""
    marks = [c for c in number if not c.isdigit()]
    if not marks:
        return number
    last = marks[-1]
    whole, _, rest = number.rpartition(last)
    if len(set(marks)) > 1:
        return "".join(c for c in whole if c.isdigit()) + f".{rest}"
    if len(rest) != 3:
        return f"{whole}.{rest}" if len(marks) == 1 else None
    if exponent(currency) == 3 and len(marks) == 1 and last in ",.":
        return None
    return "".join(c for c in number if c.isdigit())
