"""Figures and lists that people look at: totals, aging, what waits, invoices and payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from domain.ledger.aging import BUCKETS
from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money
from store.effects import EffectRow
from store.engine import Database, Session
from store.parties import CustomerRow
from store.receivables import ApplicationRow, CreditMemoRow, InvoiceRow, PaymentRow
from store.standing import PromiseRow
from store.worklist import WorkItemRow

DSO_DAYS = 90
COLLECTABLE = (col(InvoiceRow.status) == InvoiceStatus.OPEN.value) & (
    col(InvoiceRow.open_minor) > 0
)


@dataclass(frozen=True, slots=True)
class Position:
    """Totals of one currency. `billed` is what was invoiced in the 90 days up to today."""

    currency: str
    open: Money
    overdue: Money
    unapplied: Money
    collected: Money
    billed: Money

    @property
    def dso(self) -> int | None:
        """Days sales outstanding: open balance / billed in 90 days x 90, rounded; None when
        nothing was billed. Honest only if paid invoices of 90 days are here too."""
        if self.billed.minor <= 0:
            return None
        return (self.open.minor * DSO_DAYS * 2 + self.billed.minor) // (self.billed.minor * 2)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a person."""

    effects: dict[tuple[str, str], int]
    items: dict[str, int]
    promises_due: int
    promises_broken: int

    def of(self, *states: str) -> int:
        """Effects in these states, of any kind."""
        return sum(n for (state, _), n in self.effects.items() if state in states)


async def positions(
    session: Session, today: date, *, customer_id: int | None = None
) -> list[Position]:
    """Totals by currency: everybody's, or one customer's. Sorted by currency code."""
    claims = await _claims(session, today, customer_id)
    received = await _received(session, today, customer_id)
    credited = await _credited(session, customer_id)
    found = []
    for currency in sorted({*claims, *received, *credited}):
        open_, overdue, billed = claims.get(currency, (0, 0, 0))
        collected, unapplied = received.get(currency, (0, 0))
        loose = unapplied + credited.get(currency, 0)
        amounts = (Money(n, currency) for n in (open_, overdue, loose, collected, billed))
        found.append(Position(currency, *amounts))
    return found


async def _claims(
    session: Session, today: date, customer_id: int | None
) -> dict[str, tuple[int, int, int]]:
    open_ = func.sum(case((COLLECTABLE, col(InvoiceRow.open_minor)), else_=0))
    late = COLLECTABLE & (col(InvoiceRow.due_on) < today)
    overdue = func.sum(case((late, col(InvoiceRow.open_minor)), else_=0))
    counted = col(InvoiceRow.status).in_((InvoiceStatus.OPEN.value, InvoiceStatus.PAID.value))
    recent = counted & col(InvoiceRow.issued_on).between(today - timedelta(days=89), today)
    billed = func.sum(case((recent, col(InvoiceRow.total_minor)), else_=0))
    query = select(InvoiceRow.currency, open_, overdue, billed).group_by(InvoiceRow.currency)
    if customer_id is not None:
        query = query.where(InvoiceRow.customer_id == customer_id)
    rows = (await session.exec(query)).all()
    return {r[0]: (int(r[1] or 0), int(r[2] or 0), int(r[3] or 0)) for r in rows}


async def _received(
    session: Session, today: date, customer_id: int | None
) -> dict[str, tuple[int, int]]:
    live = col(PaymentRow.state).not_in(("reversed", "split", "not_a_receipt"))
    this_month = live & col(PaymentRow.received_on).between(today.replace(day=1), today)
    month = func.sum(case((this_month, col(PaymentRow.amount_minor)), else_=0))
    loose = func.sum(case((live, col(PaymentRow.unapplied_minor)), else_=0))
    query = select(PaymentRow.currency, month, loose).group_by(PaymentRow.currency)
    if customer_id is not None:
        query = query.where(PaymentRow.customer_id == customer_id)
    rows = (await session.exec(query)).all()
    return {r[0]: (int(r[1] or 0), int(r[2] or 0)) for r in rows}


