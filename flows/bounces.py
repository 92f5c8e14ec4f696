"""Delivery reports and spam complaints: the contact is flagged and a person is told."""

from __future__ import annotations

from datetime import datetime

from sources.mail.message import Bounce, Complaint
from store import followups, senders, stops
from store.engine import Session
from store.worklist import WorkItemRow, open_item


async def take_bounce(
    session: Session, bounce: Bounce, customer_id: int | None, touchpoint_id: int, now: datetime
) -> None:
    """Flag addresses that are gone for good, if we wrote to them; delays are only on record."""
    if customer_id is None:
        return
    for failed in bounce.recipients:
        if failed.hard and await senders.written_to(session, customer_id, failed.address):
            reason = f"mail bounced {failed.status}".strip()
            await _stop(session, customer_id, failed.address, reason, touchpoint_id, now)


async def take_complaint(
    session: Session,
    complaint: Complaint,
    customer_id: int | None,
    touchpoint_id: int,
    now: datetime,
) -> None:
    """A receiver marked our mail as spam: that address is not written to any more."""
    if customer_id is None or not complaint.address:
        return
    if await senders.written_to(session, customer_id, complaint.address):
        reason = "marked our mail as spam"
        await _stop(session, customer_id, complaint.address, reason, touchpoint_id, now)


async def _stop(
    session: Session,
    customer_id: int,
    address: str,
    reason: str,
    touchpoint_id: int,
    now: datetime,
) -> None:
    await stops.suppress(session, customer_id, address, reason=reason, now=now)
    await followups.wake(session, customer_id, now)
    await open_item(
        session,
        WorkItemRow(
            key=f"bounce:{customer_id}:{address}",
            kind="bounce",
            customer_id=customer_id,
            touchpoint_id=touchpoint_id,
            title=f"{address}: {reason}; name another contact"[:300],
            detail={"address": address, "reason": reason},
            opened_at=now,
        ),
    )
