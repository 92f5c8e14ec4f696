"""Voids: asked for here, done by a person in the ERP, seen to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from effects.kinds import ApplyCredit, Effect, VoidRequest
from effects.kinds_credits import VoidedKind
from effects.propose import Because, propose
from flows.credits.asked import CreditRefused, Requested, refused
from flows.credits.requesting import OTHER, stands
from flows.desk import Desk
from flows.drift.findings import close
from store import credit_requests, drift, void_requests
from store.credit_requests import CreditRequestRow
from store.drift import CLOSED
from store.engine import Session
from store.parties import customer
from store.void_requests import Voidable
from store.worklist import WorkItemRow, ask_again, close_item

_SEEN = Actor(ActorKind.SYSTEM, "credits")


@dataclass(frozen=True, slots=True)
class VoidAsked:
    """A document to be voided, by our id."""

    record: VoidedKind
    document_id: int
    reason: str
    source: str
    source_id: str


async def request_void(
    session: Session, desk: Desk, asked: VoidAsked, by: Actor, now: datetime
) -> Requested | CreditRefused:
    """Propose that somebody voids a document in the ERP; the trail keeps what it was."""
    known = await credit_requests.request_from(session, asked.source, asked.source_id)
    await credit_requests.take_turn(session, asked.record, str(asked.document_id))
    found = await void_requests.voidable(session, asked.record, asked.document_id)
    if known is not None:
        return stands(known) if _same(known, found, asked) else refused(*OTHER)
    problem = _problem(found, asked) or await _under_way(session, found, asked)
    if found is None or problem is not None:
        return problem or refused("VOI-001", "There is no such document.", "Choose another")
    who = await customer(session, found.customer_id)
    if who is None:
        return refused("VOI-001", "Its customer is gone.", "Choose another")
    row = _row(found, asked, by, now)
    made = await credit_requests.insert_request(session, row)
    if made is None:
        raise RuntimeError("the same void was asked for meanwhile")
    content = VoidRequest(
        request_id=made,
        record=asked.record,
        netsuite_id=found.netsuite_id,
        number=found.number,
        customer_id=who.id,
        customer_netsuite_id=who.netsuite_id,
        amount=found.amount,
        reason=asked.reason.strip()[:500],
        occasion=str(made),
    )
    because = Because("void:asked", {"asked_by": str(by), "reason": asked.reason[:500]})
    done = await propose(session, content, policy=desk.approval, because=because, by=by, now=now)
    await _linked(session, made, done.effect_id)
    detail = {"effect_ids": [done.effect_id], "reason": asked.reason[:500]}
    await record(session, Entry(by, "void.requested", "credit_request", str(made), detail), now)
    await ask_again(session, _item(content, made, done.effect_id, now))
    return Requested(made, (done.effect_id,), created=True)


def _problem(found: Voidable | None, asked: VoidAsked) -> CreditRefused | None:
    if not asked.reason.strip():
        return refused("VOI-002", "A void has a reason.", "Say why")
    if found is None or found.gone:
        return refused("VOI-001", "There is no such document.", "Choose another")
    if found.voided:
        return refused("VOI-003", f"{found.number} is voided already.", "Nothing is left to do")
    if found.settled and asked.record == "invoice":
        message = f"{found.settled} is applied to {found.number}."
        return refused("VOI-004", message, "Take that off first, or credit the invoice")
    if found.closed:
        message = f"{found.number} is in a closed period."
        return refused("VOI-005", message, "Credit it in an open period instead")
    return None


def _same(known: CreditRequestRow, found: Voidable | None, asked: VoidAsked) -> bool:
    named = found.netsuite_id if found is not None else ""
    about = (known.kind, known.record, known.record_netsuite_id)
    return about == ("void", asked.record, named)


async def _under_way(
    session: Session, found: Voidable | None, asked: VoidAsked
) -> CreditRefused | None:
    """Another request to void it, or a recovery that rests on it."""
    if found is not None and await credit_requests.void_asked(
        session, asked.record, found.netsuite_id
    ):
        message = f"Somebody asked to void {found.number} already."
        return refused("VOI-007", message, "Decide on that request first")
    return await _recovered(session, found)


async def _recovered(session: Session, found: Voidable | None) -> CreditRefused | None:
    """A write-off that was recovered: voided, its claim would stand twice."""
    row = await credit_requests.request_of_memo(session, found.netsuite_id) if found else None
    had = await credit_requests.recovered(session, row.id) if row is not None else 0
    if row is None or not had:
        return None
    message = f"{Money(had, row.currency)} of {row.number} was recovered, or is about to be."
    return refused("VOI-006", message, "Reverse the recovery first")


async def seen(session: Session, content: Effect, effect_id: int, now: datetime) -> None:
    """After a void was seen, drift that told of it is explained, and nobody is asked any more.

    A recovery is done with its last effect.
    """
    if isinstance(content, ApplyCredit) and content.onto_external_id:
        await credit_requests.second_done(session, effect_id, now)
    if not isinstance(content, VoidRequest):
        return
    for row in await drift.of_documents(session, [content.netsuite_id]):
        if row.state != CLOSED and row.kind == "voided":
            await close(session, row, "it was asked for here", str(_SEEN), now)
    await close_item(session, _key(content.request_id), by=str(_SEEN), now=now)


async def _linked(session: Session, request_id: int, effect_id: int) -> None:
    row = await session.get(CreditRequestRow, request_id)
    if row is not None:
        row.effect_id = effect_id
        session.add(row)
        await session.flush()


def _row(found: Voidable, asked: VoidAsked, by: Actor, now: datetime) -> CreditRequestRow:
    return CreditRequestRow(
        source=asked.source,
        source_id=asked.source_id,
        kind="void",
        customer_id=found.customer_id,
        invoice_id=asked.document_id if asked.record == "invoice" else None,
        currency=found.amount.currency,
        amount_minor=found.amount.minor,
        reason="void",
        note=asked.reason.strip()[:1000],
        on_day=now.date(),
        record=asked.record,
        record_netsuite_id=found.netsuite_id,
        number=found.number,
        created_by=str(by),
        created_at=now,
    )


def _key(request_id: int) -> str:
    return f"void:{request_id}"


def _item(content: VoidRequest, request_id: int, effect_id: int, now: datetime) -> WorkItemRow:
    return WorkItemRow(
        key=_key(request_id),
        kind="void",
        customer_id=content.customer_id,
        effect_id=effect_id,
        title=f"{content.title()} in the ERP, once it is approved"[:500],
        detail={"reason": content.reason, "netsuite_id": content.netsuite_id},
        opened_at=now,
    )
