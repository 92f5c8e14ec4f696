"""What our products, accounts and terms are called in the ERP: mapped once, remembered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant
from store.engine import Session

DEFAULT = "*"
KINDS = (
    "item", "account", "department", "class", "location", "terms", "tax", "subsidiary", "customer",
)  # fmt: skip


class MappingRow(SQLModel, table=True):
    """One of ours -> the ERP's id. `ours` "*" is the default of its kind and source.

    `source` is where our word comes from ("manual", "file" ...); "" holds for every source.
    A `guess` was made by likeness of names, `score` in percent, and waits to be confirmed.
    """

    __tablename__ = "mapping"
    __table_args__ = (UniqueConstraint("kind", "source", "ours", name="uq_mapping"),)
    id: int = big_id()
    kind: str = Field(index=True)
    source: str = ""
    ours: str
    netsuite_id: str
    guess: bool = False
    score: int = 100
    remembered_by: str = ""
    remembered_at: datetime = instant()


async def mappings(session: Session, kinds: Sequence[str] = KINDS) -> Sequence[MappingRow]:
    """Mappings of these kinds by kind, source and our word."""
    found = await session.exec(
        select(MappingRow)
        .where(col(MappingRow.kind).in_(kinds))
        .order_by(col(MappingRow.kind), col(MappingRow.source), col(MappingRow.ours))
    )
    return found.all()


async def put_mapping(session: Session, row: MappingRow) -> None:
    """Remember a mapping in the place of what was known of the same word."""
    values = row.model_dump(exclude={"id"})
    fresh = {k: v for k, v in values.items() if k not in ("kind", "source", "ours")}
    await session.exec(
        insert(MappingRow)
        .values(**values)
        .on_conflict_do_update(index_elements=["kind", "source", "ours"], set_=fresh)
    )


async def forget_mapping(session: Session, kind: str, source: str, ours: str) -> bool:
    """Drop a mapping; whether there was one."""
    gone = await session.exec(
        delete(MappingRow)
        .where(
            col(MappingRow.kind) == kind,
            col(MappingRow.source) == source,
            col(MappingRow.ours) == ours,
        )
        .returning(col(MappingRow.id))
    )
    return gone.first() is not None
