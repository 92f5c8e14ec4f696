"""A document's state as plain JSON values and back, for keeping it with a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from domain.ledger.drift import DocumentState
from domain.ledger.money import Money


def payload(state: DocumentState) -> dict[str, object]:
    """The state as JSON-able values; amounts in minor units with their currency."""
    return {
        **{field.name: getattr(state, field.name) for field in fields(state)},
        "total": _money(state.total),
        "open": _money(state.open),
        "on": state.on.isoformat(),
        "due_on": state.due_on.isoformat() if state.due_on else None,
        "applications": [[other, _money(amount)] for other, amount in state.applications],
        "modified_at": state.modified_at.isoformat() if state.modified_at else None,
    }


def state_of(raw: Mapping[str, Any]) -> DocumentState:
    """The state that `payload` wrote. Raises KeyError, TypeError or ValueError for others."""
    due_on, modified_at = raw["due_on"], raw["modified_at"]
    return DocumentState(
        **{
            **raw,
            "total": Money(**raw["total"]),
            "open": Money(**raw["open"]),
            "on": date.fromisoformat(raw["on"]),
            "due_on": date.fromisoformat(due_on) if due_on else None,
            "applications": tuple(
                (other, Money(**amount)) for other, amount in raw["applications"]
            ),
            "modified_at": datetime.fromisoformat(modified_at) if modified_at else None,
        }
    )


def put_back(state: DocumentState, ours: DocumentState, names: Iterable[str]) -> DocumentState:
    """`state` with these fields as they stand in `ours`."""
    return replace(state, **{name: getattr(ours, name) for name in names})


def _money(amount: Money) -> dict[str, object]:
    return {"minor": amount.minor, "currency": amount.currency}
