"""Events to other systems, as people handle them: a trial, and sending again what was given up."""

from __future__ import annotations

from datetime import datetime

from effects.actor import Person
from effects.audit import Entry, record
from store import outgoing
from store.engine import Session
from store.jobs import Job, enqueue

TRIAL = "webhook.test"


async def trial(session: Session, by: Person, now: datetime) -> None:
    """Tell every endpoint that this is a trial."""
    words = {"message": "Events of Dunwell arrive here.", "asked_by": by.name}
    await outgoing.emit(session, TRIAL, "webhook", words, now)
    await record(session, Entry(by.actor, "event.trial", "event", TRIAL), now)


async def send_again(session: Session, event_id: int, by: Person, now: datetime) -> int:
    """Try the deliveries of an event that were given up anew; how many there are."""
    found = (await outgoing.deliveries_of(session, [event_id])).get(event_id, ())
    given_up = [row for row in found if row.state == "given_up"]
    for row in given_up:
        row.state, row.attempts = "pending", 0
        session.add(row)
        await enqueue(session, Job(outgoing.SEND, {"delivery_id": row.id}))
    if given_up:
        detail = {"deliveries": len(given_up)}
        await record(
            session, Entry(by.actor, "event.sent_again", "event", str(event_id), detail), now
        )
    return len(given_up)
