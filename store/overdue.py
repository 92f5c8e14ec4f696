"""Customers as a collector works through them: who owes, how late, what was said last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Exists, Select, all_, case, exists, func, or_
from sqlalchemy import select as columns
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money
from store.conversations import ConversationRow
from store.effects import EffectRow
from store.engine import Session
from store.followups import FollowUpRow
from store.pages import COLLECTABLE
from store.parties import CustomerRow
from store.receivables import InvoiceRow
from store.scores import ScoreRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.touchpoints import TouchpointRow

# Days past due of the oldest open invoice, by aging bucket: from, up to.
AGES: dict[str, tuple[int, int | None]] = {
    "1-30": (1, 30),
    "31-60": (31, 60),
    "61-90": (61, 90),
    "90+": (91, None),
}
STANDINGS = ("promised", "disputed", "held", "waiting", "free", "escalated", "resolved", "live")
ORDERS = ("oldest", "amount", "name", "priority")
NOBODY = "nobody"


Wide = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which customers to list. `standing` is one of STANDINGS, `age` one of AGES.

    `assignee` is a user's id as text, or NOBODY. Priority: who is likely to pay late comes first,
    and of those alike who owes more.
    """

    text: str = ""
    currency: str = ""
    age: str = ""
    standing: str = ""
    order: str = "oldest"
    overdue_only: bool = True
    assignee: str = ""


