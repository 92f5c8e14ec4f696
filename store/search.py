"""Search: customers, invoices, payments and mails by number, name or amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col, select

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from store.engine import Session
from store.overdue import like
from store.parties import CustomerRow
from store.receivables import InvoiceRow, PaymentRow
from store.touchpoints import TouchpointRow


@dataclass(frozen=True, slots=True)
class Found:
    """What a search turned up, each list bounded."""

    customers: Sequence[CustomerRow] = ()
    invoices: Sequence[InvoiceRow] = ()
    payments: Sequence[PaymentRow] = ()
    mails: Sequence[TouchpointRow] = ()

    def __bool__(self) -> bool:
        return bool(self.customers or self.invoices or self.payments or self.mails)


async def search(session: Session, text: str, *, limit: int = 8) -> Found:
    """Everything that carries `text`; nothing for fewer than two characters."""
    text = text.strip()[:100]
    if len(text) < 2:
        return Found()
    used = await session.exec(select(CustomerRow.currency).distinct())
    amounts = _amounts(text, used.all())
    pattern = like(text)
    customers = await session.exec(
        select(CustomerRow)
        .where(_carries(pattern, CustomerRow.name, CustomerRow.entity_number, CustomerRow.email))
        .order_by(CustomerRow.name)
        .limit(limit)
    )
    invoices = await session.exec(
        select(InvoiceRow)
        .where(
            or_(
                _carries(pattern, InvoiceRow.number, InvoiceRow.po_number),
                _equals(InvoiceRow.currency, InvoiceRow.open_minor, amounts),
                _equals(InvoiceRow.currency, InvoiceRow.total_minor, amounts),
            )
        )
        .order_by(col(InvoiceRow.open_minor).desc(), col(InvoiceRow.id).desc())
        .limit(limit)
    )
    return Found(
        customers.all(),
        invoices.all(),
        await _payments(session, pattern, amounts, limit),
        await _mails(session, pattern, limit),
    )


async def _payments(
    session: Session, pattern: str, amounts: Sequence[Money], limit: int
) -> Sequence[PaymentRow]:
    named = _carries(pattern, PaymentRow.number, PaymentRow.reference, PaymentRow.payer_name)
    found = await session.exec(
        select(PaymentRow)
        .where(or_(named, _equals(PaymentRow.currency, PaymentRow.amount_minor, amounts)))
        .order_by(col(PaymentRow.id).desc())
        .limit(limit)
    )
    return found.all()


async def _mails(session: Session, pattern: str, limit: int) -> Sequence[TouchpointRow]:
    found = await session.exec(
        select(TouchpointRow)
        .where(_carries(pattern, TouchpointRow.subject, TouchpointRow.from_address))
        .order_by(col(TouchpointRow.occurred_at).desc())
        .limit(limit)
    )
    return found.all()


def _carries(pattern: str, *texts: str) -> ColumnElement[bool]:
    return or_(*(col(text).ilike(pattern, escape="\\") for text in texts))


def _equals(currency: str, minor: int, amounts: Sequence[Money]) -> ColumnElement[bool]:
    return or_(
        false(), *(and_(col(currency) == a.currency, col(minor) == a.minor) for a in amounts)
    )


def _amounts(text: str, currencies: Sequence[str]) -> list[Money]:
    """`text` as an amount of each currency that can hold it ("12,400.50", "12400")."""
    found = []
    for currency in currencies:
        try:
            found.append(Money.parse(text.replace(",", "").replace(" ", ""), currency))
        except LedgerError:
            continue
    return found
