"""A person says which customer a mail is of; it is read then like one of a known domain."""

from __future__ import annotations

from datetime import datetime

from effects.actor import Person
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from flows.conversations import refuse
from flows.mailbox import TASK
from store import inbox, parties, touchpoints, worklist
from store.engine import Session
from store.jobs import Job, enqueue


async def attach_by_hand(
    session: Session, item_id: int, customer_id: int, *, by: Person, now: datetime
) -> int | Refusal:
    """Attach the mail of an item to a customer and have it read; the touchpoint's id.

    It proves nothing about who wrote it: only holds and notes follow by themselves.
    """
    refused = refuse(by)
    if refused is not None:
        return refused
    item = await worklist.locked(session, item_id)
    touch = None
    if item is not None and item.kind == "reply" and item.touchpoint_id is not None:
        touch = await touchpoints.touchpoint(session, item.touchpoint_id)
    if item is None or touch is None or touch.source_event_id is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such mail.")
    if touch.customer_id is not None or item.closed_at is not None:
        return Refusal(RefusalCode.WRONG_STATE, "It belongs to a customer, or is settled, already.")
    customer = await parties.customer(session, customer_id)
    if customer is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such customer.")
    touch.customer_id, item.customer_id = customer.id, customer.id
    item.detail = {**item.detail, "candidates": []}
    session.add(touch)
    session.add(item)
    await inbox.read_again(session, touch.source_event_id, {"customer_id": customer.id})
    await enqueue(session, Job(TASK, {"event_id": touch.source_event_id}, lane="mail"))
    detail = {"customer_id": customer.id, "from": touch.from_address}
    await record(
        session, Entry(by.actor, "mail.attached", "touchpoint", str(touch.id), detail), now
    )
    return touch.id
