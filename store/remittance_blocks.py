"""Remittance blocks: every version with who proposed and who confirmed it; which is in force."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel, col, func, select

from store.columns import big_id, instant, ref
from store.engine import Session
from store.parties import CustomerRow
from store.receivables import InvoiceRow

# The first key of advisory locks: one block of a scope is confirmed at a time.
_TURN = 4282


class RemittanceBlockRow(SQLModel, table=True):
    """One version for a subsidiary (None: all of them) and a currency ("": all of them).

    It is in force when it was confirmed, by somebody else than its proposer, last of its scope.
    `fingerprint` is of scope and content as proposed; `parent_id` is the version in force then.
    All parts empty: nothing is printed.
    """

    __tablename__ = "remittance_block"
    __table_args__ = (
        CheckConstraint("confirmed_by <> proposed_by", name="block_has_two_people"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by = '')", name="block_names_who_confirmed"
        ),
        CheckConstraint("confirmed_at IS NULL OR dropped_at IS NULL", name="block_ends_once"),
    )
    id: int = big_id()
    subsidiary_id: int | None = ref("subsidiary.id", nullable=True)
    currency: str = ""
    holder: str = ""
    bank: str = ""
    iban: str = ""
    bic: str = ""
    routing: str = ""
    account: str = ""
    fingerprint: str
    reason: str
    parent_id: int | None = ref("remittance_block.id", nullable=True, index=False)
    proposed_by: str = Field(min_length=1)
    proposed_at: datetime = instant()
    confirmed_by: str = ""
    confirmed_at: datetime | None = instant(nullable=True)
    dropped_by: str = ""
    dropped_at: datetime | None = instant(nullable=True)


async def take_turn(session: Session) -> None:
    """Let blocks be confirmed one after the other."""
    await session.exec(select(func.pg_advisory_xact_lock(_TURN)))


async def add_block(session: Session, row: RemittanceBlockRow) -> int:
    """Keep a proposal; its id."""
    session.add(row)
    await session.flush()
    return row.id


async def block(session: Session, block_id: int) -> RemittanceBlockRow | None:
    """One version, its row locked."""
    found = await session.exec(
        select(RemittanceBlockRow).where(RemittanceBlockRow.id == block_id).with_for_update()
    )
    return found.first()


async def blocks(session: Session, *, limit: int = 100) -> Sequence[RemittanceBlockRow]:
    """The latest versions, whatever became of them, newest first."""
    found = await session.exec(
        select(RemittanceBlockRow).order_by(col(RemittanceBlockRow.id).desc()).limit(limit)
    )
    return found.all()


async def confirmed_last(session: Session) -> Sequence[RemittanceBlockRow]:
    """The version of each scope that was confirmed last."""
    found = await session.exec(
        select(RemittanceBlockRow)
        .where(col(RemittanceBlockRow.confirmed_at).is_not(None))
        .order_by(col(RemittanceBlockRow.confirmed_at), col(RemittanceBlockRow.id))
    )
    return list({(row.subsidiary_id, row.currency): row for row in found}.values())


async def sellers(session: Session, invoice_ids: Collection[int]) -> Sequence[tuple[int, str]]:
    """By whom and in which currency these invoices are billed: subsidiary (0: not told), code."""
    seller = func.coalesce(InvoiceRow.subsidiary_id, CustomerRow.subsidiary_id, 0)
    found = await session.exec(
        select(seller, InvoiceRow.currency)
        .join(CustomerRow, col(CustomerRow.id) == col(InvoiceRow.customer_id))
        .where(col(InvoiceRow.id).in_(invoice_ids))
        .distinct()
        .order_by(seller, col(InvoiceRow.currency))
    )
    return [(int(by), currency) for by, currency in found.all()]