async def _credited(session: Session, customer_id: int | None) -> dict[str, int]:
    query = (
        select(CreditMemoRow.currency, func.sum(CreditMemoRow.open_minor))
        .where(CreditMemoRow.open_minor > 0)
        .group_by(CreditMemoRow.currency)
    )
    if customer_id is not None:
        query = query.where(CreditMemoRow.customer_id == customer_id)
    return {r[0]: int(r[1] or 0) for r in (await session.exec(query)).all()}


def bucket_of(today: date) -> ColumnElement[str]:
    """The aging bucket of an invoice row, by the limits of domain.ledger.aging."""
    days = today - col(InvoiceRow.due_on)
    limits = ((0, "current"), (30, "1-30"), (60, "31-60"), (90, "61-90"))
    return case(*((days <= limit, name) for limit, name in limits), else_="90+")


async def aging_table(
    session: Session, today: date, *, customer_id: int | None = None
) -> dict[str, dict[str, Money]]:
    """Open balance by currency and aging bucket, every bucket present."""
    bucket = bucket_of(today).label("bucket")
    query = (
        select(InvoiceRow.currency, bucket, func.sum(InvoiceRow.open_minor))
        .where(COLLECTABLE)
        .group_by(InvoiceRow.currency, bucket)
        .order_by(InvoiceRow.currency)
    )
    if customer_id is not None:
        query = query.where(InvoiceRow.customer_id == customer_id)
    table: dict[str, dict[str, Money]] = {}
    for currency, name, minor in (await session.exec(query)).all():
        row = table.setdefault(currency, {b: Money.zero(currency) for b in BUCKETS})
        row[name] = Money(int(minor), currency)
    return table


async def waiting(session: Session, now: datetime, today: date) -> Waiting:
    """What waits for a person now."""
    effects = await session.exec(
        select(EffectRow.state, EffectRow.kind, func.count())
        .where(col(EffectRow.state).in_(("proposed", "unknown", "failed")))
        .group_by(EffectRow.state, EffectRow.kind)
    )
    items = await session.exec(
        select(WorkItemRow.kind, func.count())
        .where(col(WorkItemRow.closed_at).is_(None))
        .group_by(WorkItemRow.kind)
    )
    due = await session.exec(
        select(func.count())
        .select_from(PromiseRow)
        .where(PromiseRow.state == "open", PromiseRow.promised_on <= today)
    )
    broken = await session.exec(
        select(func.count())
        .select_from(PromiseRow)
        .where(PromiseRow.state == "broken")
        .where(col(PromiseRow.settled_at) >= now - timedelta(days=7))
    )
    return Waiting(
        {(state, kind): n for state, kind, n in effects.all()},
        dict(items.all()),
        due.one(),
        broken.one(),
    )


async def recent_effects(
    session: Session, since: datetime, *, limit: int = 10
) -> Sequence[EffectRow]:
    """Effects that were proposed or moved since an instant, latest first."""
    found = await session.exec(
        select(EffectRow)
        .where(col(EffectRow.changed_at) >= since)
        .order_by(col(EffectRow.changed_at).desc(), col(EffectRow.id).desc())
        .limit(limit)
    )
    return found.all()


async def moved_since(session: Session, since: datetime) -> dict[tuple[str, str], int]:
    """How many effects of each kind stand in each state after moving since an instant."""
    found = await session.exec(
        select(EffectRow.kind, EffectRow.state, func.count())
        .where(col(EffectRow.changed_at) >= since)
        .group_by(EffectRow.kind, EffectRow.state)
    )
    return {(kind, state): n for kind, state, n in found.all()}


async def customer_names(session: Session, ids: set[int]) -> dict[int, str]:
    """Names of customers by id."""
    if not ids:
        return {}
    found = await session.exec(
        select(CustomerRow.id, CustomerRow.name).where(col(CustomerRow.id).in_(ids))
    )
    return dict(found.all())


async def invoices_page(
    session: Session,
    *,
    customer_id: int | None = None,
    only_open: bool = True,
    after: int = 0,
    limit: int = 50,
) -> Sequence[InvoiceRow]:
    """Invoices by id, after the last id seen."""
    query = (
        select(InvoiceRow).where(InvoiceRow.id > after).order_by(col(InvoiceRow.id)).limit(limit)
    )
    if only_open:
        query = query.where(COLLECTABLE)
    if customer_id is not None:
        query = query.where(InvoiceRow.customer_id == customer_id)
    return (await session.exec(query)).all()


