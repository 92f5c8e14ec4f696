"""A decision taken again from what was kept: the same bytes, or it was not what was kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from domain.matching.explain import as_json
from flows.cash.inputs import Inputs, decided
from flows.cash.packing import pack, unpack
from store.engine import Session
from store.matching import last_decision


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision beside itself taken again. `intact`: the inputs are those that were kept."""

    payment_id: int
    intact: bool
    same: bool
    kept: dict[str, Any]
    again: dict[str, Any]


async def replay(session: Session, payment_id: int) -> Replayed | None:
    """Take the latest decision about a receipt again; None if there was none."""
    row = await last_decision(session, payment_id)
    if row is None:
        return None
    inputs = unpack(row.inputs)
    if not isinstance(inputs, Inputs):
        return Replayed(payment_id, intact=False, same=False, kept=row.decision, again={})
    again = as_json(decided(inputs))
    return Replayed(
        payment_id,
        intact=pack(inputs)[0] == row.digest,
        same=_text(again) == _text(row.decision),
        kept=row.decision,
        again=again,
    )


def _text(told: dict[str, Any]) -> str:
    return json.dumps(told, sort_keys=True)
