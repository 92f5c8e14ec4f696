"""The queue of receipts by where each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, false, func, or_
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlmodel import col, select

from store.audit import AuditRow
from store.effects import EffectRow
from store.engine import Session
from store.overdue import like
from store.parties import CustomerRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from store.worklist import WorkItemRow

Found = tuple[PaymentRow, EffectRow | None, CustomerRow | None, datetime | None]

_LET_THROUGH = ("approved", "performing", "done", "failed", "unknown")


def tab_of() -> ColumnElement[str]:
    """In which tab a receipt stands; empty for what is settled."""
    state, effect_state = col(PaymentRow.state), col(EffectRow.state)
    by_policy = (
        col(PaymentRow.live) & (col(EffectRow.required_role) == "") & effect_state.in_(_LET_THROUGH)
    )
    return case(
        (state == "not_a_receipt", "not_a_receipt"),
        (state == "parked", "parked"),
        (state.in_(("proposed", "posted")) & by_policy, "auto"),
        (state == "proposed", "proposed"),
        (
            state.in_(("waiting", "received")) & (col(PaymentRow.outcome) == "unmatched"),
            "unmatched",
        ),
        (state == "waiting", "ambiguous"),
        else_="",
    )


async def counted(session: Session) -> Mapping[str, int]:
    """How many receipts stand in each tab."""
    tab = tab_of().label("tab")
    found = await session.exec(
        select(tab, func.count())
        .select_from(PaymentRow)
        .outerjoin(EffectRow, col(EffectRow.id) == col(PaymentRow.effect_id))
        .where(col(PaymentRow.source) != "netsuite")
        .group_by(tab)
    )
    return {str(name): int(n) for name, n in found.all()}


async def listed(
    session: Session,
    tab: str,
    *,
    search: str,
    amounts: Sequence[int],
    after: int,
    limit: int,
    state: str = "",
) -> Sequence[Found]:
    """Receipts of a tab with their posting, their customer and since when they wait.

    In the tab "all" those that the ERP had already, too; of a `state`, if one is given.
    """
    query = _joined()
    if tab != "all":
        query = query.where(col(PaymentRow.source) != "netsuite", tab_of() == tab)
    if state:
        query = query.where(col(PaymentRow.state) == state)
    if search:
        query = query.where(_carries(search, amounts))
    if after:
        query = query.where(col(PaymentRow.id) < after)
    found = await session.exec(query.order_by(col(PaymentRow.id).desc()).limit(limit))
    return [(p, e, c, at) for p, e, c, at in found.all()]


async def one(session: Session, payment_id: int) -> Found | None:
    """A receipt with its posting, its customer and since when it waits."""
    found = (await session.exec(_joined().where(col(PaymentRow.id) == payment_id))).first()
    return None if found is None else (found[0], found[1], found[2], found[3])


async def parts_of(session: Session, payment_id: int) -> Sequence[Found]:
    """The parts a receipt was split into."""
    query = _joined().where(col(PaymentRow.parent_id) == payment_id)
    found = await session.exec(query.order_by(col(PaymentRow.id)).limit(200))
    return [(p, e, c, at) for p, e, c, at in found.all()]


async def history_of(
    session: Session, payment_id: int, effect_ids: Sequence[int], *, limit: int = 100
) -> Sequence[AuditRow]:
    """What was done to a receipt and its effects, oldest first."""
    of_effects = (
        (col(AuditRow.subject_kind) == "effect")
        & col(AuditRow.subject_id).in_([str(i) for i in effect_ids])
        if effect_ids
        else false()
    )
    own = (col(AuditRow.subject_kind) == "payment") & (col(AuditRow.subject_id) == str(payment_id))
    found = await session.exec(
        select(AuditRow).where(or_(own, of_effects)).order_by(col(AuditRow.id).desc()).limit(limit)
    )
    return tuple(reversed(found.all()))


async def class_of(session: Session, effect_id: int) -> str:
    """The class behind a posting; "person" where a person chose it, empty where there is none."""
    found = await session.exec(
        select(PaymentRow.klass, EffectRow.proposed_by_kind)
        .join(EffectRow, col(EffectRow.id) == col(PaymentRow.effect_id))
        .where(col(EffectRow.id) == effect_id)
    )
    first = found.first()
    if first is None:
        return ""
    return "person" if first[1] == "person" else first[0] or "guess"


async def names_of(session: Session, customer_ids: Sequence[int]) -> Mapping[int, str]:
    """Customers' names by id."""
    found = await session.exec(
        select(CustomerRow.id, CustomerRow.name).where(col(CustomerRow.id).in_(customer_ids))
    )
    return {row[0]: row[1] for row in found.all()}


async def open_of(session: Session, customer_ids: Sequence[int]) -> Sequence[InvoiceRow]:
    """Open invoices of these customers, oldest due first, at most 300."""
    found = await session.exec(
        select(InvoiceRow)
        .where(col(InvoiceRow.customer_id).in_(customer_ids))
        .where(col(InvoiceRow.status) == "open", col(InvoiceRow.open_minor) > 0)
        .order_by(col(InvoiceRow.due_on), col(InvoiceRow.id))
        .limit(300)
    )
    return found.all()


def _joined() -> Any:
    waits = (
        select(WorkItemRow.opened_at)
        .where(col(WorkItemRow.payment_id) == col(PaymentRow.id))
        .where(col(WorkItemRow.kind) == "payment", col(WorkItemRow.closed_at).is_(None))
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(PaymentRow, EffectRow, CustomerRow, waits)
        .outerjoin(EffectRow, col(EffectRow.id) == col(PaymentRow.effect_id))
        .outerjoin(CustomerRow, col(CustomerRow.id) == col(PaymentRow.customer_id))
    )


def _carries(search: str, amounts: Sequence[int]) -> ColumnElement[bool]:
    """Text anywhere in what names a receipt or an invoice of it, or one of these amounts."""
    pattern = like(search)
    texts = (
        PaymentRow.payer_name,
        PaymentRow.reference,
        PaymentRow.source_id,
        PaymentRow.number,
        CustomerRow.name,
    )
    named = or_(
        *(col(text).ilike(pattern, escape="\\") for text in texts),
        _numbers(PaymentRow.allocation, "$.invoices[*].number").ilike(pattern, escape="\\"),
        _numbers(PaymentRow.match, "$.**.invoices[*].number").ilike(pattern, escape="\\"),
        select(ApplicationRow.id)
        .join(InvoiceRow, col(InvoiceRow.id) == col(ApplicationRow.invoice_id))
        .where(col(ApplicationRow.payment_id) == col(PaymentRow.id))
        .where(col(InvoiceRow.number).ilike(pattern, escape="\\"))
        .exists(),
    )
    if not amounts:
        return named
    minor = (col(PaymentRow.amount_minor), col(PaymentRow.received_minor))
    return or_(named, *(column.in_(list(amounts)) for column in minor))


def _numbers(column: object, path: str) -> ColumnElement[str]:
    """The texts at a path of a JSON column, as one text."""
    found = func.jsonb_path_query_array(column, cast(path, JSONPATH))
    return cast(found, Text)
