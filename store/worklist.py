"""The worklist: what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, json, ref
from store.engine import Session


class WorkItemRow(SQLModel, table=True):
    """Something only a person can settle. `key` is unique, so the same cause opens one item.

    Kinds: reply, payment, bounce, unknown_effect, failed_effect, promise_broken, source_event.
    """

    __tablename__ = "work_item"
    id: int = big_id()
    key: str = Field(unique=True)
    kind: str = Field(index=True)
    customer_id: int | None = ref("customer.id", nullable=True)
    payment_id: int | None = ref("payment.id", nullable=True, index=False)
    touchpoint_id: int | None = ref("touchpoint.id", nullable=True, index=False)
    effect_id: int | None = big(nullable=True)
    title: str
    detail: dict[str, object] = json()
    opened_at: datetime = instant(index=True)
    closed_at: datetime | None = instant(nullable=True, index=True)
    closed_by: str = ""


async def open_item(session: Session, row: WorkItemRow) -> int | None:
    """Open a work item; its id if new, None if one with its key exists (open or closed)."""
    statement = (
        insert(WorkItemRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(WorkItemRow.id))
    )
    result = await session.exec(statement)
    return result.scalar_one_or_none()


async def ask_again(session: Session, row: WorkItemRow) -> None:
    """Open a work item, or open it again with what is to be said now."""
    values = row.model_dump(exclude={"id"})
    fresh = {name: values[name] for name in ("customer_id", "title", "detail", "opened_at")}
    item = insert(WorkItemRow).values(**values)
    await session.exec(
        item.on_conflict_do_update(
            index_elements=["key"],
            set_={**fresh, "closed_at": None, "closed_by": ""},
            where=col(WorkItemRow.closed_at).is_not(None),
        )
    )


async def locked(session: Session, item_id: int) -> WorkItemRow | None:
    """The item, its row locked, or None."""
    found = await session.exec(
        select(WorkItemRow)
        .where(WorkItemRow.id == item_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def close_item(session: Session, key: str, *, by: str, now: datetime) -> None:
    """Close the open item with this key, if there is one."""
    await session.exec(
        update(WorkItemRow)
        .where(col(WorkItemRow.key) == key, col(WorkItemRow.closed_at).is_(None))
        .values(closed_at=now, closed_by=by)
    )


async def open_items(session: Session, *, limit: int = 200) -> Sequence[WorkItemRow]:
    """Open work items, oldest first."""
    found = await session.exec(
        select(WorkItemRow)
        .where(col(WorkItemRow.closed_at).is_(None))
        .order_by(col(WorkItemRow.opened_at), col(WorkItemRow.id))
        .limit(limit)
    )
    return found.all()
