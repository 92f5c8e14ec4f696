"""Many movements of banks at once: kept by one statement, and asked about by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import bindparam, or_, text
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT, insert
from sqlmodel import col, select

from store.bank import STATEMENT, BankLineRow
from store.engine import Session

_MOST_WAITING = 20_000
# The same money may be a line of another format, a payout, or what a person entered.
_KNOWN = text("""
SELECT l.id FROM bank_line l WHERE l.id = ANY(:ids) AND (
  EXISTS (SELECT FROM bank_line o WHERE o.currency = l.currency AND o.booked_on = l.booked_on
          AND o.amount_minor = l.amount_minor AND o.source = l.source
          AND o.format <> l.format AND o.outcome <> 'known')
  OR l.amount_minor > 0 AND (
    EXISTS (SELECT FROM payout p WHERE p.currency = l.currency
            AND p.amount_minor = l.amount_minor AND p.bank_line_id IS NULL)
    OR EXISTS (SELECT FROM jsonb_array_elements_text(l.traces) AS word
               JOIN payout p ON p.trace IN (word, lower(word)))
    OR EXISTS (SELECT FROM payment p WHERE p.source = 'manual' AND p.bank_line_id IS NULL
               AND coalesce(p.received_currency, p.currency) = l.currency
               AND coalesce(p.received_minor, p.amount_minor) = l.amount_minor)))
""").bindparams(bindparam("ids", type_=ARRAY(BIGINT)))


async def add_lines(session: Session, rows: Sequence[BankLineRow]) -> list[BankLineRow | None]:
    """Keep movements: each as it is kept if it is new, None if it was told before."""
    if not rows:
        return []
    statement = (
        insert(BankLineRow)
        .on_conflict_do_nothing(constraint="uq_bank_line")
        .returning(col(BankLineRow.id))
    )
    values = [row.model_dump(exclude={"id"}) for row in rows]
    made = (await (await session.connection()).execute(statement, values)).scalars().all()
    found = await session.exec(select(BankLineRow).where(col(BankLineRow.id).in_(made)))
    kept = {(row.source, row.source_id): row for row in found.all()}
    return [kept.pop((row.source, row.source_id), None) for row in rows]


async def may_be_known(session: Session, line_ids: Collection[int]) -> set[int]:
    """Those of these statement lines whose money may be known in another form."""
    if not line_ids:
        return set()
    found = await (await session.connection()).execute(_KNOWN, {"ids": list(line_ids)})
    return set(found.scalars())


async def unsettled(
    session: Session, lines: Sequence[BankLineRow], first: date, last: date
) -> list[BankLineRow]:
    """Deposits, details, returns and parts that these lines of statements may be.

    A part only where a line has just its amount; the oldest first.
    """
    if not lines:
        return []
    amounts = {line.amount_minor for line in lines}
    part_of_it = or_(
        col(BankLineRow.role) != "part", col(BankLineRow.amount_minor).in_(sorted(amounts))
    )
    found = await session.exec(
        select(BankLineRow)
        .where(col(BankLineRow.currency).in_(sorted({line.currency for line in lines})))
        .where(BankLineRow.source != STATEMENT, part_of_it)
        .where(col(BankLineRow.booked_on).between(first, last))
        .where(col(BankLineRow.settled_by_id).is_(None))
        .order_by(col(BankLineRow.booked_on), col(BankLineRow.id))
        .limit(_MOST_WAITING)
    )
    return list(found.all())
