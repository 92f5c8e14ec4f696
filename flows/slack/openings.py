"""What goes wrong is said at once: work items of trouble become notices, each once."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.notices import Notice, tell
from store.engine import Session
from store.mornings import opened_since

TROUBLE = ("unknown_effect", "failed_effect", "failed_job", "failed_delivery", "source_event")
_LOOK_BACK = timedelta(hours=2)


async def tell_openings(session: Session, now: datetime) -> int:
    """Put a notice in line for every such item opened lately; how many are new."""
    told = 0
    for item in await opened_since(session, TROUBLE, now - _LOOK_BACK):
        reason = item.detail.get("reason")
        notice = Notice(
            key=f"work:{item.key}:{item.opened_at.isoformat()}",
            kind="trouble",
            title=item.title,
            customer_id=item.customer_id,
            effect_id=item.effect_id,
            work_item_key=item.key,
            detail={"reason": reason[:300]} if isinstance(reason, str) else {},
        )
        told += await tell(session, notice, now)
    return told