async def invoices_by_due(
    session: Session, customer_id: int, *, limit: int = 300
) -> Sequence[InvoiceRow]:
    """A customer's invoices: open ones first, then the oldest due date first."""
    found = await session.exec(
        select(InvoiceRow)
        .where(InvoiceRow.customer_id == customer_id)
        .order_by(case((COLLECTABLE, 0), else_=1), col(InvoiceRow.due_on), col(InvoiceRow.id))
        .limit(limit)
    )
    return found.all()


async def invoice(session: Session, invoice_id: int) -> InvoiceRow | None:
    """The invoice, or None."""
    return await session.get(InvoiceRow, invoice_id)


async def payments_page(
    session: Session,
    *,
    state: str | None = None,
    customer_id: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> Sequence[PaymentRow]:
    """Payments, the latest arrival first, before the last id seen."""
    query = select(PaymentRow).order_by(col(PaymentRow.id).desc()).limit(limit)
    if state:
        query = query.where(PaymentRow.state == state)
    if customer_id is not None:
        query = query.where(PaymentRow.customer_id == customer_id)
    if before is not None:
        query = query.where(PaymentRow.id < before)
    return (await session.exec(query)).all()


async def payment(session: Session, payment_id: int) -> PaymentRow | None:
    """The payment, or None."""
    return await session.get(PaymentRow, payment_id)


async def applied_lines(
    session: Session, payment_ids: Sequence[int]
) -> dict[int, list[tuple[str, Money]]]:
    """What each payment is applied to in the ERP: invoice number and amount."""
    found = await session.exec(
        select(ApplicationRow.payment_id, InvoiceRow, ApplicationRow.amount_minor)
        .join(InvoiceRow, col(InvoiceRow.id) == col(ApplicationRow.invoice_id))
        .where(col(ApplicationRow.payment_id).in_(payment_ids))
        .order_by(col(ApplicationRow.id))
    )
    lines: dict[int, list[tuple[str, Money]]] = {}
    for payment_id, row, minor in found.all():
        if payment_id is not None:
            lines.setdefault(payment_id, []).append((row.number, Money(minor, row.currency)))
    return lines


async def work_item(session: Session, item_id: int) -> WorkItemRow | None:
    """The work item, open or closed, or None."""
    return await session.get(WorkItemRow, item_id)


async def work_items_page(
    session: Session, *, kind: str = "", after: int = 0, limit: int = 50
) -> Sequence[WorkItemRow]:
    """Open work items of a kind (or any) by id, which is the order they arose, after the last."""
    query = (
        select(WorkItemRow)
        .where(WorkItemRow.id > after, col(WorkItemRow.closed_at).is_(None))
        .order_by(col(WorkItemRow.id))
        .limit(limit)
    )
    if kind:
        query = query.where(WorkItemRow.kind == kind)
    return (await session.exec(query)).all()


async def customers_page(
    session: Session, *, text: str = "", after: int = 0, limit: int = 50
) -> Sequence[CustomerRow]:
    """Customers by id, after the last id seen; `text` finds them by name or number."""
    query = (
        select(CustomerRow).where(CustomerRow.id > after).order_by(col(CustomerRow.id)).limit(limit)
    )
    if text:
        named = col(CustomerRow.name).icontains(text, autoescape=True)
        query = query.where(named | col(CustomerRow.entity_number).icontains(text, autoescape=True))
    return (await session.exec(query)).all()


async def effects_page(
    session: Session,
    *,
    state: str = "",
    kind: str = "",
    customer_id: int | None = None,
    after: int = 0,
    limit: int = 50,
) -> Sequence[EffectRow]:
    """Effects by id, after the last id seen."""
    query = select(EffectRow).where(EffectRow.id > after).order_by(col(EffectRow.id)).limit(limit)
    if state:
        query = query.where(EffectRow.state == state)
    if kind:
        query = query.where(EffectRow.kind == kind)
    if customer_id is not None:
        query = query.where(EffectRow.customer_id == customer_id)
    return (await session.exec(query)).all()


async def answers(db: Database) -> bool:
    """Whether the database answers."""
    try:
        async with db.read() as session:
            return (await session.exec(select(1))).one() == 1
    except (SQLAlchemyError, OSError):
        return False
