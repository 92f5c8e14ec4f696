"""Contacts that a mail named and nobody has confirmed yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, ref
from store.engine import Session
from store.parties import ContactRow
from store.standing import HoldRow


class ContactProposalRow(SQLModel, table=True):
    """Somebody who may be the one to write to. States: proposed, confirmed, refused.

    `source` is where the address stood: body, copy, bounce or absence. `near` says how the address
    stands to those on file: same_domain, public, look_alike or other.
    """

    __tablename__ = "contact_proposal"
    id: int = big_id()
    key: str = Field(unique=True)
    customer_id: int = ref("customer.id")
    email: str
    name: str = ""
    source: str
    quote: str = ""
    near: str = "other"
    replaces: str = ""
    touchpoint_id: int | None = ref("touchpoint.id", nullable=True, index=False)
    state: str = Field(default="proposed", index=True)
    contact_id: int | None = big(nullable=True)
    note: str = ""
    decided_by: str = ""
    proposed_at: datetime = instant()
    decided_at: datetime | None = instant(nullable=True)


async def add_proposal(session: Session, row: ContactProposalRow) -> int | None:
    """Record a proposal; its id if new, None if this address was proposed before."""
    added = await session.exec(
        insert(ContactProposalRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(ContactProposalRow.id))
    )
    return added.scalar_one_or_none()


async def locked(session: Session, proposal_id: int) -> ContactProposalRow | None:
    """The proposal, its row locked."""
    found = await session.exec(
        select(ContactProposalRow)
        .where(ContactProposalRow.id == proposal_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def undecided(session: Session, *, limit: int = 200) -> Sequence[ContactProposalRow]:
    """Proposals nobody has decided on, oldest first."""
    found = await session.exec(
        select(ContactProposalRow)
        .where(ContactProposalRow.state == "proposed")
        .order_by(col(ContactProposalRow.proposed_at), col(ContactProposalRow.id))
        .limit(limit)
    )
    return found.all()


async def add_contact(session: Session, row: ContactRow) -> int:
    """Keep a contact that a person confirmed; its id."""
    session.add(row)
    await session.flush()
    return row.id


async def end_hold(session: Session, key: str, now: datetime) -> None:
    """End the hold with this key, if it holds."""
    await session.exec(
        update(HoldRow)
        .where(col(HoldRow.key) == key, col(HoldRow.released_at).is_(None))
        .values(released_at=now)
    )


async def copied_before(
    session: Session, customer_id: int, touchpoint_addresses: Sequence[str]
) -> set[str]:
    """Those of these addresses that are on file at the customer, or were proposed, lower case."""
    wanted = [address.lower() for address in touchpoint_addresses]
    contacts = await session.exec(
        select(ContactRow.email).where(ContactRow.customer_id == customer_id)
    )
    proposed = await session.exec(
        select(ContactProposalRow.email)
        .where(ContactProposalRow.customer_id == customer_id)
        .where(col(ContactProposalRow.email).in_(wanted))
    )
    return {email.lower() for email in (*contacts.all(), *proposed.all())}
