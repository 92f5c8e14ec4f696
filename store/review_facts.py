"""What the review of drafts reads of the mirror: a fixed number of questions for any number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, literal, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from domain.ledger.invoice import InvoiceStatus
from store.drafts import DraftAcknowledgementRow
from store.effects import EffectRow
from store.engine import Session
from store.erp_masters import CurrencyRateRow
from store.erp_mirror import PostingPeriodRow
from store.lines import InvoiceLineRow
from store.overdue import like
from store.parties import ContactRow, CustomerRow, SubsidiaryRow
from store.receivables import InvoiceRow

_BACK = timedelta(days=800)
_RATES_BACK = timedelta(days=45)
_MOST_INVOICES = 5_000
_MOST_PROSPECTS = 3_000
_KINDS = ("create_invoice", "update_invoice", "create_customer")


@dataclass(frozen=True, slots=True)
class Billed:
    """What a customer was ever invoiced in one currency from one subsidiary."""

    customer_id: int
    currency: str
    subsidiary_id: int | None
    open_minor: int


async def subsidiaries(session: Session) -> Sequence[SubsidiaryRow]:
    """The seller's legal entities, by id."""
    return (await session.exec(select(SubsidiaryRow).order_by(col(SubsidiaryRow.id)))).all()


async def periods(session: Session) -> Sequence[PostingPeriodRow]:
    """Posting periods in order."""
    order = (col(PostingPeriodRow.starts_on), col(PostingPeriodRow.id))
    return (await session.exec(select(PostingPeriodRow).order_by(*order))).all()


async def customers(session: Session, ids: Collection[int]) -> Sequence[CustomerRow]:
    """These customers."""
    found = await session.exec(select(CustomerRow).where(col(CustomerRow.id).in_(ids)))
    return found.all()


async def relatives(session: Session, ids: Collection[int]) -> Sequence[tuple[int, str]]:
    """These customers with the names of those right above and below each."""
    other = aliased(CustomerRow)
    above = (
        select(CustomerRow.id, other.name)
        .join(other, col(CustomerRow.parent_id) == col(other.id))
        .where(col(CustomerRow.id).in_(ids))
    )
    below = select(other.parent_id, other.name).where(col(other.parent_id).in_(ids)).limit(1_000)
    found = [*(await session.exec(above)).all(), *(await session.exec(below)).all()]
    return [(customer_id, name) for customer_id, name in found if customer_id is not None]


async def contacts(session: Session, customer_ids: Collection[int]) -> Sequence[ContactRow]:
    """All contacts of these customers."""
    found = await session.exec(
        select(ContactRow)
        .where(col(ContactRow.customer_id).in_(customer_ids))
        .order_by(col(ContactRow.id))
    )
    return found.all()


async def billed(session: Session, customer_ids: Collection[int]) -> Sequence[Billed]:
    """What these customers were invoiced in and from, and what is open of it."""
    open_ = case((_alive() & (col(InvoiceRow.open_minor) > 0), col(InvoiceRow.open_minor)), else_=0)
    found = await session.exec(
        select(
            InvoiceRow.customer_id,
            InvoiceRow.currency,
            InvoiceRow.subsidiary_id,
            func.sum(open_),
        )
        .where(col(InvoiceRow.customer_id).in_(customer_ids))
        .group_by(
            col(InvoiceRow.customer_id), col(InvoiceRow.currency), col(InvoiceRow.subsidiary_id)
        )
    )
    return [Billed(c, currency, sub, int(minor)) for c, currency, sub, minor in found.all()]


async def invoices_of(
    session: Session, customer_ids: Collection[int], since: date
) -> Sequence[InvoiceRow]:
    """Invoices of these customers that are open or were issued up to 800 days before `since`."""
    recent = or_(col(InvoiceRow.issued_on) >= since - _BACK, col(InvoiceRow.open_minor) > 0)
    found = await session.exec(
        select(InvoiceRow)
        .where(col(InvoiceRow.customer_id).in_(customer_ids), recent)
        .order_by(col(InvoiceRow.issued_on).desc(), col(InvoiceRow.id).desc())
        .limit(_MOST_INVOICES)
    )
    return found.all()


async def invoices_named(
    session: Session,
    *,
    numbers: Collection[str],
    external_ids: Collection[str],
    netsuite_ids: Collection[str],
) -> Sequence[InvoiceRow]:
    """Invoices that the ERP still has with one of these numbers, external ids or ids."""
    found = await session.exec(
        select(InvoiceRow)
        .where(
            or_(
                col(InvoiceRow.number).in_(numbers),
                col(InvoiceRow.external_id).in_(external_ids),
                col(InvoiceRow.netsuite_id).in_(netsuite_ids),
            )
        )
        .where(col(InvoiceRow.gone_at).is_(None))
        .order_by(col(InvoiceRow.id))
    )
    return found.all()


