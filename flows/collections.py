"""Collections on or off for a customer: nobody is written to before somebody switches it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from effects.actor import Actor, ActorKind, Person, Role, may_approve
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from effects.withdraw import withdraw_all
from store import collecting, followups
from store.engine import Session
from store.jobs import Job, enqueue
from store.outgoing import emit

MOST = 5000
KEEPER = Actor(ActorKind.SYSTEM, "collections")
_LISTED = 200


@dataclass(frozen=True, slots=True)
class Switched:
    """Customers that stood otherwise before; `withdrawn` mails of theirs will not leave."""

    customer_ids: tuple[int, ...]
    on: bool
    withdrawn: int = 0


async def switch(
    session: Session,
    customer_ids: Sequence[int],
    *,
    on: bool,
    by: Person,
    reason: str,
    now: datetime,
) -> Switched | Refusal:
    """Switch collections for customers; those who stand so already are left alone.

    Off withdraws the follow-ups that wait. Collectors and those above them may do it, for at most
    MOST customers at once.
    """
    if not may_approve(by.role, Role.COLLECTOR):
        return Refusal(RefusalCode.NOT_ALLOWED, f"A {by.role} cannot switch collections.")
    if len(set(customer_ids)) > MOST:
        return Refusal(RefusalCode.OVER_LIMIT, f"At most {MOST} customers at once.")
    moved = await collecting.set_collecting(session, customer_ids, on=on, by=str(by.actor), now=now)
    withdrawn = 0 if on else await _withdraw(session, moved, by, now)
    if moved:
        await _tell(session, Switched(tuple(moved), on, withdrawn), by.actor, reason, now)
    if moved and on:
        day = now.date().isoformat()
        await enqueue(session, Job("followups.sweep", {"day": day}, once="sweep:changed"))
    return Switched(tuple(moved), on, withdrawn)


async def settle_new(session: Session, now: datetime, *, on: bool) -> int:
    """After a pass: customers seen for the first time stand as the settings say; how many."""
    count = await collecting.settle_new(session, on=on, now=now)
    if count:
        detail = {"customers": count, "reason": "customers seen for the first time"}
        action = "collections.on" if on else "collections.off"
        await record(session, Entry(KEEPER, action, "customers", "new", detail), now)
    return count


async def _withdraw(
    session: Session, customer_ids: Sequence[int], by: Person, now: datetime
) -> int:
    reasons: dict[int, str] = {}
    for customer_id in customer_ids:
        for row in await followups.undecided(session, customer_id):
            if row.payload.get("purpose") == "followup":
                reasons[row.id] = "collections were switched off for this customer"
    return await withdraw_all(session, reasons, by=by.actor, now=now)


async def _tell(session: Session, done: Switched, by: Actor, reason: str, now: datetime) -> None:
    ids = done.customer_ids
    many = len(ids) > 1
    detail = {
        "reason": reason[:1000],
        "customers": len(ids),
        "customer_ids": list(ids[:_LISTED]),
        "withdrawn": done.withdrawn,
    }
    action = "collections.on" if done.on else "collections.off"
    subject = ("customers", f"{len(ids)} customers") if many else ("customer", str(ids[0]))
    await record(session, Entry(by, action, *subject, detail), now)
    told = {"on": done.on, "customers": len(ids), "customer_ids": list(ids[:_LISTED])}
    await emit(session, "collections.switched", subject[1], told, now)
