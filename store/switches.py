"""Kill switches: global, per channel, per customer. Checked right before each outward act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, or_, select

from store.columns import big_id, instant
from store.engine import Session


class SwitchRow(SQLModel, table=True):
    """A switch that stops acts while `on`. Scope: global, channel (email, erp) or customer (id)."""

    __tablename__ = "kill_switch"
    __table_args__ = (UniqueConstraint("scope", "value", name="uq_kill_switch"),)
    id: int = big_id()
    scope: str
    value: str = ""
    on: bool = Field(default=True)
    reason: str = ""
    changed_by: str
    changed_at: datetime = instant()


async def switches_on(session: Session) -> Sequence[SwitchRow]:
    """Every switch that is on."""
    found = await session.exec(select(SwitchRow).where(col(SwitchRow.on)).order_by(SwitchRow.scope))
    return found.all()


async def stopping(session: Session, *, channel: str, customer_id: int | None) -> SwitchRow | None:
    """A switch that forbids an act on this channel for this customer, or None."""
    mine = (SwitchRow.scope == "customer") & (SwitchRow.value == str(customer_id or ""))
    found = await session.exec(
        select(SwitchRow)
        .where(col(SwitchRow.on))
        .where(
            or_(
                SwitchRow.scope == "global",
                (col(SwitchRow.scope) == "channel") & (col(SwitchRow.value) == channel),
                mine,
            )
        )
        .limit(1)
    )
    return found.first()


async def set_switch(
    session: Session,
    scope: str,
    value: str,
    *,
    on: bool,
    reason: str,
    changed_by: str,
    now: datetime,
) -> None:
    """Turn a switch on or off."""
    values = {"on": on, "reason": reason, "changed_by": changed_by, "changed_at": now}
    await session.exec(
        insert(SwitchRow)
        .values(scope=scope, value=value, **values)
        .on_conflict_do_update(index_elements=["scope", "value"], set_=values)
    )
