"""Names that revenue reports tell: customers, subsidiaries with their books, periods."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import col, select

from store.engine import Session
from store.parties import CustomerRow, SubsidiaryRow
from store.revenue import RevenuePeriodRow

_EARNING = text("""
SELECT DISTINCT a FROM revenue_total t
CROSS JOIN LATERAL (VALUES (t.revenue_account), (t.contra_account)) v(a)
WHERE t.subsidiary_id = :subsidiary_id
""")


@dataclass(frozen=True, slots=True)
class Seller:
    """A subsidiary; `currency` is that of its books."""

    id: int
    netsuite_id: str
    name: str
    currency: str


async def sellers(session: Session) -> Sequence[Seller]:
    """Every subsidiary, the first one first."""
    found = await session.exec(select(SubsidiaryRow).order_by(col(SubsidiaryRow.id)))
    return [Seller(row.id, row.netsuite_id, row.name, row.currency) for row in found.all()]


async def customers(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Names of customers by our id."""
    found = await session.exec(
        select(CustomerRow.id, CustomerRow.name).where(col(CustomerRow.id).in_(ids))
    )
    return dict(found.all())


async def periods(
    session: Session, subsidiary_id: int = 0, *, most: int = 240
) -> Sequence[RevenuePeriodRow]:
    """Periods that were ever posted, closed or reopened, the latest first."""
    query = select(RevenuePeriodRow).order_by(
        col(RevenuePeriodRow.starts_on).desc(), col(RevenuePeriodRow.subsidiary_id)
    )
    if subsidiary_id:
        query = query.where(RevenuePeriodRow.subsidiary_id == subsidiary_id)
    return (await session.exec(query.limit(most))).all()


async def earning(session: Session, subsidiary_id: int) -> frozenset[str]:
    """Accounts of revenue and contra revenue of a subsidiary, by their id in the ERP."""
    connection = await session.connection()
    found = await connection.execute(_EARNING, {"subsidiary_id": subsidiary_id})
    return frozenset(str(row[0]) for row in found)
