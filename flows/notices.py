"""Tell our own people: once for each cause, by the route that the kind is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from store.engine import Session
from store.notices import NoticeRow, add_notice


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody should hear of. `key` is its cause: the same cause is told once.

    Kinds: escalation, dispute, promise_broken, drift, payment, suspicious, contact. `route` names
    who hears it ("default" unless the policy routes the kind elsewhere). `detail` holds words and
    ids, never a customer's raw mail.
    """

    key: str
    kind: str
    title: str
    customer_id: int | None = None
    route: str = "default"
    urgent: bool = False
    effect_id: int | None = None
    work_item_key: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


async def tell(session: Session, notice: Notice, now: datetime) -> bool:
    """Put a notice in line, in the caller's transaction; False if its cause was told before."""
    row = NoticeRow(
        key=notice.key[:200],
        kind=notice.kind,
        route=notice.route,
        customer_id=notice.customer_id,
        effect_id=notice.effect_id,
        work_item_key=notice.work_item_key,
        title=notice.title[:300],
        detail=dict(notice.detail),
        urgent=notice.urgent,
        at=now,
    )
    return await add_notice(session, row) is not None
