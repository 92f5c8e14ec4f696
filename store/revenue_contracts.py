"""Contracts by pages, and lists of lines: obligations that fit a narrowing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlmodel import col, select

from store.engine import Session
from store.revenue import RevenueCellRow, RevenueObligationRow
from store.revenue_scope import Scope

_NARROW = {
    "subsidiary_id": "o.subsidiary_id = :subsidiary_id",
    "currency": "o.currency = :currency",
    "customer_id": "o.customer_id = :customer_id",
    "contract": "o.contract = :contract",
    "invoice": "o.invoice_number = :invoice",
    "account": ":account IN (o.revenue_account, o.contra_account)",
    "deferred": "o.deferred_account = :deferred",
    "revenue_type": "o.revenue_type = :revenue_type",
    "status": "o.status = :status",
}
_CONTRACTS = """
SELECT o.contract, min(o.customer_name) FROM revenue_obligation o WHERE {where}
GROUP BY o.contract ORDER BY o.contract OFFSET :start LIMIT :most
"""
_IDS = """
SELECT o.id FROM revenue_obligation o WHERE {where} ORDER BY o.id OFFSET :start LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract and whose it is."""

    contract: str
    customer: str


async def contracts(session: Session, scope: Scope, start: int, most: int) -> Sequence[Contract]:
    """Contracts with a line that fits, by name."""
    where, values = _where(scope.values())
    statement = text(_CONTRACTS.format(where=where))
    connection = await session.connection()
    found = await connection.execute(statement, {**values, "start": start, "most": most})
    return [Contract(*row) for row in found]


async def obligations(
    session: Session, scope: Scope, status: str, start: int, most: int
) -> Sequence[RevenueObligationRow]:
    """Lines that fit, in the order they came."""
    where, values = _where({**scope.values(), **({"status": status} if status else {})})
    connection = await session.connection()
    found = await connection.execute(
        text(_IDS.format(where=where)), {**values, "start": start, "most": most}
    )
    ids = [row[0] for row in found]
    rows = await session.exec(
        select(RevenueObligationRow)
        .where(col(RevenueObligationRow.id).in_(ids))
        .order_by(col(RevenueObligationRow.id))
    )
    return rows.all()


async def cells(
    session: Session, obligation_ids: Sequence[int], first: date, last: date
) -> Sequence[RevenueCellRow]:
    """What these lines plan for periods that begin in a span, and what is posted of it."""
    found = await session.exec(
        select(RevenueCellRow)
        .where(
            col(RevenueCellRow.obligation_id).in_(obligation_ids),
            col(RevenueCellRow.service_starts_on).between(first, last),
        )
        .order_by(col(RevenueCellRow.obligation_id), col(RevenueCellRow.service_starts_on))
    )
    return found.all()


def _where(told: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    values = {name: value for name, value in told.items() if name in _NARROW}
    return " AND ".join([*(_NARROW[name] for name in values), "true"]), values
