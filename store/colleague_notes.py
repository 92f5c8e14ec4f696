"""What colleagues noted about customers and invoices; shown to our own people only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant, ref
from store.engine import Session


class ColleagueNoteRow(SQLModel, table=True):
    """One note. `key` names the message it came from, so that it is kept once."""

    __tablename__ = "colleague_note"
    id: int = big_id()
    key: str = Field(unique=True)
    customer_id: int = ref("customer.id")
    invoice_id: int | None = ref("invoice.id", nullable=True, index=False)
    words: str
    noted_by: str
    noted_at: datetime = instant()


async def add_note(session: Session, row: ColleagueNoteRow) -> int | None:
    """Keep a note; its id if new, None if one with its key exists."""
    statement = (
        insert(ColleagueNoteRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(ColleagueNoteRow.id))
    )
    return (await session.exec(statement)).scalar_one_or_none()


async def notes_of(
    session: Session, customer_id: int, *, limit: int = 20
) -> Sequence[ColleagueNoteRow]:
    """The latest notes about a customer, newest first."""
    found = await session.exec(
        select(ColleagueNoteRow)
        .where(ColleagueNoteRow.customer_id == customer_id)
        .order_by(col(ColleagueNoteRow.id).desc())
        .limit(limit)
    )
    return found.all()
