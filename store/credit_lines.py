"""Lines of credit memos as the ERP has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, ref
from store.engine import Session


class CreditMemoLineRow(SQLModel, table=True):
    """One line of a credit memo. `amount_minor` in the memo's currency, positive when credited.

    `created_from_netsuite_id` is the invoice or return the memo was made from, empty for a
    stand-alone one.
    """

    __tablename__ = "credit_memo_line"
    __table_args__ = (UniqueConstraint("credit_memo_id", "line", name="uq_credit_memo_line"),)
    id: int = big_id()
    credit_memo_id: int = ref("credit_memo.id", index=False)
    line: int
    amount_minor: int = big()
    item_netsuite_id: str = Field(default="", index=True)
    account_netsuite_id: str = ""
    quantity: str = ""
    memo: str = ""
    created_from_netsuite_id: str = Field(default="", index=True)
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    tax: bool = False


async def credit_lines_of(session: Session, credit_memo_id: int) -> Sequence[CreditMemoLineRow]:
    """A credit memo's lines, in the ERP's order."""
    found = await session.exec(
        select(CreditMemoLineRow)
        .where(CreditMemoLineRow.credit_memo_id == credit_memo_id)
        .order_by(col(CreditMemoLineRow.line))
    )
    return found.all()
