"""What colleagues ask of everybody at once: debtors, promises, disputes, receipts, replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from domain.ledger.money import Money
from store.engine import Session
from store.pages import COLLECTABLE
from store.parties import CustomerRow
from store.receivables import InvoiceRow, PaymentRow
from store.standing import DisputeRow, PromiseRow
from store.touchpoints import TouchpointRow

Wide = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which debtors. Days past due of an invoice from `late_from` up to `late_to`.

    `least`: minor units by currency that the invoices so late must sum to more than; a currency
    that is not in it is left out. An empty `least` asks for any sum.
    """

    late_from: int = 1
    late_to: int | None = None
    currency: str = ""
    least: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Debtor:
    """A customer in one currency: what is so late, all that is open, the oldest so late."""

    customer_id: int
    name: str
    late: Money
    open: Money
    count: int
    oldest_on: date


@dataclass(frozen=True, slots=True)
class Debtors:
    """The first of them, how many rows and customers there are, and their sums by currency."""

    rows: tuple[Debtor, ...]
    count: int
    customers: int
    sums: tuple[Money, ...]


async def debtors(session: Session, wanted: Wanted, today: date, *, limit: int) -> Debtors:
    """Customers with invoices as late as asked, the largest sum of a currency first.

    Two statements. Currencies come in their order, for amounts of two cannot be compared.
    """
    query = _debtors(wanted, today)
    found = query.subquery()
    connection = await session.connection()
    rows = (
        await connection.execute(
            query.order_by(
                col(InvoiceRow.currency), _late(wanted, today).desc(), CustomerRow.name
            ).limit(limit)
        )
    ).all()
    sums = (
        await connection.execute(
            columns(found.c.currency, func.sum(found.c.late), func.count())
            .group_by(found.c.currency)
            .order_by(found.c.currency)
        )
    ).all()
    people = await connection.execute(columns(func.count(func.distinct(found.c.id))))
    return Debtors(
        tuple(
            Debtor(
                r.id, r.name, Money(int(r.late), r.currency), Money(int(r.open), r.currency),
                r.invoices, r.oldest,
            )
            for r in rows
        ),
        sum(int(r[2]) for r in sums),
        int(people.scalar_one()),
        tuple(Money(int(r[1]), r[0]) for r in sums),
    )  # fmt: skip


def _so_late(wanted: Wanted, today: date) -> ColumnElement[bool]:
    newest = col(InvoiceRow.due_on) <= today - timedelta(days=wanted.late_from)
    if wanted.late_to is None:
        return newest
    return and_(newest, col(InvoiceRow.due_on) >= today - timedelta(days=wanted.late_to))


def _late(wanted: Wanted, today: date) -> ColumnElement[int]:
    return func.sum(case((_so_late(wanted, today), col(InvoiceRow.open_minor)), else_=0))


def _debtors(wanted: Wanted, today: date) -> Wide:
    so_late, late = _so_late(wanted, today), _late(wanted, today)
    count = func.count().filter(so_late)
    query: Wide = (
        columns(
            col(CustomerRow.id),
            col(CustomerRow.name),
            col(InvoiceRow.currency),
            late.label("late"),
            func.sum(col(InvoiceRow.open_minor)).label("open"),
            count.label("invoices"),
            func.min(InvoiceRow.due_on).filter(so_late).label("oldest"),
        )
        .join(InvoiceRow, col(InvoiceRow.customer_id) == col(CustomerRow.id))
        .where(COLLECTABLE)
        .group_by(col(CustomerRow.id), col(InvoiceRow.currency))
        .having(count > 0)
    )
    if wanted.currency:
        query = query.where(col(InvoiceRow.currency) == wanted.currency)
    if wanted.least:
        above = [
            and_(col(InvoiceRow.currency) == currency, late > minor)
            for currency, minor in wanted.least.items()
        ]
        query = query.having(or_(*above))
    return query


async def promises_asked(
    session: Session,
    *,
    state: str,
    customer_id: int | None = None,
    due_from: date | None = None,
    due_to: date | None = None,
    limit: int = 50,
) -> Sequence[tuple[PromiseRow, str]]:
    """Promises in a state with their customer's name, the earliest day first."""
    query = (
        select(PromiseRow, CustomerRow.name)
        .join(CustomerRow, col(CustomerRow.id) == col(PromiseRow.customer_id))
        .where(PromiseRow.state == state)
        .order_by(col(PromiseRow.promised_on), col(PromiseRow.id))
        .limit(limit)
    )
    if customer_id is not None:
        query = query.where(PromiseRow.customer_id == customer_id)
    if due_from is not None:
        query = query.where(col(PromiseRow.promised_on) >= due_from)
    if due_to is not None:
        query = query.where(col(PromiseRow.promised_on) <= due_to)
    return (await session.exec(query)).all()


