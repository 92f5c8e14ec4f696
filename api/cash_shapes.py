"""Cash as JSON: amounts as decimal text, days and instants as ISO text."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from domain.ledger.money import Money
from domain.matching.explain import as_json
from domain.matching.rules import Hold, Rule, When
from flows.cash.packing import plain as packed
from flows.cash.rules import RuleStanding
from flows.cash.shown import QueueLine, ReceiptView

Shape = dict[str, Any]
_NO_RULE = Rule("", When(), Hold())


def plain(value: object) -> Any:
    """A value as JSON."""
    match value:
        case Money():
            return {"amount": value.plain(), "currency": value.currency}
        case Enum():
            return value.value
        case date() | datetime():
            return value.isoformat()
        case dict():
            return {str(k): plain(v) for k, v in value.items()}
        case tuple() | list():
            return [plain(one) for one in value]
        case frozenset():
            return sorted((plain(one) for one in value), key=str)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        case _:
            return value


def line(one: QueueLine) -> Shape:
    """A receipt in a list."""
    found: Shape = plain(one)
    return found


def view(one: ReceiptView) -> Shape:
    """One receipt with everything beside it."""
    return {
        "line": line(one.line),
        "receipt": plain(one.receipt),
        "raw": one.row.raw,
        "decision": as_json(one.decision) if one.decision is not None else None,
        "proposal_digests": list(one.proposal_digests),
        "advices": plain(one.advices),
        "candidates": plain(one.candidates),
        "credits": plain(one.credits),
        "effects": plain(one.effects),
        "history": plain(one.history),
        "journal": plain(one.journal),
        "parts": [line(part) for part in one.parts],
    }


def rule(one: RuleStanding) -> Shape:
    """A rule in its place."""
    told: Shape = plain(replace(one, rule=_NO_RULE))
    return told | {"rule": packed(one.rule)}
