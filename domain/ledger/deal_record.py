"""A deal as plain JSON values, and back: how each version of it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from domain.ledger.deal import Deal, DealCustomer, DealLine, DealMilestone
from domain.ledger.money import Money

_MONEY = ("unit_price", "discount", "amount", "list_price", "minimum")
_DAYS = ("closed_on", "starts_on", "ends_on", "planned_on")


def payload(deal: Deal) -> dict[str, object]:
    """The deal as JSON that any database keeps; what is not known is left out."""
    told: dict[str, object] = _plain(deal)
    return told


def keepable(text: str) -> str:
    """Text as every database keeps it: without NUL and without halves of a character."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def from_payload(raw: Mapping[str, Any]) -> Deal:
    """The deal of a payload. Raises KeyError and ValueError for anything else."""
    told = _values(raw)
    told["customer"] = _customer(raw["customer"])
    told["lines"] = tuple(_line(one) for one in raw.get("lines", ()))
    told["merged_ids"] = tuple(raw.get("merged_ids", ()))
    at = raw.get("changed_at")
    told["changed_at"] = datetime.fromisoformat(at) if at else None
    for name in ("closed_on", "starts_on", "ends_on"):
        told.setdefault(name, None)
    return Deal(**told)


def _customer(raw: Mapping[str, Any]) -> DealCustomer:
    lists = ("billing_address", "emails", "merged_ids")
    told: dict[str, Any] = {k: tuple(v) if k in lists else v for k, v in raw.items()}
    return DealCustomer(**told)


def _line(raw: Mapping[str, Any]) -> DealLine:
    told = _values(raw)
    told["milestones"] = tuple(DealMilestone(**_values(one)) for one in raw.get("milestones", ()))
    return DealLine(**told)


def _values(raw: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in raw.items():
        if name in _MONEY and value is not None:
            told[name] = Money(int(value["minor"]), str(value["currency"]))
        elif name in _DAYS and value is not None:
            told[name] = date.fromisoformat(value)
        else:
            told[name] = value
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return keepable(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if is_dataclass(value):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        return {k: _plain(v) for k, v in told.items() if v not in (None, ())}
    if isinstance(value, Sequence):
        return [_plain(one) for one in value]
    return value