async def disputes_asked(
    session: Session, *, customer_id: int | None = None, limit: int = 50
) -> Sequence[tuple[DisputeRow, str, str | None, Money | None]]:
    """Open disputes with the customer's name, the invoice's number and what is open of it, the
    oldest first."""
    query = (
        select(DisputeRow, CustomerRow.name, InvoiceRow)
        .join(CustomerRow, col(CustomerRow.id) == col(DisputeRow.customer_id))
        .outerjoin(InvoiceRow, col(InvoiceRow.id) == col(DisputeRow.invoice_id))
        .where(DisputeRow.state == "open")
        .order_by(col(DisputeRow.opened_at), col(DisputeRow.id))
        .limit(limit)
    )
    if customer_id is not None:
        query = query.where(DisputeRow.customer_id == customer_id)
    return [
        (row, name, i.number if i else None, Money(i.open_minor, i.currency) if i else None)
        for row, name, i in (await session.exec(query)).all()
    ]


@dataclass(frozen=True, slots=True)
class Receipts:
    """Which money that came in. `amounts`: minor units by currency, any of which fits; `least`
    the same for what it must be more than."""

    customer_id: int | None = None
    amounts: Mapping[str, int] = field(default_factory=dict)
    least: Mapping[str, int] = field(default_factory=dict)
    reference: str = ""
    first: date | None = None
    last: date | None = None
    unplaced: bool = False


async def receipts_asked(
    session: Session, wanted: Receipts, *, limit: int = 30
) -> Sequence[tuple[PaymentRow, str | None]]:
    """Money that came in, with its customer's name if it has one, the latest first."""
    query = (
        select(PaymentRow, CustomerRow.name)
        .outerjoin(CustomerRow, col(CustomerRow.id) == col(PaymentRow.customer_id))
        .where(*receipts_where(wanted))
        .order_by(col(PaymentRow.received_on).desc(), col(PaymentRow.id).desc())
        .limit(limit)
    )
    return [(row, name) for row, name in (await session.exec(query)).all()]


def receipts_where(wanted: Receipts) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(PaymentRow.state).not_in(("split", "not_a_receipt"))]
    if wanted.customer_id is not None:
        found.append(col(PaymentRow.customer_id) == wanted.customer_id)
    if wanted.amounts:
        same = [
            and_(col(PaymentRow.currency) == currency, col(PaymentRow.amount_minor) == minor)
            for currency, minor in wanted.amounts.items()
        ]
        found.append(or_(*same))
    if wanted.least:
        more = [
            and_(col(PaymentRow.currency) == currency, col(PaymentRow.amount_minor) > minor)
            for currency, minor in wanted.least.items()
        ]
        found.append(or_(*more))
    if wanted.reference:
        texts = (PaymentRow.reference, PaymentRow.source_id, PaymentRow.number)
        found.append(or_(*(col(t).icontains(wanted.reference, autoescape=True) for t in texts)))
    if wanted.first is not None:
        found.append(col(PaymentRow.received_on) >= wanted.first)
    if wanted.last is not None:
        found.append(col(PaymentRow.received_on) <= wanted.last)
    if wanted.unplaced:
        open_ = col(PaymentRow.netsuite_id).is_(None)
        waits = col(PaymentRow.state).in_(("received", "waiting", "parked")) & open_
        loose = col(PaymentRow.netsuite_id).is_not(None) & (col(PaymentRow.unapplied_minor) > 0)
        found.append(waits | (loose & (col(PaymentRow.state) != "reversed")))
    return found


async def written_by(
    session: Session, customer_id: int, *, limit: int = 3
) -> Sequence[TouchpointRow]:
    """The latest mails that people at a customer wrote, newest first."""
    found = await session.exec(
        select(TouchpointRow)
        .where(TouchpointRow.customer_id == customer_id, TouchpointRow.direction == "in")
        .where(TouchpointRow.kind == "reply")
        .order_by(col(TouchpointRow.occurred_at).desc(), col(TouchpointRow.id).desc())
        .limit(limit)
    )
    return found.all()


async def contacts_with(
    session: Session, customer_id: int, *, limit: int = 20
) -> Sequence[TouchpointRow]:
    """The latest contacts with a customer in both directions, newest first."""
    found = await session.exec(
        select(TouchpointRow)
        .where(TouchpointRow.customer_id == customer_id)
        .order_by(col(TouchpointRow.occurred_at).desc(), col(TouchpointRow.id).desc())
        .limit(limit)
    )
    return found.all()
