"""Papers on file: what customers may be sent beside a mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from sqlalchemy import Column, LargeBinary
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import Field, SQLModel, col, or_, select

from store.columns import big_id, big_list, instant, json, ref
from store.engine import Session


class PaperRow(SQLModel, table=True):
    """One paper. `key` is its owner, kind and digest, so the same bytes are kept once.

    Without a customer it is the organisation's own (a tax form) and may go to any customer.
    `origin` is "uploaded" or "rendered"; `facts` is what a rendered paper states, `as_of` its day.
    """

    __tablename__ = "paper"
    id: int = big_id()
    key: str = Field(unique=True)
    kind: str
    customer_id: int | None = ref("customer.id", nullable=True)
    invoice_ids: list[int] = big_list()
    filename: str
    content_type: str
    size: int
    digest: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    origin: str
    language: str = ""
    as_of: date | None = None
    facts: dict[str, object] = json()
    added_at: datetime = instant()
    added_by: str
    withdrawn_at: datetime | None = instant(nullable=True)
    withdrawn_by: str = ""


_LIGHT = defer(cast("QueryableAttribute[bytes]", PaperRow.body))


async def add_paper(session: Session, row: PaperRow) -> int:
    """Keep a paper; its id, also when it was there already. A withdrawn one is back on file."""
    values = row.model_dump(exclude={"id"})
    again = {"withdrawn_at": None, "withdrawn_by": "", "as_of": row.as_of, "facts": row.facts}
    result = await session.exec(
        insert(PaperRow)
        .values(**values)
        .on_conflict_do_update(index_elements=["key"], set_=again)
        .returning(col(PaperRow.id))
    )
    return int(result.scalar_one())


async def paper(session: Session, paper_id: int) -> PaperRow | None:
    """The paper with its bytes, or None."""
    return await session.get(PaperRow, paper_id)


async def papers(session: Session, paper_ids: Sequence[int]) -> Sequence[PaperRow]:
    """These papers with their bytes."""
    found = await session.exec(select(PaperRow).where(col(PaperRow.id).in_(paper_ids)))
    return found.all()


async def uploaded(session: Session, customer_id: int | None, kind: str) -> Sequence[PaperRow]:
    """Papers of a kind that people put on file for a customer or for all, newest first.

    Their bytes are not read.
    """
    found = await session.exec(
        select(PaperRow)
        .where(PaperRow.kind == kind, PaperRow.origin == "uploaded")
        .where(or_(col(PaperRow.customer_id).is_(None), PaperRow.customer_id == customer_id))
        .where(col(PaperRow.withdrawn_at).is_(None))
        .order_by(col(PaperRow.id).desc())
        .options(_LIGHT)
    )
    return found.all()


async def all_uploaded(session: Session, *, limit: int = 200) -> Sequence[PaperRow]:
    """Every paper that people put on file and did not withdraw, newest first, without bytes."""
    found = await session.exec(
        select(PaperRow)
        .where(PaperRow.origin == "uploaded", col(PaperRow.withdrawn_at).is_(None))
        .order_by(col(PaperRow.id).desc())
        .limit(limit)
        .options(_LIGHT)
    )
    return found.all()
