"""Conversations about overdue invoices: handed to a person, given back, closed, opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from domain.dunning.standing import Conversation, ConversationState
from effects.actor import Actor, ActorKind, Person, Role, may_approve
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from effects.withdraw import withdraw_all
from store import conversations, followups, standing
from store.conversations import ConversationRow
from store.effects import EffectRow
from store.engine import Session
from store.followups import FollowUpRow
from store.jobs import Job, enqueue
from store.outgoing import emit
from store.people import UserRow
from store.standing import HoldRow

KEEPER = Actor(ActorKind.SYSTEM, "conversations")
MOST = 500
_LOOK = "followups.customer"
_STOPPED = ("legal", "insolvency", "credit_hold")


async def escalate(
    session: Session,
    customer_id: int,
    trigger: str,
    *,
    now: datetime,
    invoice_ids: Sequence[int] = (),
    quote: str = "",
    touchpoint_id: int | None = None,
    by: Actor = KEEPER,
) -> bool:
    """Give a conversation to a person: nothing leaves by itself until they give it back.

    Follow-ups that wait are withdrawn. True if it was not with a person before; whoever calls
    tells people then. The first trigger stands while a person has it.
    """
    await withdraw(session, customer_id, "a person has the conversation", by, now)
    row = await conversations.locked(session, customer_id)
    if row.state == ConversationState.ESCALATED:
        return False
    row.trigger, row.quote, row.note = trigger[:100], quote[:1000], ""
    row.invoice_ids, row.touchpoint_id = sorted(set(invoice_ids)), touchpoint_id
    await _move(session, row, ConversationState.ESCALATED, by, now)
    return True


async def resolve(
    session: Session, customer_id: int, *, by: Person, reason: str = "", now: datetime
) -> Conversation | Refusal:
    """Close a conversation: paid or settled. What is open now is asked for no more.

    An invoice that becomes overdue later begins a new conversation by itself.
    """
    refused = refuse(by)
    if refused is not None:
        return refused
    await withdraw(session, customer_id, "the conversation was closed", by.actor, now)
    row = await conversations.locked(session, customer_id)
    row.trigger, row.note, row.quote, row.touchpoint_id = "resolved", reason[:1000], "", None
    row.invoice_ids = await conversations.collectable_ids(session, customer_id)
    await _move(session, row, ConversationState.RESOLVED, by.actor, now)
    return await state_of(session, customer_id, now)


async def reopen(
    session: Session, customer_id: int, *, by: Person, reason: str = "", now: datetime
) -> Conversation | Refusal:
    """Go on with a conversation that was closed or that a person had.

    The cadence begins anew from now. Replies of a closed conversation count no more; those of
    one that a person had still do.
    """
    refused = refuse(by)
    if refused is not None:
        return refused
    row = await conversations.locked(session, customer_id)
    if row.state == ConversationState.ACTIVE:
        return await state_of(session, customer_id, now)
    if row.state == ConversationState.RESOLVED:
        row.reopened_at = now
    row.trigger, row.note, row.quote, row.touchpoint_id = "", reason[:1000], "", None
    row.invoice_ids, row.restarted_at = [], now
    await _move(session, row, ConversationState.ACTIVE, by.actor, now)
    return await state_of(session, customer_id, now)


async def assign(
    session: Session, customer_ids: Sequence[int], user_id: int | None, *, by: Person, now: datetime
) -> tuple[int, ...] | Refusal:
    """Give conversations to a colleague, or to nobody; the customers whose assignee changed."""
    refused = refuse(by)
    if refused is not None:
        return refused
    if len(set(customer_ids)) > MOST:
        return Refusal(RefusalCode.OVER_LIMIT, f"At most {MOST} customers at once.")
    if user_id is not None:
        user = await session.get(UserRow, user_id)
        if user is None or not user.active:
            return Refusal(RefusalCode.NOT_FOUND, "There is no such colleague.")
    changed = await conversations.set_assignee(session, customer_ids, user_id)
    if changed:
        detail = {"assignee": user_id, "customer_ids": changed[:200], "customers": len(changed)}
        told = Entry(by.actor, "conversation.assigned", "customers", f"{len(changed)}", detail)
        await record(session, told, now)
    return tuple(changed)


async def state_of(session: Session, customer_id: int, now: datetime) -> Conversation:
    """Where the conversation with a customer stands now, why, and what comes next."""
    return (await states_of(session, [customer_id], now))[customer_id]


async def states_of(session: Session, ids: Sequence[int], now: datetime) -> dict[int, Conversation]:
    """The same for many customers, in four queries however many they are."""
    rows = await conversations.conversations_of(session, ids)
    stops = await standing.whole_stops(session, ids, now.date())
    closed = {i: row.invoice_ids for i, row in rows.items() if row.state == "resolved"}
    begun_anew = await conversations.overdue_beyond(session, closed, now.date())
    plans = await followups.follow_ups_of(session, ids)
    return {i: _told(rows.get(i), stops.get(i), plans.get(i), anew=i in begun_anew) for i in ids}


def refuse(by: Person) -> Refusal | None:
    """Why this person may not touch conversations and pauses; None when they may."""
    if may_approve(by.role, Role.COLLECTOR):
        return None
    return Refusal(RefusalCode.NOT_ALLOWED, f"A {by.role} cannot change follow-ups.")


async def look_again(session: Session, customer_id: int, now: datetime) -> None:
    """Let the cadence say at once what holds now, for pages and lists that show it.

    The job has no name that is taken once: two who change many customers must not wait in a ring.
    """
    await followups.wake(session, customer_id, now)
    day = now.date().isoformat()
    await enqueue(
        session,
        Job(_LOOK, {"customer_id": customer_id, "day": day}, lane=f"customer:{customer_id}"),
    )


async def withdraw(
    session: Session,
    customer_id: int,
    reason: str,
    by: Actor,
    now: datetime,
    invoice_id: int | None = None,
) -> int:
    """Take back the follow-ups of a customer that wait, or those about one invoice; how many."""
    waiting = await followups.undecided(session, customer_id)
    reasons = {
        row.id: reason
        for row in waiting
        if row.payload.get("purpose") == "followup"
        and (invoice_id is None or invoice_id in _about(row))
    }
    return await withdraw_all(session, reasons, by=by, now=now)


def _about(row: EffectRow) -> Sequence[int]:
    """The invoices that a mail or a message speaks of."""
    ids = row.payload.get("invoice_ids")
    return [int(one) for one in ids] if isinstance(ids, list) else []


async def _move(
    session: Session, row: ConversationRow, state: ConversationState, by: Actor, now: datetime
) -> None:
    before, row.state, row.since, row.changed_by = row.state, state.value, now, str(by)
    session.add(row)
    await session.flush()
    detail = {
        "before": before,
        "trigger": row.trigger,
        "reason": row.note,
        "quote": row.quote[:300],
        "invoice_ids": list(row.invoice_ids[:200]),
    }
    action = f"conversation.{state.value}"
    await record(session, Entry(by, action, "customer", str(row.customer_id), detail), now)
    told = {"state": state.value, "before": before, "trigger": row.trigger}
    await emit(session, "conversation.changed", str(row.customer_id), told, now)
    await look_again(session, row.customer_id, now)


def _told(
    row: ConversationRow | None, stop: HoldRow | None, plan: FollowUpRow | None, *, anew: bool
) -> Conversation:
    assignee = row.assignee_id if row is not None else None
    if row is not None and row.state == ConversationState.ESCALATED:
        return Conversation(
            ConversationState.ESCALATED,
            row.trigger,
            row.since,
            "A person answers, then gives it back.",
            quote=row.quote,
            assignee_id=assignee,
        )
    if stop is not None and stop.reason in _STOPPED:
        return _paused(stop, assignee)
    if row is not None and row.state == ConversationState.RESOLVED and not anew:
        return Conversation(
            ConversationState.RESOLVED,
            row.note or row.trigger,
            row.since,
            "Nothing, unless it is opened again or another invoice becomes overdue.",
            assignee_id=assignee,
        )
    if stop is not None:
        return _paused(stop, assignee)
    since = row.since if row is not None else None
    return Conversation(since=since, next_action=_next(plan), assignee_id=assignee)


def _next(plan: FollowUpRow | None) -> str:
    """What the cadence said last, as what comes next."""
    if plan is None:
        return "Follow-ups go on as the policy says."
    if plan.outcome == "planned":
        return "A follow-up is proposed."
    if plan.outcome == "blocked":
        return "A person looks at a mail that was blocked."
    after = f"; looked at again on {plan.next_at.date()}" if plan.next_at else ""
    return f"Nothing now: {plan.detail}{after}."


def _paused(stop: HoldRow, assignee: int | None) -> Conversation:
    return Conversation(
        ConversationState.PAUSED,
        stop.why or stop.detail or stop.reason,
        stop.created_at,
        _after(stop.until_on),
        stop.until_on,
        assignee_id=assignee,
    )


def _after(until_on: date | None) -> str:
    if until_on is None:
        return "Nothing, until somebody resumes."
    return f"Follow-ups go on by themselves after {until_on.isoformat()}."
