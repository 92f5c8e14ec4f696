"""Contracts that were uploaded: the file, its text by page, its terms and who confirmed them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from sqlalchemy import CheckConstraint, Column, LargeBinary, UniqueConstraint, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant, json, objects, ref, text_list
from store.engine import Session


class ContractRow(SQLModel, table=True):
    """A contract file, kept once by its digest. `pages` is its text.

    `kind` is new, amendment or renewal (both of `amends_id`, from `effective_on`); one that
    `replaces` ends what is left of the other. States: reading, refused (`problem` says why),
    to_confirm, confirmed, dropped. `deal_id` is the deal that was made from it, or with
    `belongs` that of a CRM which it belongs to. A finding with `settled_by` was answered for.
    """

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("kind IN ('new', 'amendment', 'renewal')", name="known_contract_kind"),
        CheckConstraint(
            "state IN ('reading', 'refused', 'to_confirm', 'confirmed', 'dropped')",
            name="known_contract_state",
        ),
    )
    id: int = big_id()
    digest: str = Field(unique=True)
    name: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    kind: str = "new"
    amends_id: int | None = ref("contract.id", nullable=True)
    effective_on: date | None = None
    replaces: bool = False
    customer_id: int | None = ref("customer.id", nullable=True)
    deal_id: int | None = ref("deal.id", nullable=True)
    belongs: bool = False
    state: str = Field(default="reading", index=True)
    problem: str = ""
    pages: list[str] = text_list()
    findings: list[dict[str, object]] = objects()
    read_with: str = ""
    uploaded_by: str
    uploaded_at: datetime = instant()
    confirmed_by: str = ""
    confirmed_at: datetime | None = instant(nullable=True)
    updated_at: datetime = instant()


class ContractTermRow(SQLModel, table=True):
    """One term as it was read, and what a person said of it.

    `name` may repeat; `place` counts terms of one name from 0. `normalized` holds the value for
    programs under "v"; `confidence` is in percent. States: open, confirmed, corrected, empty (a
    person says there is none).
    """

    __tablename__ = "contract_term"
    __table_args__ = (
        UniqueConstraint("contract_id", "name", "place", name="uq_contract_term"),
        CheckConstraint(
            "state IN ('open', 'confirmed', 'corrected', 'empty')", name="known_term_state"
        ),
    )
    id: int = big_id()
    contract_id: int = ref("contract.id", index=False)
    name: str
    place: int = 0
    position: int
    value: str = ""
    normalized: dict[str, object] = json()
    quote: str = ""
    page: int = 0
    confidence: int = 0
    state: str = "open"
    by: str = ""
    by_name: str = ""
    at: datetime | None = instant(nullable=True)


_LIGHT = defer(cast("QueryableAttribute[bytes]", ContractRow.body))


async def insert_contract(session: Session, row: ContractRow) -> int | None:
    """Keep a contract; its id, or None if the same file is known."""
    made = await session.exec(
        insert(ContractRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["digest"])
        .returning(col(ContractRow.id))
    )
    return made.scalar_one_or_none()


async def contract(session: Session, contract_id: int) -> ContractRow | None:
    """The contract with its bytes, or None."""
    return await session.get(ContractRow, contract_id, populate_existing=True)


async def locked_contract(session: Session, contract_id: int) -> ContractRow | None:
    """The contract, its row locked until the transaction ends."""
    found = await session.exec(
        select(ContractRow)
        .where(ContractRow.id == contract_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def contract_of_digest(session: Session, digest: str) -> ContractRow | None:
    """The contract with these bytes, or None."""
    return (await session.exec(select(ContractRow).where(ContractRow.digest == digest))).first()


async def contracts_page(
    session: Session, *, before: int = 0, limit: int = 50
) -> Sequence[ContractRow]:
    """Contracts without their bytes, the newest first, before the last id seen."""
    query = select(ContractRow).options(_LIGHT).order_by(col(ContractRow.id).desc()).limit(limit)
    if before:
        query = query.where(ContractRow.id < before)
    return (await session.exec(query)).all()


async def contracts_of_deal(session: Session, deal_id: int) -> Sequence[ContractRow]:
    """Contracts of a deal without their bytes, the oldest first."""
    found = await session.exec(
        select(ContractRow)
        .where(ContractRow.deal_id == deal_id)
        .options(_LIGHT)
        .order_by(col(ContractRow.id))
    )
    return found.all()


async def contracts_of_deals(session: Session, deal_ids: Sequence[int]) -> Sequence[ContractRow]:
    """Contracts of these deals without their bytes, the oldest first."""
    found = await session.exec(
        select(ContractRow)
        .where(col(ContractRow.deal_id).in_(deal_ids))
        .options(_LIGHT)
        .order_by(col(ContractRow.id))
    )
    return found.all()


async def terms_of(session: Session, contract_ids: Sequence[int]) -> Sequence[ContractTermRow]:
    """The terms of these contracts, in the order of the review."""
    found = await session.exec(
        select(ContractTermRow)
        .where(col(ContractTermRow.contract_id).in_(contract_ids))
        .order_by(col(ContractTermRow.contract_id), col(ContractTermRow.position))
    )
    return found.all()


async def drop_terms(session: Session, contract_id: int, name: str, *, beyond: int) -> None:
    """Forget the terms of this name from a place on."""
    await session.exec(
        delete(ContractTermRow).where(
            col(ContractTermRow.contract_id) == contract_id,
            col(ContractTermRow.name) == name,
            col(ContractTermRow.place) >= beyond,
        )
    )
