"""Parsed data of revenue settings -> RevenueSettings, refusing what it does not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Final

from domain.dunning.policy import PolicyError
from domain.ledger.money import Money
from domain.revenue.periods import Calendar, Monthly, Weekly
from domain.revenue.plan import Method
from domain.revenue.settings import ItemRule, Mode, RevenueSettings, Undated, Unlisted
from sources.policy_file import policy_of
from sources.policy_values import (
    Path,
    Raw,
    amounts,
    basis_points,
    choice,
    flag,
    items,
    mapping,
    only,
    section,
    texts,
    whole,
)

_TOP: Final = (
    "mode", "calendar", "defaults", "items", "netsuite_rules", "not_revenue", "bad_debt_items",
    "concession_items", "allocate_invoices", "separate_within_percent", "tolerance",
)  # fmt: skip
_DEFAULTS: Final = (
    "method", "without_dates", "unlisted_items", "type", "revenue_account", "deferred_account",
    "contra_account",
)  # fmt: skip
_ITEM: Final = (
    "type", "method", "without_dates", "revenue_account", "deferred_account", "contra_account",
    "stand_alone_price", "bundle", "residual", "percents",
)  # fmt: skip
_WEEKLY: Final = ("pattern", "first_month", "starts_on")
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PATTERN = re.compile(r"([1-9])-([1-9])-([1-9])")
_WEEKS_A_QUARTER: Final = 13


def load_revenue(path: FilePath) -> RevenueSettings:
    """Read `revenue.yaml`. Raises PolicyFileError or OSError."""
    return revenue_settings(path.read_text("utf-8"), str(path))


def revenue_settings(text: str, source: str) -> RevenueSettings:
    """The settings in a file's text; `source` names it in errors. Raises PolicyFileError."""
    read = policy_of(text, source, revenue_from)
    return replace(read, digest=sha256(text.encode()).hexdigest(), text=text)


def revenue_from(raw: Raw) -> RevenueSettings:
    """The settings in parsed data. Raises PolicyError."""
    only(raw, _TOP, ())
    told = section(raw, "defaults", (), _DEFAULTS)
    where = ("defaults",)
    calendars = _calendars(raw)
    settings = RevenueSettings(
        mode=choice(raw, "mode", (), Mode) if "mode" in raw else Mode.AUTO,
        calendar=calendars.pop("default", Monthly()),
        calendars=calendars,
        revenue_type=_word(told, "type", where) or "other",
        revenue_account=_word(told, "revenue_account", where),
        deferred_account=_word(told, "deferred_account", where),
        contra_account=_word(told, "contra_account", where),
        items=_items(raw),
        rules=_rules(raw),
        not_revenue=frozenset(texts(raw, "not_revenue", ())),
        bad_debt=frozenset(texts(raw, "bad_debt_items", ())),
        concession=frozenset(texts(raw, "concession_items", ())),
        together=flag(raw, "allocate_invoices", (), default=False),
        band=Fraction(
            basis_points(raw.get("separate_within_percent", 15), ("separate_within_percent",)),
            10_000,
        ),
        tolerance={one.currency: one for one in amounts(raw, "tolerance", ())},
    )
    return _with_choices(settings, told, where)


def _with_choices(settings: RevenueSettings, told: Raw, where: Path) -> RevenueSettings:
    if "method" in told:
        settings = replace(settings, method=choice(told, "method", where, Method))
    if "without_dates" in told:
        settings = replace(settings, undated=choice(told, "without_dates", where, Undated))
    if "unlisted_items" in told:
        settings = replace(settings, unlisted=choice(told, "unlisted_items", where, Unlisted))
    return settings


def _calendars(raw: Raw) -> dict[str, Calendar]:
    """One calendar for every subsidiary, or one each by ERP id."""
    told = raw.get("calendar", "monthly")
    if isinstance(told, Mapping) and not set(told) & set(_WEEKLY):
        return {str(name): _calendar(one, ("calendar", str(name))) for name, one in told.items()}
    return {"default": _calendar(told, ("calendar",))}


