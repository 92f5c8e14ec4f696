"""Drift findings: what went apart between the ERP and what we relied on, and how it was settled."""

from __future__ import annotations

import json as text_of
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, func, or_, text
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from store.columns import big, big_id, instant, json, ref, text_list
from store.engine import Session
from store.overdue import like
from store.parties import CustomerRow

OPEN, CLOSED, IGNORED, UNSYNCABLE = "open", "closed", "ignored", "unsyncable"
STATES = (OPEN, IGNORED, UNSYNCABLE, CLOSED)
HIDDEN = (IGNORED, UNSYNCABLE)
# Subjects whose ERP ids are not those of documents.
SUBSIDIARY, CUSTOMER = "subsidiary", "customer"
NO_DOCUMENTS = (SUBSIDIARY, CUSTOMER)
# Who closed what stood so when it was first read: kept for comparing, shown to nobody.
ADOPTED = "import"


class DriftFindingRow(SQLModel, table=True):
    """One cause of drift. `key` is its kind and subject: the same cause is one finding.

    `ours` and `theirs` are document states (domain.ledger.drift_record) or, for a control total,
    amounts. `fields` went apart. Resolutions: "", accepted, pushed, ignored, unsyncable.
    """

    __tablename__ = "drift_finding"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'ignored', 'unsyncable', 'closed')", name="known_state"),
        CheckConstraint(
            "(state = 'ignored') = (ignored_until IS NOT NULL)", name="ignored_until_a_day"
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at_a_moment"),
        Index("ix_drift_finding_standing", "netsuite_id", postgresql_where="state <> 'closed'"),
    )
    id: int = big_id()
    key: str = Field(unique=True)
    kind: str = Field(index=True)
    document_kind: str
    netsuite_id: str
    number: str = ""
    customer_id: int | None = ref("customer.id", nullable=True)
    subsidiary_id: int | None = ref("subsidiary.id", nullable=True, index=False)
    fields: list[str] = text_list()
    ours: dict[str, object] = json()
    theirs: dict[str, object] = json()
    state: str = Field(default=OPEN, index=True)
    first_seen_at: datetime = instant()
    last_seen_at: datetime = instant()
    closed_at: datetime | None = instant(nullable=True)
    closed_by: str = ""
    closed_reason: str = ""
    changed_by: str = ""
    changed_at: datetime | None = instant(nullable=True)
    asked_who_at: datetime | None = instant(nullable=True)
    period_ends_on: date | None = None
    ignored_until: date | None = None
    resolution: str = ""
    resolved_by: str = ""
    resolved_reason: str = ""
    resolved_at: datetime | None = instant(nullable=True)
    effect_id: int | None = big(nullable=True)


async def finding(session: Session, finding_id: int) -> DriftFindingRow | None:
    """The finding, or None."""
    return await session.get(DriftFindingRow, finding_id)


async def locked(session: Session, finding_id: int) -> DriftFindingRow | None:
    """The finding, held by this transaction, or None."""
    found = await session.exec(
        select(DriftFindingRow).where(DriftFindingRow.id == finding_id).with_for_update()
    )
    return found.first()


async def of_documents(session: Session, netsuite_ids: Iterable[str]) -> Sequence[DriftFindingRow]:
    """All findings on these documents, and those not closed that name one as the earlier twin."""
    ids = sorted(netsuite_ids)
    if not ids:
        return ()
    twin = col(DriftFindingRow.ours)["netsuite_id"].astext.in_(ids)
    found = await session.exec(
        select(DriftFindingRow)
        .where(
            or_(
                col(DriftFindingRow.netsuite_id).in_(ids)
                & ~col(DriftFindingRow.document_kind).in_(NO_DOCUMENTS),
                twin & (col(DriftFindingRow.state) != CLOSED),
            )
        )
        .order_by(col(DriftFindingRow.id))
    )
    return found.all()


async def standing(session: Session) -> Sequence[DriftFindingRow]:
    """Every finding that is not closed."""
    found = await session.exec(
        select(DriftFindingRow)
        .where(col(DriftFindingRow.state) != CLOSED)
        .order_by(col(DriftFindingRow.id))
    )
    return found.all()


async def by_keys(session: Session, keys: Iterable[str]) -> dict[str, DriftFindingRow]:
    """Findings by key, closed ones included."""
    wanted = sorted(keys)
    if not wanted:
        return {}
    found = await session.exec(select(DriftFindingRow).where(col(DriftFindingRow.key).in_(wanted)))
    return {row.key: row for row in found.all()}