async def lines_of(session: Session, invoice_ids: Collection[int]) -> Sequence[InvoiceLineRow]:
    """The lines of these invoices, in order."""
    found = await session.exec(
        select(InvoiceLineRow)
        .where(col(InvoiceLineRow.invoice_id).in_(invoice_ids))
        .order_by(col(InvoiceLineRow.invoice_id), col(InvoiceLineRow.line))
    )
    return found.all()


async def billed_on_orders(
    session: Session, customer_ids: Collection[int], orders: Collection[str]
) -> dict[tuple[int, str, str], int]:
    """Minor units billed by customer, purchase order (without case) and currency."""
    order = func.lower(InvoiceRow.po_number)
    found = await session.exec(
        select(InvoiceRow.customer_id, order, InvoiceRow.currency, func.sum(InvoiceRow.total_minor))
        .where(col(InvoiceRow.customer_id).in_(customer_ids))
        .where(order.in_([one.lower() for one in orders]), _alive())
        .group_by(col(InvoiceRow.customer_id), order, col(InvoiceRow.currency))
    )
    return {(c, po, currency): int(minor) for c, po, currency, minor in found.all()}


async def rates(
    session: Session, currencies: Collection[str], first: date, last: date
) -> Sequence[CurrencyRateRow]:
    """Exchange rates of these currencies for the days and 45 days before, the latest first."""
    found = await session.exec(
        select(CurrencyRateRow)
        .where(col(CurrencyRateRow.currency).in_(currencies))
        .where(col(CurrencyRateRow.on_day).between(first - _RATES_BACK, last))
        .order_by(col(CurrencyRateRow.on_day).desc())
    )
    return found.all()


async def prospects(
    session: Session,
    *,
    words: Collection[str],
    domains: Collection[str],
    external_ids: Collection[str],
    netsuite_ids: Collection[str],
) -> Sequence[CustomerRow]:
    """Customers whose name holds one of the words, or that one of the others points to.

    Those with the most words come first, so that a common word hides nobody.
    """
    names = func.concat(CustomerRow.name, " ", CustomerRow.legal_name)
    at = [f"%@{like(domain).strip('%')}" for domain in domains]
    held = [names.ilike(like(word), escape="\\") for word in words]
    most: ColumnElement[int] = literal(0)
    for one_word in held:
        most = most + case((one_word, 1), else_=0)
    tests: list[ColumnElement[bool]] = [
        col(CustomerRow.external_id).in_([one for one in external_ids if one]),
        col(CustomerRow.entity_number).in_([one for one in external_ids if one]),
        col(CustomerRow.netsuite_id).in_(netsuite_ids),
        *held,
        *(col(CustomerRow.email).ilike(one, escape="\\") for one in at),
    ]
    for one in at:
        mailed = select(ContactRow.customer_id).where(col(ContactRow.email).ilike(one, escape="\\"))
        tests.append(col(CustomerRow.id).in_(mailed))
    found = await session.exec(
        select(CustomerRow)
        .where(or_(*tests))
        .order_by(most.desc(), col(CustomerRow.id))
        .limit(_MOST_PROSPECTS)
    )
    return found.all()


async def acknowledged(
    session: Session, draft_ids: Collection[int]
) -> Sequence[DraftAcknowledgementRow]:
    """Every warning that was accepted on these drafts, oldest first."""
    found = await session.exec(
        select(DraftAcknowledgementRow)
        .where(col(DraftAcknowledgementRow.draft_id).in_(draft_ids))
        .order_by(col(DraftAcknowledgementRow.id))
    )
    return found.all()


async def refused_for_permission(session: Session, since: datetime) -> Sequence[EffectRow]:
    """Writes that the ERP refused for want of permission since an instant, the latest first."""
    reason = col(EffectRow.outcome)["reason"].astext
    found = await session.exec(
        select(EffectRow)
        .where(col(EffectRow.kind).in_(_KINDS), EffectRow.state == "failed")
        .where(col(EffectRow.changed_at) >= since, reason.startswith("permission:"))
        .order_by(col(EffectRow.changed_at).desc())
        .limit(20)
    )
    return found.all()


def alive(row: InvoiceRow) -> bool:
    """Whether an invoice counts: neither voided nor rejected nor gone."""
    return row.gone_at is None and row.status not in _DEAD


_DEAD = (InvoiceStatus.VOIDED.value, InvoiceStatus.REJECTED.value)


def _alive() -> ColumnElement[bool]:
    return col(InvoiceRow.status).not_in(_DEAD) & col(InvoiceRow.gone_at).is_(None)
