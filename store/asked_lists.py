"""Lists that colleagues ask for: invoices by day, mail by day, who rests, sums of receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from domain.ledger.money import Money
from store.asked import Receipts, receipts_where
from store.engine import Session
from store.pages import COLLECTABLE
from store.parties import ContactRow, CustomerRow
from store.receivables import InvoiceRow, PaymentRow
from store.standing import HoldRow
from store.touchpoints import TouchpointRow

ORDERS = ("due", "largest", "newest")


@dataclass(frozen=True, slots=True)
class Claims:
    """Which invoices. First and last days are in; `order` is one of ORDERS. Paid ones are there
    too when it is not `open_only`; `least`: by currency, minor units that must be open."""

    customer_id: int | None = None
    currency: str = ""
    due: tuple[date, date] | None = None
    issued: tuple[date, date] | None = None
    order: str = "due"
    open_only: bool = True
    least: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """The first rows with their customer's name, how many there are, and their sums."""

    rows: tuple[tuple[InvoiceRow, str], ...]
    count: int
    open: tuple[Money, ...]
    total: tuple[Money, ...]


async def invoices_asked(session: Session, wanted: Claims, *, limit: int) -> Listed:
    """Invoices that fit. Largest first is by currency: amounts of two cannot be compared."""
    where = _claims(wanted)
    orders = {
        "largest": (col(InvoiceRow.currency), col(InvoiceRow.open_minor).desc()),
        "newest": (col(InvoiceRow.issued_on).desc(), col(InvoiceRow.id).desc()),
    }
    order = orders.get(wanted.order, (col(InvoiceRow.due_on), col(InvoiceRow.number)))
    found = await session.exec(
        select(InvoiceRow, CustomerRow.name)
        .join(CustomerRow, col(CustomerRow.id) == col(InvoiceRow.customer_id))
        .where(*where)
        .order_by(*order)
        .limit(limit)
    )
    connection = await session.connection()
    sums = (
        await connection.execute(
            columns(
                col(InvoiceRow.currency),
                func.count(),
                func.sum(InvoiceRow.open_minor),
                func.sum(InvoiceRow.total_minor),
            )
            .where(*where)
            .group_by(col(InvoiceRow.currency))
            .order_by(col(InvoiceRow.currency))
        )
    ).all()
    return Listed(
        tuple((row, name) for row, name in found.all()),
        sum(int(r[1]) for r in sums),
        tuple(Money(int(r[2]), r[0]) for r in sums),
        tuple(Money(int(r[3]), r[0]) for r in sums),
    )


def _claims(wanted: Claims) -> list[ColumnElement[bool]]:
    gone = col(InvoiceRow.status).not_in(("voided", "pending_approval"))
    found: list[ColumnElement[bool]] = [COLLECTABLE if wanted.open_only else gone]
    if wanted.customer_id is not None:
        found.append(col(InvoiceRow.customer_id) == wanted.customer_id)
    if wanted.currency:
        found.append(col(InvoiceRow.currency) == wanted.currency)
    if wanted.least:
        more = [
            and_(col(InvoiceRow.currency) == currency, col(InvoiceRow.open_minor) > minor)
            for currency, minor in wanted.least.items()
        ]
        found.append(or_(*more))
    if wanted.due is not None:
        found.append(col(InvoiceRow.due_on).between(*wanted.due))
    if wanted.issued is not None:
        found.append(col(InvoiceRow.issued_on).between(*wanted.issued))
    return found


async def receipts_summed(session: Session, wanted: Receipts) -> tuple[int, tuple[Money, ...]]:
    """How many receipts fit and what they sum to in each currency; money taken back is left out."""
    connection = await session.connection()
    rows = (
        await connection.execute(
            columns(col(PaymentRow.currency), func.count(), func.sum(PaymentRow.amount_minor))
            .where(*receipts_where(wanted), col(PaymentRow.state) != "reversed")
            .group_by(col(PaymentRow.currency))
            .order_by(col(PaymentRow.currency))
        )
    ).all()
    return sum(int(r[1]) for r in rows), tuple(Money(int(r[2]), r[0]) for r in rows)


@dataclass(frozen=True, slots=True)
class Letters:
    """Which messages. Instants: from `since` up to and not including `before`."""

    direction: str
    kinds: tuple[str, ...] = ()
    customer_id: int | None = None
    since: datetime | None = None
    before: datetime | None = None


async def letters_asked(
    session: Session, wanted: Letters, *, limit: int
) -> tuple[int, Sequence[tuple[TouchpointRow, str]]]:
    """How many messages fit, and the latest of them with their customer's name."""
    where: list[ColumnElement[bool]] = [col(TouchpointRow.direction) == wanted.direction]
    if wanted.kinds:
        where.append(col(TouchpointRow.kind).in_(wanted.kinds))
    if wanted.customer_id is not None:
        where.append(col(TouchpointRow.customer_id) == wanted.customer_id)
    if wanted.since is not None:
        where.append(col(TouchpointRow.occurred_at) >= wanted.since)
    if wanted.before is not None:
        where.append(col(TouchpointRow.occurred_at) < wanted.before)
    count = (
        await session.exec(select(func.count()).select_from(TouchpointRow).where(*where))
    ).one()
    found = await session.exec(
        select(TouchpointRow, CustomerRow.name)
        .join(CustomerRow, col(CustomerRow.id) == col(TouchpointRow.customer_id))
        .where(*where)
        .order_by(col(TouchpointRow.occurred_at).desc(), col(TouchpointRow.id).desc())
        .limit(limit)
    )
    return count, found.all()


async def holds_asked(
    session: Session, today: date, *, limit: int
) -> Sequence[tuple[HoldRow, str, str | None]]:
    """Stops in force with the customer's name and the invoice's number, the latest first."""
    lasting = or_(col(HoldRow.until_on).is_(None), col(HoldRow.until_on) >= today)
    found = await session.exec(
        select(HoldRow, CustomerRow.name, InvoiceRow.number)
        .join(CustomerRow, col(CustomerRow.id) == col(HoldRow.customer_id))
        .outerjoin(InvoiceRow, col(InvoiceRow.id) == col(HoldRow.invoice_id))
        .where(and_(col(HoldRow.released_at).is_(None), lasting))
        .order_by(col(HoldRow.created_at).desc(), col(HoldRow.id).desc())
        .limit(limit)
    )
    return [(row, name, number) for row, name, number in found.all()]


async def silenced(session: Session, *, limit: int) -> Sequence[tuple[ContactRow, str]]:
    """Contacts that are never written to, with their customer's name, the latest first."""
    found = await session.exec(
        select(ContactRow, CustomerRow.name)
        .join(CustomerRow, col(CustomerRow.id) == col(ContactRow.customer_id))
        .where(col(ContactRow.suppressed_at).is_not(None))
        .order_by(col(ContactRow.suppressed_at).desc(), col(ContactRow.id))
        .limit(limit)
    )
    return found.all()
