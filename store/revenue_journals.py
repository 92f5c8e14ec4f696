"""The journals of posted periods: their sums by account, and the effects that carry them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import col, select

from store.effects import EffectRow
from store.engine import Session
from store.revenue import RevenueJournalRow, RevenuePeriodRow

_SUMS = text("""
SELECT currency, base_currency, account, SUM(amount) AS amount, SUM(base) AS base, SUM(n) AS n
FROM (
  SELECT currency, base_currency, deferred_account AS account, SUM(amount_minor) AS amount,
    SUM(base_minor) AS base, count(*) AS n
  FROM revenue_posting WHERE period_id = :period_id AND run = :run GROUP BY 1, 2, 3
  UNION ALL
  SELECT currency, base_currency,
    CASE role WHEN 'contra' THEN contra_account ELSE revenue_account END, -SUM(amount_minor),
    -SUM(base_minor), count(*)
  FROM revenue_posting WHERE period_id = :period_id AND run = :run GROUP BY 1, 2, 3
) AS sides
GROUP BY 1, 2, 3 HAVING SUM(base) <> 0 OR SUM(amount) <> 0 ORDER BY 1, 2, 3
""")


@dataclass(frozen=True, slots=True)
class AccountSum:
    """What an account is debited (above zero) or credited by, and from how many rows."""

    currency: str
    base_currency: str
    account: str
    amount: int
    base: int
    rows: int


async def account_sums(session: Session, period_id: int, run: int) -> Sequence[AccountSum]:
    """The sums of one posting of a period, by currency and account.

    Recognized: debit deferred, credit revenue. Contra: debit contra revenue, credit deferred. What
    was booked to revenue when it was billed has the same account on both sides and drops out.
    """
    connection = await session.connection()
    found = await connection.execute(_SUMS, {"period_id": period_id, "run": run})
    return [
        AccountSum(str(c), str(b), str(a), int(amount), int(base), int(n))
        for c, b, a, amount, base, n in found
    ]


async def journals_of(
    session: Session, period_id: int, run: int
) -> Sequence[tuple[RevenueJournalRow, EffectRow]]:
    """The latest attempt of each journal of a posting, with its effect."""
    found = await session.exec(
        select(RevenueJournalRow, EffectRow)
        .join(EffectRow, col(EffectRow.id) == RevenueJournalRow.effect_id)
        .where(RevenueJournalRow.period_id == period_id, RevenueJournalRow.run == run)
        .order_by(
            RevenueJournalRow.currency,
            RevenueJournalRow.base_currency,
            col(RevenueJournalRow.attempt),
        )
    )
    latest = {(row.currency, row.base_currency): (row, effect) for row, effect in found.all()}
    return [latest[key] for key in sorted(latest)]


async def period_of(session: Session, effect_key: str) -> RevenuePeriodRow | None:
    """The period whose journal an effect is, or None."""
    found = await session.exec(
        select(RevenuePeriodRow)
        .join(RevenueJournalRow, col(RevenueJournalRow.period_id) == RevenuePeriodRow.id)
        .join(EffectRow, col(EffectRow.id) == RevenueJournalRow.effect_id)
        .where(EffectRow.key == effect_key)
    )
    return found.first()
