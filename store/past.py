"""What happened to many customers over a span of days: the raw material of a replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, case, func, null, or_
from sqlalchemy import select as columns
from sqlmodel import SQLModel, col, select

from store.audit import AuditRow
from store.conversations import ConversationRow
from store.engine import Session
from store.parties import ContactRow, CustomerRow, SubsidiaryRow
from store.playbooks import PlaybookRunRow
from store.receivables import ApplicationRow, CreditMemoRow, InvoiceRow, PaymentRow
from store.scores import ScoreRow
from store.settlements import SettlementRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.touches import TouchColumns
from store.touchpoints import TouchpointRow

_Row = TypeVar("_Row", bound=SQLModel)
_STATES = ("active", "escalated", "resolved")


class Applied(NamedTuple):
    """Something set against an invoice: when the money came, when we first had it on record."""

    invoice_id: int
    minor: int
    came_on: date
    recorded_at: datetime | None


class Moved(NamedTuple):
    """A conversation that changed: handed to a person, closed, or active again; from the audit."""

    customer_id: int
    at: datetime
    state: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PastRows:
    """Rows of these customers, each table read once; how many customers more there are."""

    customers: Sequence[CustomerRow]
    contacts: Sequence[ContactRow]
    invoices: Sequence[InvoiceRow]
    applied: Sequence[Applied]
    promises: Sequence[PromiseRow]
    disputes: Sequence[DisputeRow]
    holds: Sequence[HoldRow]
    conversations: Sequence[ConversationRow]
    touches: Sequence[tuple[int, TouchColumns]]
    moves: Sequence[Moved]
    runs: Sequence[PlaybookRunRow]
    scores: Sequence[ScoreRow]
    subsidiaries: Sequence[SubsidiaryRow]
    left_out: int


async def past_rows(session: Session, since: date, until: date, *, limit: int) -> PastRows:
    """Customers with an invoice that was open between two days, and all that is told of them.

    At most `limit` customers: those whose ids come first.
    """
    live = (
        select(InvoiceRow.customer_id)
        .where(col(InvoiceRow.issued_on) <= until, _may_have_been_open(since))
        .distinct()
        .order_by(col(InvoiceRow.customer_id))
    )
    ids = list((await session.exec(live.limit(limit))).all())
    left_out = 0
    if len(ids) == limit:
        left_out = len((await session.exec(live.offset(limit))).all())
    return PastRows(
        customers=await _of(session, CustomerRow, CustomerRow.id, ids),
        contacts=await _of(session, ContactRow, ContactRow.customer_id, ids),
        invoices=await _of(session, InvoiceRow, InvoiceRow.customer_id, ids),
        applied=await _applied(session, ids),
        promises=await _of(session, PromiseRow, PromiseRow.customer_id, ids),
        disputes=await _of(session, DisputeRow, DisputeRow.customer_id, ids),
        holds=await _of(session, HoldRow, HoldRow.customer_id, ids),
        conversations=await _of(session, ConversationRow, ConversationRow.customer_id, ids),
        touches=await _said(session, ids, since),
        moves=await _moves(session, ids),
        runs=await _of(session, PlaybookRunRow, PlaybookRunRow.customer_id, ids),
        scores=await _of(session, ScoreRow, ScoreRow.customer_id, ids),
        subsidiaries=(await session.exec(select(SubsidiaryRow))).all(),
        left_out=left_out,
    )


def _may_have_been_open(since: date) -> ColumnElement[bool]:
    """Open still, due since a day, or settled or changed since then although it was due before."""
    begin = datetime.combine(since, time(), tzinfo=UTC)
    settled_on = func.coalesce(
        col(PaymentRow.received_on), col(CreditMemoRow.issued_on), col(SettlementRow.on_day)
    )
    settled = (
        columns(col(ApplicationRow.id))
        .outerjoin(PaymentRow, col(PaymentRow.id) == col(ApplicationRow.payment_id))
        .outerjoin(CreditMemoRow, col(CreditMemoRow.id) == col(ApplicationRow.credit_memo_id))
        .outerjoin(SettlementRow, col(SettlementRow.id) == col(ApplicationRow.settlement_id))
        .where(col(ApplicationRow.invoice_id) == col(InvoiceRow.id), settled_on >= since)
    )
    return or_(
        col(InvoiceRow.status) == "open",
        col(InvoiceRow.due_on) >= since,
        col(InvoiceRow.erp_modified_at) >= begin,
        col(InvoiceRow.gone_at) >= begin,
        settled.exists(),
    )


async def _moves(session: Session, ids: Sequence[int]) -> Sequence[Moved]:
    """What became of the conversations with these customers, in order."""
    query = (
        columns(
            col(AuditRow.subject_id), col(AuditRow.at), col(AuditRow.action), col(AuditRow.detail)
        )
        .where(col(AuditRow.action).in_([f"conversation.{state}" for state in _STATES]))
        .where(col(AuditRow.subject_kind) == "customer")
        .where(col(AuditRow.subject_id).in_([str(i) for i in ids]))
        .order_by(col(AuditRow.id))
    )
    found = (await (await session.connection()).execute(query)).all()
    return [Moved(int(i), at, action.partition(".")[2], detail) for i, at, action, detail in found]


async def _of(session: Session, kind: type[_Row], owner: Any, ids: Sequence[int]) -> Sequence[_Row]:
    found = await session.exec(select(kind).where(col(owner).in_(ids)).order_by(col(owner)))
    return found.all()


async def _applied(session: Session, ids: Sequence[int]) -> Sequence[Applied]:
    """Payments, credits and settlements set against the invoices of these customers."""
    of = (col(ApplicationRow.invoice_id), col(ApplicationRow.amount_minor))
    # A payment first seen in the ERP was booked there long before it was imported.
    ours = col(PaymentRow.source) != "netsuite"
    paid = (
        columns(*of, col(PaymentRow.received_on), case((ours, col(PaymentRow.created_at))))
        .join(PaymentRow, col(PaymentRow.id) == col(ApplicationRow.payment_id))
        .where(col(PaymentRow.state) != "reversed")
    )
    credited = columns(*of, col(CreditMemoRow.issued_on), null()).join(
        CreditMemoRow, col(CreditMemoRow.id) == col(ApplicationRow.credit_memo_id)
    )
    settled = columns(*of, col(SettlementRow.on_day), null()).join(
        SettlementRow, col(SettlementRow.id) == col(ApplicationRow.settlement_id)
    )
    invoices = select(InvoiceRow.id).where(col(InvoiceRow.customer_id).in_(ids))
    wanted = col(ApplicationRow.invoice_id).in_(invoices)
    connection = await session.connection()
    return [
        Applied(*row)
        for query in (paid, credited, settled)
        for row in (await connection.execute(query.where(wanted))).all()
    ]


async def _said(
    session: Session, ids: Sequence[int], since: date
) -> Sequence[tuple[int, TouchColumns]]:
    """What came in and what people sent; what the cadence planned only before `since`."""
    begin = datetime.combine(since, time(), tzinfo=UTC)
    given = or_(col(TouchpointRow.step) == "", col(TouchpointRow.occurred_at) < begin)
    wanted = [col(getattr(TouchpointRow, name)) for name in TouchColumns._fields]
    query = (
        columns(col(TouchpointRow.customer_id), *wanted)
        .where(col(TouchpointRow.customer_id).in_(ids), given)
        .order_by(col(TouchpointRow.occurred_at))
    )
    found = (await (await session.connection()).execute(query)).all()
    return [(row[0], TouchColumns(*row[1:])) for row in found]
