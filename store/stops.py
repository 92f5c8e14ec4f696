"""Write what stops the cadence: holds, disputes, suppressed contacts; each once by its key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from store.engine import Session
from store.parties import ContactRow
from store.standing import DisputeRow, HoldRow


async def add_hold(session: Session, row: HoldRow) -> bool:
    """Record a hold; False if one with its key exists."""
    added = await session.exec(
        insert(HoldRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(HoldRow.id))
    )
    return added.scalar_one_or_none() is not None


async def holds_ever(session: Session, customer_id: int) -> int:
    """How many holds a customer has had, those that ended too."""
    query = select(func.count()).where(col(HoldRow.customer_id) == customer_id)
    return int((await session.exec(query)).one())


async def add_dispute(session: Session, row: DisputeRow) -> bool:
    """Record a dispute; False if one with its key exists."""
    added = await session.exec(
        insert(DisputeRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(DisputeRow.id))
    )
    return added.scalar_one_or_none() is not None


async def mark_away(session: Session, customer_id: int, address: str, until: date) -> int:
    """Somebody at a customer is back on `until`; how many contacts that is."""
    changed = await session.exec(
        update(ContactRow)
        .where(col(ContactRow.customer_id) == customer_id)
        .where(func.lower(ContactRow.email) == address.lower())
        .values(away_until=until)
    )
    return int(changed.rowcount)


async def suppress(
    session: Session, customer_id: int, address: str, *, reason: str, now: datetime
) -> int:
    """Never write to this address of a customer again; how many contacts that is."""
    changed = await session.exec(
        update(ContactRow)
        .where(col(ContactRow.customer_id) == customer_id)
        .where(func.lower(ContactRow.email) == address.lower())
        .where(col(ContactRow.suppressed_at).is_(None))
        .values(suppressed_at=now, suppressed_reason=reason[:200])
    )
    return int(changed.rowcount)


async def customers_at(session: Session, address: str, *, limit: int = 200) -> Sequence[int]:
    """Customers at whom an address is on file and written to, in order."""
    found = await session.exec(
        select(ContactRow.customer_id)
        .where(func.lower(ContactRow.email) == address.lower())
        .where(col(ContactRow.suppressed_at).is_(None))
        .distinct()
        .order_by(col(ContactRow.customer_id))
        .limit(limit)
    )
    return found.all()


async def contact_locked(session: Session, contact_id: int) -> ContactRow | None:
    """The contact, its row locked, or None."""
    found = await session.exec(
        select(ContactRow)
        .where(ContactRow.id == contact_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def unsuppress(session: Session, address: str, suppressed_at: datetime) -> Sequence[int]:
    """Write again to an address wherever it was suppressed at that moment; the customers."""
    changed = await session.exec(
        update(ContactRow)
        .where(func.lower(ContactRow.email) == address.lower())
        .where(col(ContactRow.suppressed_at) == suppressed_at)
        .values(suppressed_at=None, suppressed_reason="", away_until=None)
        .returning(col(ContactRow.customer_id))
    )
    return changed.scalars().all()
