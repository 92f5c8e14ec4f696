"""The general ledger's balances of revenue accounts, as they were last read for a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, ref
from store.engine import Session
from store.revenue import RevenueReviewRow

_MOST = 2_000
_ACCOUNTS = text("""
SELECT DISTINCT a FROM revenue_total t
CROSS JOIN LATERAL (VALUES (t.revenue_account), (t.deferred_account), (t.contra_account)) v(a)
WHERE a <> '' ORDER BY a LIMIT 1000
""")


class RevenueGlRow(SQLModel, table=True):
    """An account of a subsidiary at the end of a period, in the subsidiary's currency.

    `balance` is through the last day, `before` through the day before the first; debit above zero.
    """

    __tablename__ = "revenue_gl"
    __table_args__ = (
        UniqueConstraint("subsidiary_id", "account", "first_on", "last_on", name="uq_revenue_gl"),
    )
    id: int = big_id()
    subsidiary_id: int = ref("subsidiary.id", index=False)
    account: str
    first_on: date
    last_on: date = Field(index=True)
    currency: str
    balance_minor: int = big()
    before_minor: int = big()
    read_at: datetime = instant()


async def accounts(session: Session) -> Sequence[str]:
    """Every account that revenue was ever planned to, by its id in the ERP."""
    connection = await session.connection()
    return [str(row[0]) for row in await connection.execute(_ACCOUNTS)]


async def keep(session: Session, rows: Sequence[RevenueGlRow]) -> None:
    """Keep readings in the place of earlier ones of the same period."""
    for row in rows:
        values = row.model_dump(exclude={"id"})
        statement = insert(RevenueGlRow).values(values)
        changed = {"balance_minor", "before_minor", "read_at", "currency"}
        await (await session.connection()).execute(
            statement.on_conflict_do_update(
                constraint="uq_revenue_gl",
                set_={name: statement.excluded[name] for name in changed},
            )
        )


async def readings(session: Session, first: date, last: date) -> Sequence[RevenueGlRow]:
    """What was read for a period."""
    found = await session.exec(
        select(RevenueGlRow)
        .where(RevenueGlRow.first_on == first, RevenueGlRow.last_on == last)
        .order_by(col(RevenueGlRow.subsidiary_id), col(RevenueGlRow.account))
        .limit(_MOST)
    )
    return found.all()


async def explained(session: Session, period_ids: Sequence[int]) -> Sequence[RevenueReviewRow]:
    """What people said about differences of these periods, the first word first."""
    found = await session.exec(
        select(RevenueReviewRow)
        .where(
            col(RevenueReviewRow.period_id).in_(period_ids),
            col(RevenueReviewRow.subject).startswith("tie_out:"),
        )
        .order_by(col(RevenueReviewRow.id))
        .limit(_MOST)
    )
    return found.all()
