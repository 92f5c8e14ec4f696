"""What follows from a reply: recorded, paused, asked, answered with a guarded proposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from domain.dunning.reply import (
    Action,
    AskPerson,
    DraftAnswer,
    FindPayment,
    Intent,
    Note,
    OpenDispute,
    PauseUntil,
    Reading,
    RecordPromise,
    StopAutomation,
    SuppressContact,
    decide,
)
from domain.dunning.standing import PauseKind
from flows.answers import propose_answer
from flows.desk import Desk
from flows.facts import load_case
from flows.intake import Finished, HumanReply, take_in
from flows.promises import record_promise
from store import followups, inbox, senders, stops
from store.engine import Session
from store.standing import DisputeRow, HoldRow
from store.worklist import WorkItemRow, open_item

__all__ = ["Finished", "HumanReply", "act", "take_in"]

_STOPS = {"legal_threat": PauseKind.LEGAL, "insolvency_notice": PauseKind.INSOLVENCY}


async def act(
    session: Session, desk: Desk, reply: HumanReply, reading: Reading, now: datetime
) -> tuple[Action, ...]:
    """Decide purely what follows from a reading and do it, in one transaction. Safe to repeat."""
    reply = await _as_of_now(session, desk, reply, now)
    actions = _decided(reply, reading)
    if reading.kinds() == {Intent.OUT_OF_OFFICE}:
        await senders.mark_automatic(session, reply.touchpoint_id)
    for action in actions:
        await _do(session, desk, reply, action, actions, now)
    told = describe(reading, actions)
    await senders.note_reading(session, reply.touchpoint_id, told)
    await followups.wake(session, reply.case.customer_id, now)
    kinds = ", ".join(sorted(kind.value for kind in reading.kinds()))
    await inbox.settle(session, reply.event_id, state="handled", detail=kinds, now=now)
    return actions


async def _as_of_now(session: Session, desk: Desk, reply: HumanReply, now: datetime) -> HumanReply:
    """The reply with its customer's case read again: a reader may have taken its time."""
    case = await load_case(session, desk, reply.case.customer_id, now)
    return replace(reply, case=case) if case is not None else reply


def _decided(reply: HumanReply, reading: Reading) -> tuple[Action, ...]:
    case = reply.case
    if reply.forged:
        quote = reading.intents[0].span if reading.intents else ""
        return (AskPerson("the sender is not who they say they are", quote, urgent=True),)
    return decide(
        reading,
        case.account,
        case.standing,
        case.today,
        trusted=reply.trusted,
        calendar=case.calendar,
    )


async def _do(
    session: Session,
    desk: Desk,
    reply: HumanReply,
    action: Action,
    actions: tuple[Action, ...],
    now: datetime,
) -> None:
    customer_id, touchpoint_id = reply.case.customer_id, reply.touchpoint_id
    match action:
        case RecordPromise():
            await record_promise(session, action, customer_id, touchpoint_id, now)
        case PauseUntil() | StopAutomation():
            await _hold(session, reply, action, now)
        case SuppressContact():
            address = action.email or reply.mail.sender
            await stops.suppress(session, customer_id, address, reason=action.reason, now=now)
        case OpenDispute():
            await _dispute(session, reply, action, now)
        case AskPerson():
            await ask(session, reply, action, now)
        case DraftAnswer():
            await _answer(session, desk, reply, action, actions, now)
        case FindPayment() | Note():
            pass
        case _:
            assert_never(action)


async def _answer(
    session: Session,
    desk: Desk,
    reply: HumanReply,
    action: DraftAnswer,
    actions: tuple[Action, ...],
    now: datetime,
) -> None:
    problem = await propose_answer(session, desk, reply, action, actions, now)
    if problem:
        await ask(session, reply, AskPerson(problem, ""), now)


async def _hold(
    session: Session, reply: HumanReply, action: PauseUntil | StopAutomation, now: datetime
) -> None:
    ids: tuple[int | None, ...] = (None,)
    if isinstance(action, StopAutomation):
        kind, until, detail = _STOPS[action.kind], None, action.quote
    else:
        known = action.reason == PauseKind.PAYMENT_SEARCH.value
        kind = PauseKind.PAYMENT_SEARCH if known else PauseKind.PAUSED
        until, detail, ids = action.until_on, action.reason, action.invoice_ids or (None,)
    for invoice_id in ids:
        row = HoldRow(
            key=f"touchpoint:{reply.touchpoint_id}:{kind.value}:{invoice_id or 0}",
            customer_id=reply.case.customer_id,
            invoice_id=invoice_id,
            reason=kind.value,
            detail=detail[:300],
            until_on=until,
            created_at=now,
            created_by="system:replies",
        )
        await stops.add_hold(session, row)


async def _dispute(session: Session, reply: HumanReply, action: OpenDispute, now: datetime) -> None:
    ids: tuple[int | None, ...] = action.invoice_ids or (None,)
    for invoice_id in ids:
        row = DisputeRow(
            key=f"touchpoint:{reply.touchpoint_id}:{invoice_id or 0}",
            customer_id=reply.case.customer_id,
            invoice_id=invoice_id,
            reason_code=action.reason_code,
            quote=action.quote[:1000],
            touchpoint_id=reply.touchpoint_id,
            opened_at=now,
        )
        await stops.add_dispute(session, row)


async def ask(session: Session, reply: HumanReply, action: AskPerson, now: datetime) -> None:
    """Put a reply on the worklist, once."""
    await open_item(
        session,
        WorkItemRow(
            key=f"touchpoint:{reply.touchpoint_id}",
            kind="reply",
            customer_id=reply.case.customer_id,
            touchpoint_id=reply.touchpoint_id,
            title=f"{reply.case.account.customer.name}: {action.reason.replace('_', ' ')}"[:300],
            detail={"reason": action.reason, "quote": action.quote, "urgent": action.urgent},
            opened_at=now,
        ),
    )


def describe(reading: Reading, actions: tuple[Action, ...]) -> dict[str, object]:
    """A reading and what followed, as plain JSON for the timeline."""
    return {
        "read_by": reading.read_by,
        "intents": [{"intent": e.intent.value, "span": e.span} for e in reading.intents],
        "actions": [type(action).__name__ for action in actions],
    }
