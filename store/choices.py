"""The ERP's lists as somebody chooses from them, and the mappings that point into them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Subquery, func, literal, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from store.engine import Session
from store.erp_masters import ClassificationRow, GlAccountRow, ItemRow, TermRow
from store.mappings import KINDS, MappingRow
from store.overdue import like
from store.parties import CustomerRow, SubsidiaryRow

Wide = Select[*tuple[Any, ...]]
# Tax codes are not among the lists that are read; they are mapped by their id alone.
LISTED = tuple(kind for kind in KINDS if kind != "tax")


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of one of the ERP's lists."""

    netsuite_id: str
    name: str
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping with the entry it points to; None if the ERP's list has none of this id."""

    row: MappingRow
    target: Choice | None


@dataclass(frozen=True, slots=True)
class MappingCount:
    """How many mappings of a kind there are, and how many of them are unconfirmed guesses."""

    total: int = 0
    guesses: int = 0


def _items() -> Wide:
    row = ItemRow
    return columns(col(row.netsuite_id).label("id"), col(row.name).label("name"), col(row.inactive))


def _accounts() -> Wide:
    row = GlAccountRow
    name = func.trim(func.concat(row.number, " ", row.name)).label("name")
    return columns(col(row.netsuite_id).label("id"), name, col(row.inactive))


def _terms() -> Wide:
    row = TermRow
    return columns(col(row.netsuite_id).label("id"), col(row.name).label("name"), col(row.inactive))


def _subsidiaries() -> Wide:
    row = SubsidiaryRow
    alive = literal(value=False).label("inactive")
    return columns(col(row.netsuite_id).label("id"), col(row.name).label("name"), alive)


def _customers() -> Wide:
    row = CustomerRow
    return columns(col(row.netsuite_id).label("id"), col(row.name).label("name"), col(row.inactive))


def _classified(kind: str) -> Callable[[], Wide]:
    def make() -> Wide:
        row = ClassificationRow
        return columns(
            col(row.netsuite_id).label("id"), col(row.name).label("name"), col(row.inactive)
        ).where(col(row.kind) == kind)

    return make


_LISTS: dict[str, Callable[[], Wide]] = {
    "item": _items,
    "account": _accounts,
    "department": _classified("department"),
    "class": _classified("class"),
    "location": _classified("location"),
    "terms": _terms,
    "subsidiary": _subsidiaries,
    "customer": _customers,
}


def _list(kind: str) -> Subquery | None:
    make = _LISTS.get(kind)
    return make().subquery() if make is not None else None


async def choices(session: Session, kind: str, *, text: str = "", limit: int = 300) -> list[Choice]:
    """Entries that may be chosen, by name, at most `limit`."""
    found = _list(kind)
    if found is None:
        return []
    query: Wide = columns(found).where(~found.c.inactive).order_by(found.c.name).limit(limit)
    if text:
        query = query.where(found.c.name.ilike(like(text), escape="\\"))
    return await _read(session, query)


async def chosen(session: Session, kind: str, typed: str) -> list[Choice]:
    """Active entries that somebody means who typed an id or a whole name; two if it is not clear.

    "Name (id)", as lists offer it, means the id.
    """
    found = _list(kind)
    if found is None or not typed:
        return []
    inside = typed.rpartition("(")[2].removesuffix(")") if typed.endswith(")") else typed
    named = func.lower(found.c.name) == typed.lower()
    query: Wide = columns(found).where(~found.c.inactive).limit(2)
    by_id = await _read(session, query.where(found.c.id == inside))
    return by_id or await _read(session, query.where(named))


async def names_of(session: Session, kind: str, ids: Collection[str]) -> dict[str, Choice]:
    """The entries with these ids, inactive ones too."""
    found = _list(kind)
    if found is None or not ids:
        return {}
    read = await _read(session, columns(found).where(found.c.id.in_(ids)))
    return {one.netsuite_id: one for one in read}


async def _read(session: Session, query: Wide) -> list[Choice]:
    connection = await session.connection()
    rows = (await connection.execute(query)).all()
    return [Choice(row[0], row[1], row[2]) for row in rows]


async def mapped(
    session: Session,
    kind: str,
    *,
    text: str = "",
    guesses: bool = False,
    limit: int,
    offset: int = 0,
) -> list[Mapped]:
    """Mappings of a kind, defaults first, then by our word, with what they point to."""
    query = (
        select(MappingRow)
        .where(col(MappingRow.kind) == kind)
        .order_by(
            col(MappingRow.ours) != "*",
            func.lower(MappingRow.ours),
            col(MappingRow.source),
            col(MappingRow.id),
        )
        .limit(limit)
        .offset(offset)
    )
    if guesses:
        query = query.where(col(MappingRow.guess))
    if text:
        pattern = like(text)
        query = query.where(
            or_(
                col(MappingRow.ours).ilike(pattern, escape="\\"),
                col(MappingRow.netsuite_id) == text,
            )
        )
    rows = (await session.exec(query)).all()
    targets = await names_of(session, kind, {row.netsuite_id for row in rows})
    return [Mapped(row, targets.get(row.netsuite_id)) for row in rows]


async def mapping_counts(session: Session) -> dict[str, MappingCount]:
    """How many mappings there are by kind."""
    query: Wide = columns(
        col(MappingRow.kind), func.count(), func.count().filter(col(MappingRow.guess))
    ).group_by(col(MappingRow.kind))
    connection = await session.connection()
    counted = {kind: MappingCount() for kind in KINDS}
    for kind, number, guesses in (await connection.execute(query)).all():
        counted[kind] = MappingCount(number, guesses)
    return counted


async def lists_read_at(session: Session) -> datetime | None:
    """When the oldest of the ERP's lists was last read; None before the first reading."""
    connection = await session.connection()
    seen = [
        (await connection.execute(columns(func.max(row.seen_at)))).scalar_one()
        for row in (ItemRow, GlAccountRow, TermRow)
    ]
    known = [at for at in seen if at is not None]
    return min(known) if known else None