_APPLIED_TO = text("""
SELECT f.id FROM drift_finding f
WHERE f.kind = 'application_mismatch' AND f.state <> 'closed' AND EXISTS (
  SELECT 1 FROM jsonb_array_elements(f.ours->'applications') AS a
  WHERE a->>0 IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb))))
""")


async def applied_to(session: Session, netsuite_ids: Iterable[str]) -> Sequence[DriftFindingRow]:
    """Standing findings on applications whose other document is one of these."""
    connection = await session.connection()
    ids = text_of.dumps(sorted(netsuite_ids))
    found = [row[0] for row in (await connection.execute(_APPLIED_TO, {"ids": ids})).all()]
    if not found:
        return ()
    rows = await session.exec(select(DriftFindingRow).where(col(DriftFindingRow.id).in_(found)))
    return rows.all()


async def open_findings(
    session: Session,
    *,
    kind: str = "",
    states: Sequence[str] = (OPEN,),
    customer_id: int | None = None,
    customer: str = "",
    subsidiary_id: int | None = None,
    ends_by: date | None = None,
    ends_after: date | None = None,
    after: int = 0,
    limit: int | None = None,
) -> Sequence[DriftFindingRow]:
    """Findings by id, those that are open unless other states are asked for.

    `customer` is a part of the customer's name or its number; `ends_by` and `ends_after` bound
    the day on which the books they concern close.
    """
    query = select(DriftFindingRow).where(
        col(DriftFindingRow.state).in_(states),
        DriftFindingRow.id > after,
        DriftFindingRow.closed_by != ADOPTED,
    )
    if kind:
        query = query.where(DriftFindingRow.kind == kind)
    if customer_id is not None:
        query = query.where(DriftFindingRow.customer_id == customer_id)
    if customer:
        query = query.where(col(DriftFindingRow.customer_id).in_(_named(customer)))
    if subsidiary_id is not None:
        query = query.where(DriftFindingRow.subsidiary_id == subsidiary_id)
    ends_on = col(DriftFindingRow.period_ends_on)
    if ends_by is not None:
        query = query.where(ends_on <= ends_by)
    if ends_after is not None:
        query = query.where(or_(ends_on.is_(None), ends_on > ends_after))
    if limit is not None:
        query = query.limit(limit)
    return (await session.exec(query.order_by(col(DriftFindingRow.id)))).all()


def _named(text: str) -> SelectOfScalar[int]:
    pattern = like(text)
    return select(CustomerRow.id).where(
        or_(
            col(CustomerRow.name).ilike(pattern, escape="\\"),
            col(CustomerRow.entity_number).ilike(pattern, escape="\\"),
        )
    )


async def counts(session: Session) -> dict[str, dict[str, int]]:
    """How many findings there are by state and kind; closed ones too."""
    found = await session.exec(
        select(DriftFindingRow.state, DriftFindingRow.kind, func.count())
        .where(DriftFindingRow.closed_by != ADOPTED)
        .group_by(col(DriftFindingRow.state), col(DriftFindingRow.kind))
        .order_by(col(DriftFindingRow.state), col(DriftFindingRow.kind))
    )
    result: dict[str, dict[str, int]] = {state: {} for state in STATES}
    for state, kind, number in found.all():
        result[state][kind] = number
    return result


async def unattributed(session: Session, limit: int) -> Sequence[DriftFindingRow]:
    """Standing findings on documents of whom nobody has asked yet who changed them."""
    found = await session.exec(
        select(DriftFindingRow)
        .where(col(DriftFindingRow.state) != CLOSED)
        .where(col(DriftFindingRow.asked_who_at).is_(None))
        .where(~col(DriftFindingRow.document_kind).in_(NO_DOCUMENTS))
        .order_by(col(DriftFindingRow.id))
        .limit(limit)
    )
    return found.all()


async def expired(session: Session, today: date) -> Sequence[DriftFindingRow]:
    """Ignored findings whose time is over."""
    found = await session.exec(
        select(DriftFindingRow)
        .where(DriftFindingRow.state == IGNORED)
        .where(col(DriftFindingRow.ignored_until) < today)
        .order_by(col(DriftFindingRow.id))
    )
    return found.all()