@dataclass(frozen=True, slots=True)
class Debt:
    """What one customer owes in one currency. `oldest_on` is the earliest due date."""

    customer_id: int
    name: str
    entity_number: str
    open: Money
    overdue: Money
    oldest_on: date | None
    open_count: int
    overdue_count: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands about some customers: last touch, promise, hold, dispute,
    proposed effect, and what the cadence said last.
    """

    touches: dict[int, TouchpointRow]
    promises: dict[int, PromiseRow]
    holds: dict[int, HoldRow]
    disputes: dict[int, DisputeRow]
    proposals: dict[int, EffectRow]
    plans: dict[int, FollowUpRow]


async def debts(
    session: Session, wanted: Filter, today: date, *, limit: int = 50, offset: int = 0
) -> list[Debt]:
    """One row a customer and currency with an open balance."""
    query = _query(wanted, today).limit(limit).offset(offset)
    connection = await session.connection()
    return [
        Debt(
            customer_id=row.id,
            name=row.name,
            entity_number=row.entity_number,
            open=Money(int(row.open), row.currency),
            overdue=Money(int(row.overdue), row.currency),
            oldest_on=row.oldest_on,
            open_count=row.open_count,
            overdue_count=row.overdue_count,
        )
        for row in (await connection.execute(query)).all()
    ]


def _query(wanted: Filter, today: date) -> Wide:
    late = col(InvoiceRow.due_on) < today
    open_ = func.sum(col(InvoiceRow.open_minor))
    overdue = func.sum(case((late, col(InvoiceRow.open_minor)), else_=0))
    oldest = func.min(InvoiceRow.due_on)
    query: Wide = (
        columns(
            col(CustomerRow.id),
            col(CustomerRow.name),
            col(CustomerRow.entity_number),
            col(InvoiceRow.currency),
            open_.label("open"),
            overdue.label("overdue"),
            oldest.label("oldest_on"),
            func.count().label("open_count"),
            func.count().filter(late).label("overdue_count"),
        )
        .join(InvoiceRow, col(InvoiceRow.customer_id) == col(CustomerRow.id))
        .where(COLLECTABLE)
        .group_by(col(CustomerRow.id), col(InvoiceRow.currency))
    )
    if wanted.order == "priority":
        query = query.outerjoin(ScoreRow, col(ScoreRow.customer_id) == col(CustomerRow.id))
        query = query.order_by(func.max(ScoreRow.per_mille).desc().nulls_last(), overdue.desc())
    orders = {"amount": overdue.desc(), "name": func.lower(CustomerRow.name)}
    query = query.order_by(orders.get(wanted.order, oldest), col(CustomerRow.id))
    return _assigned(_narrow(query, wanted, today), wanted.assignee)


def _assigned(query: Wide, assignee: str) -> Wide:
    if not assignee:
        return query
    given = exists().where(
        col(ConversationRow.customer_id) == col(CustomerRow.id),
        col(ConversationRow.assignee_id).is_not(None),
    )
    if assignee == NOBODY:
        return query.where(~given)
    return query.where(given.where(col(ConversationRow.assignee_id) == int(assignee)))


def _narrow(query: Wide, wanted: Filter, today: date) -> Wide:
    if wanted.overdue_only:
        query = query.having(func.min(InvoiceRow.due_on) < today)
    if wanted.text:
        pattern = like(wanted.text)
        matches = or_(
            col(CustomerRow.name).ilike(pattern, escape="\\"),
            col(CustomerRow.entity_number).ilike(pattern, escape="\\"),
        )
        query = query.where(matches)
    if wanted.currency:
        query = query.where(col(InvoiceRow.currency) == wanted.currency)
    if wanted.age in AGES:
        first, last = AGES[wanted.age]
        query = query.having(func.min(InvoiceRow.due_on) <= today - timedelta(days=first))
        if last is not None:
            query = query.having(func.min(InvoiceRow.due_on) >= today - timedelta(days=last))
    return _standing(query, wanted.standing, today)


def _standing(query: Wide, standing: str, today: date) -> Wide:
    promised = exists().where(
        col(PromiseRow.customer_id) == col(CustomerRow.id), col(PromiseRow.state) == "open"
    )
    disputed = exists().where(
        col(DisputeRow.customer_id) == col(CustomerRow.id), col(DisputeRow.state) == "open"
    )
    held = exists().where(
        col(HoldRow.customer_id) == col(CustomerRow.id),
        col(HoldRow.released_at).is_(None),
        or_(col(HoldRow.until_on).is_(None), col(HoldRow.until_on) >= today),
    )
    waiting = exists().where(
        col(EffectRow.customer_id) == col(CustomerRow.id), col(EffectRow.state) == "proposed"
    )
    match standing:
        case "promised":
            return query.where(promised)
        case "disputed":
            return query.where(disputed)
        case "held":
            return query.where(held)
        case "waiting":
            return query.where(waiting)
        case "free":
            return query.where(~promised, ~disputed, ~held, ~waiting, ~_in_state("escalated"))
        case "escalated":
            return query.where(_in_state("escalated"))
        case "resolved":
            return query.where(_closed(today))
        case "live":
            return query.where(~_closed(today))
        case _:
            return query


def _in_state(state: str) -> Exists:
    return exists().where(
        col(ConversationRow.customer_id) == col(CustomerRow.id), col(ConversationRow.state) == state
    )


def _closed(today: date) -> Exists:
    """A closed conversation, unless an invoice beyond it has become overdue."""
    beyond = aliased(InvoiceRow)
    anew = exists().where(
        col(beyond.customer_id) == col(ConversationRow.customer_id),
        col(beyond.status) == InvoiceStatus.OPEN.value,
        col(beyond.open_minor) > 0,
        col(beyond.due_on) < today,
        col(beyond.id) != all_(col(ConversationRow.invoice_ids)),
    )
    return _in_state("resolved").where(~anew)


async def overdue_of(session: Session, ids: Sequence[int], today: date) -> dict[int, list[Money]]:
    """What these customers owe past its due date, one amount a currency."""
    found = await session.exec(
        select(InvoiceRow.customer_id, InvoiceRow.currency, func.sum(InvoiceRow.open_minor))
        .where(COLLECTABLE, col(InvoiceRow.due_on) < today)
        .where(col(InvoiceRow.customer_id).in_(ids))
        .group_by(col(InvoiceRow.customer_id), col(InvoiceRow.currency))
        .order_by(col(InvoiceRow.customer_id), col(InvoiceRow.currency))
    )
    owed: dict[int, list[Money]] = {}
    for customer_id, currency, minor in found.all():
        owed.setdefault(customer_id, []).append(Money(int(minor), currency))
    return owed


def like(text: str) -> str:
    """An ILIKE pattern (escape character backslash) that finds `text` anywhere, literally."""
    for special in ("\\", "%", "_"):
        text = text.replace(special, "\\" + special)
    return f"%{text}%"


async def currencies(session: Session) -> Sequence[str]:
    """Currencies with an open balance."""
    found = await session.exec(
        select(InvoiceRow.currency).where(COLLECTABLE).distinct().order_by(InvoiceRow.currency)
    )
    return found.all()


async def marks(session: Session, ids: Sequence[int], today: date) -> Marks:
    """What stands about these customers, in six queries however many they are."""
    holds = await session.exec(
        select(HoldRow)
        .where(col(HoldRow.customer_id).in_(ids), col(HoldRow.released_at).is_(None))
        .where(or_(col(HoldRow.until_on).is_(None), col(HoldRow.until_on) >= today))
        .order_by(col(HoldRow.id))
    )
    disputes = await session.exec(
        select(DisputeRow)
        .where(col(DisputeRow.customer_id).in_(ids), col(DisputeRow.state) == "open")
        .order_by(col(DisputeRow.id))
    )
    plans = await session.exec(
        select(FollowUpRow).where(
            col(FollowUpRow.customer_id).in_(ids), col(FollowUpRow.outcome) != ""
        )
    )
    return Marks(
        await _last_touches(session, ids),
        await _next_promises(session, ids),
        {row.customer_id: row for row in holds.all()},
        {row.customer_id: row for row in disputes.all()},
        await _proposals(session, ids),
        {row.customer_id: row for row in plans.all()},
    )


async def _last_touches(session: Session, ids: Sequence[int]) -> dict[int, TouchpointRow]:
    found = await session.exec(
        select(TouchpointRow)
        .where(col(TouchpointRow.customer_id).in_(ids))
        .ext(distinct_on(col(TouchpointRow.customer_id)))
        .order_by(
            col(TouchpointRow.customer_id),
            col(TouchpointRow.occurred_at).desc(),
            col(TouchpointRow.id).desc(),
        )
    )
    return {row.customer_id: row for row in found.all() if row.customer_id is not None}


async def _next_promises(session: Session, ids: Sequence[int]) -> dict[int, PromiseRow]:
    found = await session.exec(
        select(PromiseRow)
        .where(col(PromiseRow.customer_id).in_(ids), col(PromiseRow.state) == "open")
        .order_by(col(PromiseRow.promised_on).desc())
    )
    return {row.customer_id: row for row in found.all()}


async def _proposals(session: Session, ids: Sequence[int]) -> dict[int, EffectRow]:
    found = await session.exec(
        select(EffectRow)
        .where(col(EffectRow.customer_id).in_(ids), col(EffectRow.state) == "proposed")
        .order_by(col(EffectRow.id))
    )
    return {row.customer_id: row for row in found.all() if row.customer_id is not None}
