"""What the words of picklists mean: how often and when a line is billed."""

from __future__ import annotations

import re
from typing import get_args

from domain.ledger.deal import Billed, Frequency, PricedPer, RevenueType

Every = tuple[Frequency, int]

_EVERY_N = re.compile(r"every ([0-9]{1,2}) (week|month|year)s?")
_FREQUENCIES: dict[str, Every] = {
    "once": ("once", 1),
    "one time": ("once", 1),
    "one off": ("once", 1),
    "upfront": ("once", 1),
    "up front": ("once", 1),
    "prepaid": ("once", 1),
    "week": ("week", 1),
    "weekly": ("week", 1),
    "month": ("month", 1),
    "monthly": ("month", 1),
    "quarter": ("quarter", 1),
    "quarterly": ("quarter", 1),
    "half year": ("half_year", 1),
    "half yearly": ("half_year", 1),
    "semi annual": ("half_year", 1),
    "semi annually": ("half_year", 1),
    "semiannual": ("half_year", 1),
    "semiannually": ("half_year", 1),
    "year": ("year", 1),
    "yearly": ("year", 1),
    "annual": ("year", 1),
    "annually": ("year", 1),
}
_TIMINGS: dict[str, Billed] = {
    "advance": "advance",
    "in advance": "advance",
    "arrears": "arrears",
    "in arrears": "arrears",
    "usage": "usage",
    "milestone": "milestone",
    "milestones": "milestone",
}
_PRICED: dict[str, PricedPer] = {
    "period": "period",
    "billing period": "period",
    "month": "month",
    "monthly": "month",
    "year": "year",
    "yearly": "year",
    "annual": "year",
    "term": "term",
    "whole term": "term",
    "contract": "term",
}
_REVENUE: dict[str, RevenueType] = {
    **{name: name for name in get_args(RevenueType) if name},
    "one off": "one_off",
    "one time": "one_off",
    "services": "service",
}


def frequency_of(text: str, known: tuple[tuple[str, Frequency, int], ...] = ()) -> Every | None:
    """How often ("Quarterly": every one quarter); None for a word nobody explained.

    `known` are an organisation's own words. "Biannual" and "bimonthly" mean two things each.
    """
    word = _plain(text)
    for theirs, frequency, count in known:
        if _plain(theirs) == word:
            return frequency, count
    match = _EVERY_N.fullmatch(word)
    if match and int(match[1]) > 0:
        unit: dict[str, Frequency] = {"week": "week", "month": "month", "year": "year"}
        return unit[match[2]], int(match[1])
    return _FREQUENCIES.get(word)


def timing_of(text: str) -> Billed | None:
    return _TIMINGS.get(_plain(text))


def priced_per_of(text: str) -> PricedPer | None:
    word = _plain(text)
    return _PRICED.get(word.removeprefix("per "))


def revenue_type_of(text: str) -> RevenueType | None:
    """Empty for no text; None for an unknown word."""
    return _REVENUE.get(_plain(text)) if text else ""


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[-_/]+", " ", text.casefold()).split())
