"""How late each customer is expected to pay: the last score, for lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import BigInteger, Column, ForeignKey
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import objects
from store.engine import Session


class ScoreRow(SQLModel, table=True):
    """The late-payment score of a customer: 0 pays on time, 1000 pays late.

    `invoices` is how many invoices it rests on, `reasons` what moved it, in words.
    """

    __tablename__ = "customer_score"
    customer_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("customer.id"), primary_key=True)
    )
    per_mille: int = Field(index=True)
    invoices: int = 0
    reasons: list[dict[str, object]] = objects()
    as_of: date


async def put_scores(session: Session, rows: Sequence[ScoreRow]) -> None:
    """Write scores, each in place of the customer's last one."""
    if not rows:
        return
    values = insert(ScoreRow).values([row.model_dump() for row in rows])
    fresh = {name: values.excluded[name] for name in ("per_mille", "invoices", "reasons", "as_of")}
    await session.exec(values.on_conflict_do_update(index_elements=["customer_id"], set_=fresh))


async def scores_of(session: Session, ids: Sequence[int]) -> dict[int, ScoreRow]:
    """The scores of these customers by customer."""
    found = await session.exec(select(ScoreRow).where(col(ScoreRow.customer_id).in_(ids)))
    return {row.customer_id: row for row in found.all()}
