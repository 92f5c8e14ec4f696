"""Disputes as cases: opened on the named invoices, owned, due, narrowed, settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from domain.dunning.actions import OpenDispute
from domain.dunning.reading import DisputeReason
from effects.actor import Actor, ActorKind, Person
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from flows.conversations import refuse
from flows.notices import Notice, tell
from store import disputes, followups, parties, stops
from store.engine import Database, Session
from store.people import UserRow
from store.receivables import InvoiceRow
from store.standing import DisputeRow, open_disputes

KEEPER = Actor(ActorKind.SYSTEM, "disputes")
_OPERATIONS = frozenset(
    {
        DisputeReason.QUANTITY,
        DisputeReason.NOT_RECEIVED,
        DisputeReason.QUALITY,
        DisputeReason.NOT_ORDERED,
        DisputeReason.UNAPPROVED_WORK,
        DisputeReason.CANCELLED,
    }
)
_BILLING = frozenset(
    {
        DisputeReason.DUPLICATE,
        DisputeReason.PO_MISSING,
        DisputeReason.WRONG_ENTITY,
        DisputeReason.TAX,
        DisputeReason.CURRENCY,
    }
)


def team_of(reason: str) -> str:
    """Who settles a class of dispute: operations what was delivered, billing what was billed."""
    known = {member.value: member for member in DisputeReason}
    member = known.get(reason, DisputeReason.OTHER)
    if member in _OPERATIONS:
        return "operations"
    return "billing" if member in _BILLING else "finance"


async def open_case(
    session: Session,
    customer_id: int,
    touchpoint_id: int,
    action: OpenDispute,
    due_on: date,
    now: datetime,
) -> int:
    """Hold what is contested until somebody settles it; how many cases are new.

    What is contested already for this reason, or for none that they name, has its case.
    """
    customer = await parties.customer(session, customer_id)
    known = {(row.invoice_id, row.reason_code) for row in await open_disputes(session, customer_id)}
    if action.reason_code == DisputeReason.OTHER:
        known |= {(invoice_id, action.reason_code) for invoice_id, _ in known}
    ids: tuple[int | None, ...] = action.invoice_ids or (None,)
    opened = 0
    for invoice_id in ids:
        if (invoice_id, action.reason_code) in known:
            continue
        row = DisputeRow(
            key=f"touchpoint:{touchpoint_id}:{action.reason_code}:{invoice_id or 0}",
            customer_id=customer_id,
            invoice_id=invoice_id,
            reason_code=action.reason_code,
            quote=action.quote[:1000],
            touchpoint_id=touchpoint_id,
            team=team_of(action.reason_code),
            owner_user_id=customer.owner_user_id if customer is not None else None,
            due_on=due_on,
            opened_at=now,
        )
        opened += await stops.add_dispute(session, row)
    if opened:
        detail = {"reason": action.reason_code, "invoices": list(action.invoice_ids)}
        told = Entry(KEEPER, "dispute.opened", "customer", str(customer_id), detail)
        await record(session, told, now)
    return opened


async def resolve(
    session: Session, dispute_id: int, *, by: Person, resolution: str, now: datetime
) -> DisputeRow | Refusal:
    """Settle a dispute: the invoice is asked for again, its cadence begun anew."""
    row = await _open(session, dispute_id, by)
    if isinstance(row, Refusal):
        return row
    row.state, row.resolved_at, row.resolved_by = "resolved", now, str(by.actor)
    row.resolution = resolution[:500]
    await _keep(session, row, by, "dispute.resolved", {"resolution": row.resolution}, now)
    await followups.wake(session, row.customer_id, now)
    return row


async def assign(
    session: Session, dispute_id: int, user_id: int | None, *, by: Person, now: datetime
) -> DisputeRow | Refusal:
    """Give a dispute to a colleague, or to its team (None)."""
    row = await _open(session, dispute_id, by)
    if isinstance(row, Refusal):
        return row
    user = await session.get(UserRow, user_id) if user_id is not None else None
    if user_id is not None and (user is None or not user.active):
        return Refusal(RefusalCode.NOT_FOUND, "There is no such colleague.")
    row.owner_user_id = user_id
    await _keep(session, row, by, "dispute.assigned", {"owner": user_id}, now)
    return row


async def narrow(
    session: Session, dispute_id: int, invoice_ids: Sequence[int], *, by: Person, now: datetime
) -> int | Refusal:
    """A dispute of the whole account is about these invoices only; the others go on."""
    row = await _open(session, dispute_id, by)
    if isinstance(row, Refusal):
        return row
    if row.invoice_id is not None or not invoice_ids:
        return Refusal(RefusalCode.WRONG_STATE, "It is about certain invoices already.")
    for invoice_id in invoice_ids:
        invoice = await session.get(InvoiceRow, invoice_id)
        if invoice is None or invoice.customer_id != row.customer_id:
            return Refusal(RefusalCode.NOT_FOUND, "There is no such invoice of this customer.")
    for invoice_id in dict.fromkeys(invoice_ids):
        values = row.model_dump(exclude={"id", "key", "invoice_id"})
        key = f"{row.key}:{invoice_id}"
        await stops.add_dispute(session, DisputeRow(key=key, invoice_id=invoice_id, **values))
    row.state, row.resolved_at, row.resolved_by = "resolved", now, str(by.actor)
    row.resolution = "about certain invoices only"
    detail: dict[str, object] = {"invoices": sorted(set(invoice_ids))}
    await _keep(session, row, by, "dispute.narrowed", detail, now)
    await followups.wake(session, row.customer_id, now)
    return len(set(invoice_ids))


async def remind(db: Database, now: datetime) -> int:
    """Tell colleagues once about each dispute whose time is up; how many were new."""
    told = 0
    async with db.begin() as session:
        for row in await disputes.overdue_cases(session, now):
            notice = Notice(
                key=f"dispute_late:{row.id}",
                kind="dispute",
                title=f"A dispute ({row.reason_code.replace('_', ' ')}) was due on {row.due_on}",
                customer_id=row.customer_id,
                route=row.team or "default",
                detail={"dispute_id": row.id},
            )
            told += await tell(session, notice, now)
    return told


async def _open(session: Session, dispute_id: int, by: Person) -> DisputeRow | Refusal:
    refused = refuse(by)
    if refused is not None:
        return refused
    row = await disputes.locked(session, dispute_id)
    if row is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such dispute.")
    if row.state != "open":
        return Refusal(RefusalCode.WRONG_STATE, "It is settled already.")
    return row


async def _keep(
    session: Session,
    row: DisputeRow,
    by: Person,
    action: str,
    detail: dict[str, object],
    now: datetime,
) -> None:
    session.add(row)
    await record(session, Entry(by.actor, action, "dispute", str(row.id), detail), now)