def _calendar(told: object, path: Path) -> Calendar:
    if told == "monthly":
        return Monthly()
    if told == "4-4-5":
        return Weekly()
    if not isinstance(told, Mapping):
        fix = "Write monthly, 4-4-5, or pattern, first_month and starts_on below it."
        raise PolicyError(path, f"{told!r} is no calendar", fix)
    only(told, _WEEKLY, path)
    pattern = _PATTERN.fullmatch(str(told.get("pattern", "4-4-5")))
    weeks = tuple(int(part) for part in pattern.groups()) if pattern else ()
    if len(weeks) != 3 or sum(weeks) != _WEEKS_A_QUARTER:
        fix = "Write 4-4-5, 4-5-4 or 5-4-4."
        raise PolicyError((*path, "pattern"), "a quarter has 13 weeks", fix)
    day = told.get("starts_on", "sunday")
    if day not in _DAYS:
        raise PolicyError((*path, "starts_on"), f"{day!r} is no day", "Write a day of the week.")
    return Weekly(
        whole(told, "first_month", path, 1, 1, 12),
        _DAYS.index(str(day)),
        (weeks[0], weeks[1], weeks[2]),
    )


def _items(raw: Raw) -> dict[str, ItemRule]:
    told = section(raw, "items", ())
    return {str(name): _item(mapping(one, ("items", str(name))), str(name))
            for name, one in told.items()}  # fmt: skip


def _item(raw: Raw, name: str) -> ItemRule:
    path = ("items", name)
    only(raw, _ITEM, path)
    prices = amounts(raw, "stand_alone_price", path)
    method = choice(raw, "method", path, Method) if "method" in raw else None
    percents = tuple(
        Fraction(basis_points(one, (*path, "percents", n)), 100)
        for n, one in enumerate(items(raw, "percents", path))
    )
    if (method is Method.CUSTOM_PERCENT) != bool(percents):
        fix = "Write method: custom_percent together with percents: [50, 30, 20]."
        raise PolicyError((*path, "percents"), "the percents of each period are missing", fix)
    if percents and sum(percents) != 100:
        raise PolicyError((*path, "percents"), "they do not add up to 100", "Correct one of them.")
    return ItemRule(
        revenue_type=_word(raw, "type", path),
        method=method,
        undated=choice(raw, "without_dates", path, Undated) if "without_dates" in raw else None,
        revenue_account=_word(raw, "revenue_account", path),
        deferred_account=_word(raw, "deferred_account", path),
        contra_account=_word(raw, "contra_account", path),
        stand_alone=_prices(prices, path),
        bundle=_bundle(raw, path),
        residual=flag(raw, "residual", path, default=False),
        percents=percents,
    )


def _prices(prices: tuple[Money, ...], path: Path) -> dict[str, Money]:
    for price in prices:
        if not price:
            where = (*path, "stand_alone_price", price.currency)
            raise PolicyError(where, "a price of nothing is no price", "Leave it out.")
    return {price.currency: price for price in prices}


def _bundle(raw: Raw, path: Path) -> tuple[str, ...]:
    parts = texts(raw, "bundle", path)
    if len(set(parts)) != len(parts) or len(parts) == 1:
        fix = "Name two items or more, each once."
        raise PolicyError((*path, "bundle"), "these are no components", fix)
    return parts


def _rules(raw: Raw) -> dict[str, Method]:
    told = section(raw, "netsuite_rules", ())
    return {str(name): choice(told, str(name), ("netsuite_rules",), Method) for name in told}


def _word(raw: Raw, key: str, path: Path) -> str:
    value = raw.get(key, "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise PolicyError((*path, key), f"{value!r} is no name", "Write a word or an id.")
    return str(value).strip()
