"""Credit memos with what they are applied to, and what waits to use them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import col, func, select

from domain.ledger.money import Money
from store.effects import EffectRow
from store.engine import Session
from store.receivables import ApplicationRow, CreditMemoRow, PaymentRow

_WAITING = ("proposed", "approved", "performing", "unknown", "failed")


async def memos(session: Session, ids: Collection[int]) -> Sequence[CreditMemoRow]:
    """Credit memos by our ids, their rows locked."""
    found = await session.exec(
        select(CreditMemoRow)
        .where(col(CreditMemoRow.id).in_(sorted(ids)))
        .order_by(col(CreditMemoRow.id))
        .with_for_update()
    )
    return found.all()


async def open_memos(session: Session, customer_id: int) -> Sequence[CreditMemoRow]:
    """A customer's credit memos that are not used up, oldest first."""
    found = await session.exec(
        select(CreditMemoRow)
        .where(CreditMemoRow.customer_id == customer_id, col(CreditMemoRow.open_minor) > 0)
        .where(col(CreditMemoRow.gone_at).is_(None), CreditMemoRow.status != "voided")
        .order_by(col(CreditMemoRow.issued_on), col(CreditMemoRow.id))
        .limit(200)
    )
    return found.all()


async def applied_of(session: Session, memo_id: int) -> dict[int, Money]:
    """What a memo is applied with, by our invoice ids."""
    found = await session.exec(
        select(ApplicationRow.invoice_id, ApplicationRow.amount_minor, CreditMemoRow.currency)
        .join(CreditMemoRow, col(CreditMemoRow.id) == col(ApplicationRow.credit_memo_id))
        .where(ApplicationRow.credit_memo_id == memo_id)
    )
    return {invoice: Money(minor, currency) for invoice, minor, currency in found.all()}


async def waiting_use(session: Session, netsuite_id: str) -> str:
    """The title of an effect that is to use this memo and is not over, "" for none."""
    found = await session.exec(
        select(EffectRow.title)
        .where(col(EffectRow.key).startswith(f"apply_credit:credit_memo:{netsuite_id}:"))
        .where(col(EffectRow.state).in_(_WAITING))
        .limit(1)
    )
    return found.first() or ""


async def times_used(session: Session, netsuite_id: str) -> int:
    """How often it was proposed to use this memo."""
    found = await session.exec(
        select(func.count())
        .select_from(EffectRow)
        .where(col(EffectRow.key).startswith(f"apply_credit:credit_memo:{netsuite_id}:"))
    )
    return found.one()


async def memo_named(session: Session, netsuite_id: str) -> CreditMemoRow | None:
    """The credit memo with this id of the ERP."""
    found = await session.exec(
        select(CreditMemoRow).where(CreditMemoRow.netsuite_id == netsuite_id)
    )
    return found.first() if netsuite_id else None


async def unapplied_payments(
    session: Session, customer_id: int, currency: str
) -> Sequence[PaymentRow]:
    """Payments in the ERP that are not used up, the latest first."""
    found = await session.exec(
        select(PaymentRow)
        .where(PaymentRow.customer_id == customer_id, PaymentRow.currency == currency)
        .where(PaymentRow.state == "posted", col(PaymentRow.unapplied_minor) > 0)
        .where(col(PaymentRow.gone_at).is_(None))
        .order_by(col(PaymentRow.received_on).desc(), col(PaymentRow.id).desc())
        .limit(100)
    )
    return found.all()
