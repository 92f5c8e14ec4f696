"""Amounts, dates and names as a customer reads them, by language."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from domain.dunning.guarding.plain_words import plain_name, plain_reference
from domain.ledger.money import Money, exponent

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "ja")


def language_of(preferred: str) -> str:
    """The language of ours for a preference such as "de-AT"; English when we have none."""
    language = preferred.strip().lower().replace("_", "-").partition("-")[0]
    return language if language in LANGUAGES else "en"


def locale_of(language: str, country: str) -> str:
    """The locale that writes dates and amounts; outside the United States, day before month."""
    if language == "en":
        return "en_US" if country == "US" else "en_GB"
    return language


def amount(money: Money, locale: str) -> str:
    """An exact amount in the locale's writing with its ISO 4217 code, never a bare sign."""
    digits = exponent(money.currency)
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    number = format_decimal(
        money.plain(),
        format=pattern,
        locale=locale,
        decimal_quantization=False,
        group_separator=True,
    )
    return f"{_plain_spaces(number)} {money.currency}"


def day(value: date, locale: str) -> str:
    """A date with its month as a word, so that day and month cannot be confused."""
    text = _plain_spaces(format_date(value, format="long", locale=locale))
    return f"1er{text[1:]}" if locale.startswith("fr") and value.day == 1 else text


def _plain_spaces(text: str) -> str:
    """Babel groups French digits with U+202F, which some mail programs show as a box."""
    return text.replace("\u202f", "\xa0")


def one_line(text: str, limit: int = 200) -> str:
    """Text from records, made safe for a header or a line: printable, single-spaced, bounded."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:limit]


def shown_name(text: str) -> str:
    """A name from records as it may be shown; empty when it is more than a name."""
    return one_line(text) if plain_name(text) else ""


def shown_reference(text: str) -> str:
    """A customer's reference as it may be shown; empty when it is more than that."""
    return one_line(text) if plain_reference(text) else ""
