"""Who may be written to: the switch for collections on each customer, and who moved it last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import col

from store.engine import Session
from store.followups import FollowUpRow
from store.parties import CustomerRow


async def set_collecting(
    session: Session, customer_ids: Sequence[int], *, on: bool, by: str, now: datetime
) -> list[int]:
    """Move the switch of these customers; the ids of those that stood otherwise, in order.

    One that is switched on is asked about at the next sweep.
    """
    moved = await session.exec(
        update(CustomerRow)
        .where(col(CustomerRow.id).in_(customer_ids))
        .where(
            or_(
                col(CustomerRow.auto_followup).is_not(on),
                col(CustomerRow.collections_changed_at).is_(None),
            )
        )
        .values(auto_followup=on, collections_changed_at=now, collections_changed_by=by)
        .returning(col(CustomerRow.id))
    )
    ids = sorted(moved.scalars().all())
    await session.exec(
        update(FollowUpRow).where(col(FollowUpRow.customer_id).in_(ids)).values(next_at=now)
    )
    return ids


async def settle_new(session: Session, *, on: bool, now: datetime) -> int:
    """Let customers that nobody decided about stand as the settings say; how many there were."""
    moved = await session.exec(
        update(CustomerRow)
        .where(col(CustomerRow.collections_changed_at).is_(None))
        .values(auto_followup=on, collections_changed_at=now, collections_changed_by="settings")
        .returning(col(CustomerRow.id))
    )
    return len(moved.scalars().all())
