"""The mirror added up for a period, and what the ERP added up when it was last asked."""

from __future__ import annotations

import json as text_of
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, TextClause, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlmodel import Field, SQLModel, col, select

from domain.ledger.money import exponent
from store.columns import big_id, instant
from store.engine import Session
from store.erp_mirror import PostingPeriodRow


class ReconciliationRow(SQLModel, table=True):
    """A period as both sides stood at one reading; the latest reading of a period stays."""

    __tablename__ = "reconciliation"
    __table_args__ = (UniqueConstraint("first_on", "last_on", name="uq_reconciliation"),)
    id: int = big_id()
    first_on: date
    last_on: date
    name: str = ""
    read_at: datetime = instant()
    figures: list[dict[str, object]] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False)
    )


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure of the mirror: minor units of `currency`, at a subsidiary's ERP id or ""."""

    figure: str
    subsidiary: str
    currency: str
    minor: int


@dataclass(frozen=True, slots=True)
class BaseSum:
    """A subsidiary's receivables in its own currency.

    `converted` of the documents added up are in another currency; `foreign` are so in all.
    """

    subsidiary: str
    currency: str
    minor: int
    converted: int
    foreign: int


_DOCUMENTS = """
WITH d AS (
  SELECT 'invoiced' AS figure, customer_id, subsidiary_id, currency, total_minor AS minor
  FROM invoice WHERE gone_at IS NULL AND status IN ('open', 'paid')
    AND issued_on BETWEEN :first AND :last
  UNION ALL SELECT 'open', customer_id, subsidiary_id, currency, open_minor
  FROM invoice WHERE gone_at IS NULL AND status IN ('open', 'paid') AND open_minor > 0
  UNION ALL SELECT 'received', customer_id, subsidiary_id, currency,
    COALESCE(erp_amount_minor, amount_minor)
  FROM payment WHERE netsuite_id IS NOT NULL AND gone_at IS NULL AND state <> 'reversed'
    AND COALESCE(erp_on, received_on) BETWEEN :first AND :last
  UNION ALL SELECT 'unapplied', customer_id, subsidiary_id, currency, unapplied_minor
  FROM payment WHERE netsuite_id IS NOT NULL AND gone_at IS NULL AND state <> 'reversed'
    AND unapplied_minor <> 0
  UNION ALL SELECT 'credited', customer_id, subsidiary_id, currency, total_minor
  FROM credit_memo WHERE gone_at IS NULL AND status <> 'voided'
    AND issued_on BETWEEN :first AND :last
  UNION ALL SELECT 'unapplied', customer_id, subsidiary_id, currency, open_minor
  FROM credit_memo WHERE gone_at IS NULL AND status <> 'voided' AND open_minor <> 0
  UNION ALL SELECT 'refunded', customer_id, subsidiary_id, currency, total_minor
  FROM settlement WHERE kind = 'refund' AND gone_at IS NULL AND status <> 'voided'
    AND on_day BETWEEN :first AND :last
  UNION ALL SELECT 'unapplied', customer_id, subsidiary_id, currency,
    CASE kind WHEN 'refund' THEN -open_minor ELSE open_minor END
  FROM settlement WHERE kind <> 'deposit' AND gone_at IS NULL AND status <> 'voided'
    AND open_minor <> 0
)
"""
_BY_PLACE = """
SELECT d.figure, COALESCE(s.netsuite_id, '') AS subsidiary, d.currency, SUM(d.minor) AS minor
FROM d
JOIN customer c ON c.id = d.customer_id
LEFT JOIN subsidiary s ON s.id = COALESCE(d.subsidiary_id, c.subsidiary_id)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
# The ledger carries a document and what cleared it, each rounded at the document's own rate.
_RESTS = """
WITH d AS (
  SELECT customer_id, subsidiary_id, currency, exchange_rate AS rate, 1 AS sign,
    total_minor AS total, open_minor AS minor,
    ARRAY(SELECT amount_minor FROM application WHERE invoice_id = invoice.id) AS parts
  FROM invoice WHERE gone_at IS NULL AND status IN ('open', 'paid') AND open_minor > 0
  UNION ALL SELECT customer_id, subsidiary_id, currency, exchange_rate, -1,
    COALESCE(erp_amount_minor, amount_minor), unapplied_minor,
    ARRAY(SELECT amount_minor FROM application WHERE payment_id = payment.id
      UNION ALL SELECT amount_minor FROM refund_line
      WHERE paid_out_netsuite_id = payment.netsuite_id)
  FROM payment WHERE netsuite_id IS NOT NULL AND gone_at IS NULL AND state <> 'reversed'
    AND unapplied_minor <> 0
  UNION ALL SELECT customer_id, subsidiary_id, currency, exchange_rate, -1, total_minor, open_minor,
    ARRAY(SELECT amount_minor FROM application WHERE credit_memo_id = credit_memo.id
      UNION ALL SELECT amount_minor FROM refund_line
      WHERE paid_out_netsuite_id = credit_memo.netsuite_id)
  FROM credit_memo WHERE gone_at IS NULL AND status <> 'voided' AND open_minor <> 0
  UNION ALL SELECT customer_id, subsidiary_id, currency, exchange_rate,
    CASE kind WHEN 'refund' THEN 1 ELSE -1 END, total_minor, open_minor,
    ARRAY(SELECT amount_minor FROM application WHERE settlement_id = settlement.id
      UNION ALL SELECT amount_minor FROM refund_line WHERE settlement_id = settlement.id)
  FROM settlement WHERE kind <> 'deposit' AND gone_at IS NULL AND status <> 'voided'
    AND open_minor <> 0
)
"""
_IN_BASE = """
, priced AS (
  SELECT COALESCE(s.netsuite_id, '') AS subsidiary, COALESCE(s.currency, :base) AS base, d.*,
    CAST(COALESCE(NULLIF(d.rate, ''), '1') AS numeric) * power(CAST(10 AS numeric),
      CAST(CAST(:digits AS jsonb)->>COALESCE(s.currency, :base) AS int)
      - CAST(CAST(:digits AS jsonb)->>d.currency AS int)) AS factor
  FROM d
  JOIN customer c ON c.id = d.customer_id
  LEFT JOIN subsidiary s ON s.id = COALESCE(d.subsidiary_id, c.subsidiary_id)
  WHERE s.id IS NOT NULL OR :base <> ''
)
SELECT subsidiary, base, COALESCE(SUM(sign * CASE
    WHEN total - (SELECT COALESCE(SUM(part), 0) FROM unnest(parts) part) = minor
    THEN round(total * factor)
      - (SELECT COALESCE(SUM(round(part * factor)), 0) FROM unnest(parts) part)
    ELSE round(minor * factor) END), 0),
  COUNT(*) FILTER (WHERE currency <> base),
  (SELECT count(*) FROM (
    SELECT currency, customer_id, subsidiary_id FROM invoice
    UNION ALL SELECT currency, customer_id, subsidiary_id FROM payment
    WHERE netsuite_id IS NOT NULL
    UNION ALL SELECT currency, customer_id, subsidiary_id FROM credit_memo
    UNION ALL SELECT currency, customer_id, subsidiary_id FROM settlement) every
    JOIN customer c ON c.id = every.customer_id
    LEFT JOIN subsidiary s ON s.id = COALESCE(every.subsidiary_id, c.subsidiary_id)
    WHERE COALESCE(s.netsuite_id, '') = priced.subsidiary AND every.currency <> priced.base)
