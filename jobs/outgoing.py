"""Events on their way out: made out to each endpoint, sent, tried again, given up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobs.handlers import Handler
from outreach.webhooks import Endpoint, Message, NotTaken, Taken
from store import outgoing, slots
from store.engine import Database, Session
from store.jobs import Job, enqueue
from store.outgoing import DELIVER, SEND, OutgoingDeliveryRow, OutgoingEventRow
from store.worklist import WorkItemRow, ask_again, close_item

Clock = Callable[[], datetime]
Post = Callable[[Endpoint, Message], Awaitable[Taken | NotTaken]]

# Ten attempts within three days; the first waits follow the Standard Webhooks recommendation.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=18),
    timedelta(hours=22),
)
KEPT = timedelta(days=90)
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Delivers events to `endpoints`. Without any, events are only kept."""

    db: Database
    clock: Clock
    endpoints: Sequence[Endpoint]
    post: Post
    waits: Sequence[timedelta] = WAITS

    def handlers(self) -> Mapping[str, Handler]:
        """The jobs by task name."""
        return {DELIVER: self.deliver, SEND: self.send}

    async def deliver(self) -> None:
        """Make out every new event to every endpoint; each delivery is a job of its own."""
        while True:
            async with self.db.begin() as session:
                rows = await outgoing.unspread(session, _AT_ONCE)
                for row in rows:
                    await self._spread(session, row)
                await outgoing.forget(session, self.clock() - KEPT)
            if len(rows) < _AT_ONCE:
                return

    async def _spread(self, session: Session, row: OutgoingEventRow) -> None:
        for endpoint in self.endpoints:
            made = await outgoing.deliver_to(session, row.id, endpoint.name, endpoint.host)
            if made is not None:
                await enqueue(session, Job(SEND, {"delivery_id": made}, f"events:{endpoint.name}"))
        row.spread_at = self.clock()
        session.add(row)

    async def send(self, delivery_id: int) -> None:
        """Try one delivery. It may run twice: receivers tell events apart by their id."""
        async with self.db.read() as session:
            found = await outgoing.delivery(session, delivery_id)
        if found is None or found[0].state != "pending":
            return
        endpoint = self._endpoint(found[0].endpoint)
        outcome = await self.post(endpoint, message_of(found[1])) if endpoint else None
        async with self.db.begin() as session:
            again = await outgoing.delivery(session, delivery_id, lock=True)
            if again is not None and again[0].state == "pending":
                await self._record(session, again[0], outcome)

    def _endpoint(self, name: str) -> Endpoint | None:
        return next((endpoint for endpoint in self.endpoints if endpoint.name == name), None)

    async def _record(
        self, session: Session, row: OutgoingDeliveryRow, outcome: Taken | NotTaken | None
    ) -> None:
        now = self.clock()
        row.attempts, row.tried_at = row.attempts + 1, now
        match outcome:
            case None:
                row.state, row.detail = "dropped", "the endpoint is no longer in the settings"
            case Taken(status):
                row.state, row.detail, row.delivered_at = "delivered", f"answered {status}", now
                await close_item(session, _item_key(row), by="system", now=now)
                await slots.report(session, "webhooks", ok=True, detail="", now=now)
            case NotTaken(reason, final):
                row.detail = reason
                await slots.report(
                    session, "webhooks", ok=False, detail=f"{row.host}: {reason}", now=now
                )
                await self._try_again(session, row, final=final)
        session.add(row)

    async def _try_again(self, session: Session, row: OutgoingDeliveryRow, *, final: bool) -> None:
        if final or row.attempts > len(self.waits):
            row.state = "given_up"
            await ask_again(session, _given_up(row, self.clock()))
            return
        wait = self.waits[row.attempts - 1]
        await enqueue(session, Job(SEND, {"delivery_id": row.id}, wait=wait))


def message_of(row: OutgoingEventRow) -> Message:
    """The event as it is sent; the second in its id keeps a new database from repeating one."""
    name = f"evt_{int(row.occurred_at.timestamp())}_{row.id}"
    return Message(name, row.kind, row.subject, row.occurred_at, row.payload)


def _item_key(row: OutgoingDeliveryRow) -> str:
    return f"webhook:{row.endpoint}"


def _given_up(row: OutgoingDeliveryRow, now: datetime) -> WorkItemRow:
    """One item an endpoint, not one an event."""
    return WorkItemRow(
        key=_item_key(row),
        kind="failed_delivery",
        title=f"{row.host} does not take events",
        detail={"reason": f"{row.detail}; tried {row.attempts} times, the last at {now:%H:%M} UTC"},
        opened_at=now,
    )
