"""Values in the plain JSON of a payload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.ledger.money import Money


def money_out(amount: Money) -> dict[str, object]:
    return {"minor": amount.minor, "currency": amount.currency}


def money_in(raw: Mapping[str, Any]) -> Money:
    return Money(raw["minor"], raw["currency"])


def some_money_out(amount: Money | None) -> dict[str, object] | None:
    return None if amount is None else money_out(amount)


def some_money_in(raw: Mapping[str, Any] | None) -> Money | None:
    return None if raw is None else money_in(raw)


def day_out(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def day_in(raw: str | None) -> date | None:
    return None if raw is None else date.fromisoformat(raw)


def pairs_in(raw: list[list[str]]) -> tuple[tuple[str, str], ...]:
    """Pairs of a name and a value, which JSON keeps as lists."""
    return tuple((name, value) for name, value in raw)
