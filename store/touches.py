"""What the cadence needs of touchpoints: never their bodies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import col, select

from store.engine import Session
from store.touchpoints import TouchpointRow

_MOST = 200


class TouchColumns(NamedTuple):
    """Who spoke, when, to whom and about what."""

    occurred_at: datetime
    direction: str
    kind: str
    to_addresses: list[str]
    step: str
    cycle: str
    facts: dict[str, Any]


async def touches_of(session: Session, customer_id: int) -> Sequence[TouchColumns]:
    """The latest touchpoints of a customer, newest first."""
    wanted = [col(getattr(TouchpointRow, name)) for name in TouchColumns._fields]
    found = await session.exec(
        select(*wanted)
        .where(TouchpointRow.customer_id == customer_id)
        .order_by(col(TouchpointRow.occurred_at).desc(), col(TouchpointRow.id).desc())
        .limit(_MOST)
    )
    return [TouchColumns(*row) for row in found.all()]
