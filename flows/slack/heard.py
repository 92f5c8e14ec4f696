"""What a customer says in the channel shared with them: kept, and put before a person.

It is never read as a command and nothing is answered by itself; while nobody has seen to it, no
follow-up leaves, as with a mail that nobody has read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from effects.actor import Actor, ActorKind
from effects.withdraw import withdraw_all
from flows.notices import Notice, tell
from store import followups, slack
from store.engine import Session
from store.touchpoints import TouchpointRow, add_touchpoint
from store.worklist import WorkItemRow, open_item

LISTENER = Actor(ActorKind.SYSTEM, "slack")
_EXCERPT, _LONGEST = 280, 20_000


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of somebody who is not one of us, in a customer's channel."""

    event_id: int
    channel_id: str
    ts: str
    member_id: str
    text: str
    said_at: datetime


async def hear(session: Session, heard: Heard, now: datetime) -> int | None:
    """Keep a message and ask a person; its touchpoint, None if no customer reads there."""
    customer = await slack.customer_in(session, heard.channel_id)
    channel = await slack.channel(session, heard.channel_id)
    if customer is None or channel is None:
        return None
    speaker = await slack.member(session, heard.member_id)
    name = speaker.name if speaker is not None and speaker.name else heard.member_id
    row = _touch(heard, customer.id, channel.name, f"{name} in Slack")
    touchpoint_id = await add_touchpoint(session, row)
    if touchpoint_id is None:
        return None
    waiting = await followups.undecided(session, customer.id)
    wrote = {row.id: "the customer wrote" for row in waiting}
    await withdraw_all(session, wrote, by=LISTENER, now=now)
    await followups.wake(session, customer.id, now)
    title = f"{customer.name} wrote in #{channel.name}"
    item = WorkItemRow(
        key=row.key,
        kind="reply",
        customer_id=customer.id,
        touchpoint_id=touchpoint_id,
        title=title,
        detail={"channel": "slack", "excerpt": row.excerpt},
        opened_at=now,
    )
    await open_item(session, item)
    await tell(session, Notice(row.key, "reply", title, customer.id), now)
    return touchpoint_id


def _touch(heard: Heard, customer_id: int, channel_name: str, speaker: str) -> TouchpointRow:
    key = f"slack:{heard.channel_id}:{heard.ts}"
    return TouchpointRow(
        key=key,
        customer_id=customer_id,
        channel="slack",
        direction="in",
        kind="reply",
        occurred_at=heard.said_at,
        from_address=speaker,
        to_addresses=[f"#{channel_name}"],
        subject=f"#{channel_name}",
        excerpt=" ".join(heard.text.split())[:_EXCERPT],
        body_text=heard.text[:_LONGEST],
        message_id=key,
        source_event_id=heard.event_id,
    )
