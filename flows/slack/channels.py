"""Which channel is shared with which customer: said by a person, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from effects.actor import Person
from effects.audit import Entry, record
from store import parties, slack
from store.engine import Session


@dataclass(frozen=True, slots=True)
class Mapped:
    """The channel belongs to this customer from now on, or to nobody."""

    channel_id: str
    customer_id: int | None


@dataclass(frozen=True, slots=True)
class NotMapped:
    """Nothing was changed."""

    message: str


async def map_channel(
    session: Session, channel_id: str, customer_id: int | None, by: Person, now: datetime
) -> Mapped | NotMapped:
    """Say that a channel is shared with a customer, or with nobody any more.

    One customer has one channel and a channel one customer: a second one would read of the first.
    """
    channel = await slack.channel(session, channel_id)
    if channel is None:
        return NotMapped("Dunwell has not been in this channel.")
    customer = await parties.customer(session, customer_id) if customer_id else None
    if customer_id and customer is None:
        return NotMapped("There is no such customer.")
    if customer is not None and customer.slack_channel not in (None, "", channel_id):
        return NotMapped(f"{customer.name} has another channel. Take that one off first.")
    before = await slack.customer_in(session, channel_id)
    if before is not None and customer is not None and before.id != customer.id:
        return NotMapped(f"This channel is shared with {before.name}. Take it off first.")
    if before is not None and customer is None:
        before.slack_channel = None
        session.add(before)
    if customer is not None:
        customer.slack_channel = channel_id
        session.add(customer)
    channel.mapped_by = by.name if customer is not None else ""
    channel.mapped_at = now if customer is not None else None
    session.add(channel)
    detail = {
        "channel": channel.name,
        "customer_id": customer.id if customer is not None else None,
        "before": before.id if before is not None else None,
    }
    told = Entry(by.actor, "slack.channel_mapped", "slack_channel", channel_id, detail)
    await record(session, told, now)
    return Mapped(channel_id, customer.id if customer is not None else None)
