"""Deals as their source told them: every version, what people answered, and who the party is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, or_, select

from store.columns import big, big_id, instant, json, objects, ref
from store.engine import Session

_FACTS = ("name", "parent", "merged_into")
STATES = ("won", "not_won", "gone", "cancelled", "unreadable")


class DealRow(SQLModel, table=True):
    """A deal, unique by source and its id there. `version` grows with each new content.

    `stamp` is the source's own version, `content_hash` of what it says. States: won, not_won,
    gone (deleted at the source), cancelled (by a person), unreadable (won, and never read yet:
    `problems` says why); `ended_on` is the last day that is billed. `questions` are lines that
    nobody can bill yet. `amends` is the deal it changes, `treatment` how a person said that this
    is to be treated.
    """

    __tablename__ = "deal"
    __table_args__ = (
        UniqueConstraint("source", "source_id", name="uq_deal_source"),
        CheckConstraint(
            "state IN ('won', 'not_won', 'gone', 'cancelled', 'unreadable')",
            name="known_deal_state",
        ),
    )
    id: int = big_id()
    source: str
    source_id: str
    name: str = ""
    state: str = Field(default="won", index=True)
    stage: str = ""
    ended_on: date | None = None
    version: int = 1
    stamp: str = ""
    content_hash: str = ""
    changed_at: datetime | None = instant(nullable=True)
    account_id: int | None = ref("crm_account.id", nullable=True)
    customer_name: str = ""
    currency: str = ""
    worth_minor: int = big()
    amount_minor: int | None = big(nullable=True)
    questions: int = 0
    problems: list[dict[str, object]] = objects()
    amends: str = ""
    treatment: str = ""
    treatment_by: str = ""
    read_at: datetime = instant()
    updated_at: datetime = instant(index=True)


class DealVersionRow(SQLModel, table=True):
    """What a source said of a deal at one time, whole."""

    __tablename__ = "deal_version"
    __table_args__ = (UniqueConstraint("deal_id", "version", name="uq_deal_version"),)
    id: int = big_id()
    deal_id: int = ref("deal.id", index=False)
    version: int
    stamp: str
    content_hash: str
    payload: dict[str, object] = json()
    changed_at: datetime | None = instant(nullable=True)
    read_at: datetime = instant()


class DealAnswerRow(SQLModel, table=True):
    """What a person said about a line because the source does not; it holds for later versions."""

    __tablename__ = "deal_answer"
    __table_args__ = (UniqueConstraint("deal_id", "line_id", name="uq_deal_answer"),)
    id: int = big_id()
    deal_id: int = ref("deal.id", index=False)
    line_id: str
    value: dict[str, object] = json()
    by: str
    name: str
    at: datetime = instant()


class CrmAccountRow(SQLModel, table=True):
    """A party as a source knows it: what it says now, and what a person last confirmed.

    `seen` and `confirmed` hold name, parent and merged_into. They differ once the account was
    renamed, merged or put under another.
    """

    __tablename__ = "crm_account"
    __table_args__ = (UniqueConstraint("source", "external_id", name="uq_crm_account"),)
    id: int = big_id()
    source: str
    external_id: str
    seen: dict[str, object] = json()
    confirmed: dict[str, object] = json()
    confirmed_by: str = ""
    confirmed_at: datetime | None = instant(nullable=True)
    seen_at: datetime = instant()


async def deal(session: Session, deal_id: int) -> DealRow | None:
    """The deal, or None."""
    return await session.get(DealRow, deal_id, populate_existing=True)


async def locked_deal(session: Session, deal_id: int) -> DealRow | None:
    """The deal, its row locked until the transaction ends."""
    found = await session.exec(
        select(DealRow)
        .where(DealRow.id == deal_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def deal_named(session: Session, source: str, source_id: str) -> DealRow | None:
    """The deal of this source and id, locked; None when it was never won."""
    found = await session.exec(
        select(DealRow)
        .where(DealRow.source == source, DealRow.source_id == source_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def insert_deal(session: Session, row: DealRow) -> int | None:
    """Insert a deal; its id, or None if it is known."""
    made = await session.exec(
        insert(DealRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["source", "source_id"])
        .returning(col(DealRow.id))
    )
    return made.scalar_one_or_none()


async def versions_of(
    session: Session, deal_id: int, *, limit: int = 100
) -> Sequence[DealVersionRow]:
    """What was ever said of a deal, the latest first."""
    found = await session.exec(
        select(DealVersionRow)
        .where(DealVersionRow.deal_id == deal_id)
        .order_by(col(DealVersionRow.version).desc())
        .limit(limit)
    )
    return found.all()


async def stamped(session: Session, deal_id: int, stamp: str) -> bool:
    """Whether a version with this stamp was read before."""
    found = await session.exec(
        select(DealVersionRow.id)
        .where(DealVersionRow.deal_id == deal_id, DealVersionRow.stamp == stamp)
        .limit(1)
    )
    return found.first() is not None


async def current_versions(
    session: Session, deal_ids: Collection[int]
) -> dict[int, DealVersionRow]:
    """What these deals say now, by deal."""
    if not deal_ids:
        return {}
    found = await session.exec(
        select(DealVersionRow)
        .join(DealRow, col(DealRow.id) == col(DealVersionRow.deal_id))
        .where(col(DealVersionRow.deal_id).in_(deal_ids))
        .where(col(DealVersionRow.version) == col(DealRow.version))
    )
    return {row.deal_id: row for row in found.all()}


async def answers_of(session: Session, deal_id: int) -> Sequence[DealAnswerRow]:
    """What people said about the lines of a deal."""
    found = await session.exec(
        select(DealAnswerRow)
        .where(DealAnswerRow.deal_id == deal_id)
        .order_by(col(DealAnswerRow.line_id))
        .execution_options(populate_existing=True)
    )
    return found.all()


async def put_answer(session: Session, row: DealAnswerRow) -> None:
    """Keep an answer in the place of an earlier one."""
    values = row.model_dump(exclude={"id"})
    fresh = {name: values[name] for name in ("value", "by", "name", "at")}
    await session.exec(
        insert(DealAnswerRow)
        .values(**values)
        .on_conflict_do_update(index_elements=["deal_id", "line_id"], set_=fresh)
    )


async def account(session: Session, source: str, external_id: str) -> CrmAccountRow | None:
    """The party of this source and id, or None."""
    found = await session.exec(
        select(CrmAccountRow).where(
            CrmAccountRow.source == source, CrmAccountRow.external_id == external_id
        )
    )
    return found.first()


async def see_account(session: Session, row: CrmAccountRow) -> int:
    """Note what a source says of a party; what was confirmed stays. Its id."""
    values = row.model_dump(exclude={"id"})
    fresh = {"seen": values["seen"], "seen_at": values["seen_at"]}
    made = await session.exec(
        insert(CrmAccountRow)
        .values(**values)
        .on_conflict_do_update(index_elements=["source", "external_id"], set_=fresh)
        .returning(col(CrmAccountRow.id))
    )
    return int(made.scalar_one())


async def account_by_id(session: Session, account_id: int) -> CrmAccountRow | None:
    """The party, or None."""
    return await session.get(CrmAccountRow, account_id, populate_existing=True)


async def accounts(session: Session, ids: Collection[int]) -> dict[int, CrmAccountRow]:
    """These parties by id."""
    if not ids:
        return {}
    found = await session.exec(select(CrmAccountRow).where(col(CrmAccountRow.id).in_(ids)))
    return {row.id: row for row in found.all()}


async def deals_page(
    session: Session, *, state: str = "", source: str = "", before: int = 0, limit: int = 50
) -> Sequence[DealRow]:
    """Deals, the newest first, before the last id seen."""
    query = select(DealRow).order_by(col(DealRow.id).desc()).limit(limit)
    if before:
        query = query.where(DealRow.id < before)
    if state == "asking":
        query = query.where(or_(DealRow.questions > 0, DealRow.state == "unreadable"))
    elif state:
        query = query.where(DealRow.state == state)
    if source:
        query = query.where(DealRow.source == source)
    return (await session.exec(query)).all()


async def standing_ids(
    session: Session, source: str, *, after: int = 0, limit: int = 500
) -> Sequence[tuple[int, str]]:
    """Deals of a source that are won or unreadable as last read, by our id, with theirs."""
    found = await session.exec(
        select(DealRow.id, DealRow.source_id)
        .where(DealRow.source == source, col(DealRow.state).in_(["won", "unreadable"]))
        .where(col(DealRow.id) > after)
        .order_by(col(DealRow.id))
        .limit(limit)
    )
    return found.all()


async def deal_sources(session: Session) -> dict[str, int]:
    """How many deals each source told."""
    found = await session.exec(
        select(DealRow.source, func.count()).group_by(DealRow.source).order_by(DealRow.source)
    )
    return dict(found.all())


async def deals(session: Session, ids: Collection[int]) -> dict[int, DealRow]:
    """These deals by id."""
    if not ids:
        return {}
    found = await session.exec(select(DealRow).where(col(DealRow.id).in_(ids)))
    return {row.id: row for row in found.all()}


def account_changes(seen: Mapping[str, object], confirmed: Mapping[str, object]) -> tuple[str, ...]:
    """What changed of a party since somebody confirmed it, in words."""
    told = []
    for name in _FACTS:
        before, after = str(confirmed.get(name) or ""), str(seen.get(name) or "")
        if before.casefold().split() != after.casefold().split():
            told.append(f"{name.replace('_', ' ')} {before or 'none'} is now {after or 'none'}")
    added = set(_ids(seen)) - set(_ids(confirmed))
    if added:
        told.append(f"account {', '.join(sorted(added))} was merged into it")
    return tuple(told)


def _ids(raw: Mapping[str, object]) -> list[str]:
    found = raw.get("merged")
    return [str(one) for one in found] if isinstance(found, list) else []
