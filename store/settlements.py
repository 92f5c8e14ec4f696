"""What settles receivables besides payments and credit memos, as the ERP has it.

Deposits, deposit applications, refunds, and journals on a receivable account.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, json, ref
from store.engine import Session


class SettlementRow(SQLModel, table=True):
    """A deposit, deposit_application, refund or journal. Amounts in minor units of `currency`.

    `status` is open, applied or voided. A journal that adds to what is owed is negative.
    """

    __tablename__ = "settlement"
    id: int = big_id()
    netsuite_id: str = Field(unique=True)
    kind: str
    number: str = ""
    customer_id: int = ref("customer.id")
    currency: str
    total_minor: int = big()
    open_minor: int = big()
    on_day: date
    status: str = "open"
    memo: str = ""
    reference: str = ""
    subsidiary_id: int | None = ref("subsidiary.id", nullable=True, index=False)
    external_id: str = ""
    exchange_rate: str = ""
    period_netsuite_id: str = ""
    custom: dict[str, object] = json()
    row_hash: str = ""
    erp_modified_at: datetime | None = instant(nullable=True)
    seen_at: datetime | None = instant(nullable=True)
    gone_at: datetime | None = instant(nullable=True)


class RefundLineRow(SQLModel, table=True):
    """What a refund paid out: an amount of a payment, credit memo or deposit (its ERP id)."""

    __tablename__ = "refund_line"
    __table_args__ = (
        UniqueConstraint("settlement_id", "paid_out_netsuite_id", name="uq_refund_line"),
    )
    id: int = big_id()
    settlement_id: int = ref("settlement.id", index=False)
    paid_out_netsuite_id: str = Field(index=True)
    amount_minor: int = big()


async def settlements_of(session: Session, customer_id: int) -> Sequence[SettlementRow]:
    """A customer's deposits, deposit applications, refunds and journals, oldest first."""
    found = await session.exec(
        select(SettlementRow)
        .where(SettlementRow.customer_id == customer_id)
        .order_by(col(SettlementRow.on_day), col(SettlementRow.id))
    )
    return found.all()
