"""Files kept beside a receipt: a check's image, a bank's notice, an advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Column, LargeBinary, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant, ref
from store.engine import Session


class AttachmentRow(SQLModel, table=True):
    """One file. `content_type` is what its bytes are, not what its sender called it."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("payment_id", "digest", name="uq_attachment"),)
    id: int = big_id()
    payment_id: int = ref("payment.id")
    digest: str
    filename: str
    content_type: str
    size: int
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    added_at: datetime = instant()
    added_by: str


@dataclass(frozen=True, slots=True)
class AttachmentShown:
    """A file without its bytes."""

    id: int
    payment_id: int
    filename: str
    content_type: str
    size: int
    added_at: datetime
    added_by: str


async def add_attachment(session: Session, row: AttachmentRow) -> int | None:
    """Keep a file; its id if it is new, None if this receipt has the same bytes already."""
    statement = (
        insert(AttachmentRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(constraint="uq_attachment")
        .returning(col(AttachmentRow.id))
    )
    return (await session.exec(statement)).scalar_one_or_none()


async def attachment(session: Session, attachment_id: int) -> AttachmentRow | None:
    """The file with its bytes, or None."""
    return await session.get(AttachmentRow, attachment_id)


async def attachment_like(session: Session, payment_id: int, digest: str) -> int | None:
    """The id of the receipt's file with these bytes, or None."""
    found = await session.exec(
        select(AttachmentRow.id).where(
            AttachmentRow.payment_id == payment_id, AttachmentRow.digest == digest
        )
    )
    return found.first()


async def kept_of(session: Session, payment_id: int) -> tuple[int, int]:
    """How many files a receipt has, and their bytes together."""
    found = await session.exec(
        select(func.count(), func.coalesce(func.sum(col(AttachmentRow.size)), 0)).where(
            AttachmentRow.payment_id == payment_id
        )
    )
    count, size = found.one()
    return int(count), int(size)


async def attachments_of(session: Session, payment_id: int) -> Sequence[AttachmentShown]:
    """The files of a receipt, oldest first, without their bytes."""
    found = await session.exec(
        select(AttachmentRow)
        .where(AttachmentRow.payment_id == payment_id)
        .order_by(col(AttachmentRow.id))
        .options(defer(cast("QueryableAttribute[bytes]", AttachmentRow.body)))
    )
    return [
        AttachmentShown(
            row.id, payment_id, row.filename, row.content_type, row.size, row.added_at, row.added_by
        )
        for row in found.all()
    ]