FROM priced GROUP BY 1, 2 ORDER BY 1, 2
"""
# A customer's balance in the ERP is one number in its own currency, whatever it owes in.
_MIXED = """
SELECT DISTINCT COALESCE(s.netsuite_id, '') FROM d
JOIN customer c ON c.id = d.customer_id
LEFT JOIN subsidiary s ON s.id = COALESCE(d.subsidiary_id, c.subsidiary_id)
WHERE d.currency <> c.currency
"""
_CURRENCIES = text("""
SELECT currency FROM invoice UNION SELECT currency FROM payment UNION SELECT currency FROM
credit_memo UNION SELECT currency FROM settlement UNION SELECT currency FROM subsidiary
""")
_HOMES = text("""
SELECT c.netsuite_id, COALESCE(s.netsuite_id, '') FROM customer c
LEFT JOIN subsidiary s ON s.id = c.subsidiary_id
""")


async def sums(session: Session, first: date, last: date) -> Sequence[Sum]:
    """The mirror's figures for a period, by subsidiary and currency."""
    rows = await _all(session, text(_DOCUMENTS + _BY_PLACE), first=first, last=last)
    return [Sum(str(r[0]), str(r[1]), str(r[2]), int(r[3])) for r in rows]


async def base_sums(session: Session, base: str = "") -> Sequence[BaseSum]:
    """What the mirror makes of each subsidiary's receivables in its base currency.

    `base` is the currency of an account that has no subsidiaries, "" where it has.
    """
    currencies = [str(row[0]) for row in await _all(session, _CURRENCIES)]
    known = [*currencies, base] if base else currencies
    digits = text_of.dumps({currency: exponent(currency) for currency in known})
    rows = await _all(session, text(_RESTS + _IN_BASE), digits=digits, base=base)
    return [BaseSum(str(r[0]), str(r[1]), int(r[2]), int(r[3]), int(r[4])) for r in rows]


async def mixed_subsidiaries(session: Session) -> frozenset[str]:
    """Subsidiaries with a customer that owes in more than its own currency."""
    return frozenset(str(row[0]) for row in await _all(session, text(_RESTS + _MIXED)))


async def homes(session: Session) -> Mapping[str, str]:
    """The subsidiary's ERP id of every customer's ERP id."""
    return {str(row[0]): str(row[1]) for row in await _all(session, _HOMES)}


async def keep(session: Session, row: ReconciliationRow) -> None:
    """Keep a reading in the place of an earlier one of the same period."""
    values = row.model_dump(exclude={"id"})
    await session.exec(
        insert(ReconciliationRow)
        .values(**values)
        .on_conflict_do_update(constraint="uq_reconciliation", set_=values)
    )


async def reading(session: Session, first: date, last: date) -> ReconciliationRow | None:
    """The latest reading of a period, or None."""
    found = await session.exec(
        select(ReconciliationRow).where(
            ReconciliationRow.first_on == first, ReconciliationRow.last_on == last
        )
    )
    return found.first()


async def periods(session: Session, until: date, *, limit: int = 24) -> Sequence[PostingPeriodRow]:
    """Posting periods that have begun, the latest first."""
    found = await session.exec(
        select(PostingPeriodRow)
        .where(col(PostingPeriodRow.starts_on) <= until)
        .order_by(col(PostingPeriodRow.starts_on).desc(), col(PostingPeriodRow.ends_on))
        .limit(limit)
    )
    return found.all()


async def _all(session: Session, statement: TextClause, **values: object) -> list[tuple[Any, ...]]:
    connection = await session.connection()
    return [tuple(row) for row in (await connection.execute(statement, values)).all()]
