"""The ERP's own revenue plans beside ours, as they were last read: elements, periods, causes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, objects, ref
from store.engine import Session

READ, NOT_SHOWN, READING = "read", "not_shown", "reading"
_MOST = 1_000


class RevenueArmReadingRow(SQLModel, table=True):
    """One reading of the ERP's plans. `outcome` is reading, read or not_shown (`told` says what
    the account or the role lacks)."""

    __tablename__ = "revenue_arm_reading"
    id: int = big_id()
    since_on: date
    started_at: datetime = instant()
    finished_at: datetime | None = instant(nullable=True)
    outcome: str = READING
    told: str = ""
    elements: int = 0


class RevenueArmRow(SQLModel, table=True):
    """An element of the ERP beside its line of ours, or a line without an element.

    `key` is "element:{netsuite id}", or "line:{document}:{netsuite id}:{line}". `state` is equal,
    rounding, differs, only_ours or only_theirs; `findings` are cause and words. Amounts by period
    are in `currency`, that of the ERP's plan; `amount` is the element's, in `document_currency`.
    """

    __tablename__ = "revenue_arm"
    id: int = big_id()
    key: str = Field(unique=True)
    reading_id: int = ref("revenue_arm_reading.id")
    subsidiary_id: int | None = ref("subsidiary.id", nullable=True)
    obligation_id: int | None = ref("revenue_obligation.id", nullable=True)
    state: str = Field(index=True)
    source_kind: str = ""
    source_netsuite_id: str = Field(default="", index=True)
    line: int = 0
    label: str = ""
    element: str = ""
    arrangement: str = ""
    currency: str
    document_currency: str = ""
    amount_minor: int = big()
    findings: list[dict[str, object]] = objects()


class RevenueArmPeriodRow(SQLModel, table=True):
    """One period of an element: ours, what the ERP plans, what it posted."""

    __tablename__ = "revenue_arm_period"
    __table_args__ = (UniqueConstraint("arm_id", "starts_on", name="uq_revenue_arm_period"),)
    id: int = big_id()
    arm_id: int = ref("revenue_arm.id", index=False)
    starts_on: date = Field(index=True)
    period: str = ""
    ours_minor: int = big()
    planned_minor: int = big()
    posted_minor: int = big()


@dataclass(frozen=True, slots=True)
class Standing:
    """How the elements of a subsidiary stand through a day: how many, and how many are apart.

    `unposted` counts elements of which the ERP has not posted all that it plans until then.
    """

    elements: int
    apart: int
    rounding: int
    unposted: int
    first: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An element with its sums over the periods asked for."""

    row: RevenueArmRow
    ours: int
    planned: int
    posted: int


_STANDING = text("""
SELECT count(*), count(*) FILTER (WHERE apart), count(*) FILTER (WHERE state = 'rounding'),
  count(*) FILTER (WHERE unposted), COALESCE(min(label) FILTER (WHERE apart), '')
FROM (
  SELECT a.id, a.state, COALESCE(NULLIF(a.label, ''), a.element) AS label,
    a.state <> 'rounding' AND COALESCE(SUM(p.planned_minor - p.ours_minor), 0) <> 0 AS apart,
    COALESCE(SUM(p.planned_minor - p.posted_minor), 0) <> 0 AS unposted
  FROM revenue_arm a LEFT JOIN revenue_arm_period p ON p.arm_id = a.id AND p.starts_on <= :through
  WHERE (a.subsidiary_id = :subsidiary_id OR a.subsidiary_id IS NULL) GROUP BY a.id
) x
""")
_SUMS = text("""
SELECT a.id, SUM(p.ours_minor), SUM(p.planned_minor), SUM(p.posted_minor)
FROM revenue_arm a LEFT JOIN revenue_arm_period p
  ON p.arm_id = a.id AND p.starts_on BETWEEN :first AND :last
WHERE (:subsidiary_id = 0 OR a.subsidiary_id = :subsidiary_id)
  AND (p.id IS NOT NULL OR a.findings <> '[]'::jsonb)
GROUP BY a.id ORDER BY a.state IN ('equal', 'rounding'), a.id LIMIT :most OFFSET :start
""")
_FORGET_PERIODS = text("""
DELETE FROM revenue_arm_period p USING revenue_arm a
WHERE a.id = p.arm_id AND (a.key = ANY(:keys) OR (:reading_id > 0 AND a.reading_id <> :reading_id))
""")
_FORGET = text("DELETE FROM revenue_arm WHERE reading_id <> :reading_id")
_FORGET_READINGS = text("""
DELETE FROM revenue_arm_reading r WHERE r.id < :reading_id - 30
  AND NOT EXISTS (SELECT 1 FROM revenue_arm a WHERE a.reading_id = r.id)
""")


async def last_reading(session: Session) -> RevenueArmReadingRow | None:
    """The last reading that came to an end."""
    found = await session.exec(
        select(RevenueArmReadingRow)
        .where(RevenueArmReadingRow.outcome != READING)
        .order_by(col(RevenueArmReadingRow.id).desc())
        .limit(1)
    )
    return found.first()


async def put(
    session: Session, rows: Sequence[tuple[RevenueArmRow, Sequence[RevenueArmPeriodRow]]]
) -> None:
    """Keep comparisons in the place of earlier ones of the same keys."""
    if not rows:
        return
    connection = await session.connection()
    values = [row.model_dump(exclude={"id"}) for row, _ in rows]
    statement = insert(RevenueArmRow).values(values)
    changed = {name: statement.excluded[name] for name in values[0] if name != "key"}
    kept = await connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_=changed).returning(
            col(RevenueArmRow.key), col(RevenueArmRow.id)
        )
    )
    ids = {str(row[0]): int(row[1]) for row in kept}
    await connection.execute(_FORGET_PERIODS, {"keys": list(ids), "reading_id": 0})
    periods = [
        {**period.model_dump(exclude={"id"}), "arm_id": ids[row.key]}
        for row, some in rows
        for period in some
    ]
    if periods:
        await connection.execute(insert(RevenueArmPeriodRow), periods)


async def finish(session: Session, reading: RevenueArmReadingRow) -> None:
    """Forget what this reading did not see, and readings of long ago."""
    connection = await session.connection()
    values = {"reading_id": reading.id}
    await connection.execute(_FORGET_PERIODS, {"keys": [], **values})
    await connection.execute(_FORGET, values)
    await connection.execute(_FORGET_READINGS, values)
    session.add(reading)
    await session.flush()


async def standing(session: Session, subsidiary_id: int, through: date) -> Standing:
    """How a subsidiary's elements stand in periods that begin by a day."""
    connection = await session.connection()
    values = {"subsidiary_id": subsidiary_id, "through": through}
    return Standing(*(await connection.execute(_STANDING, values)).one())


async def shown(
    session: Session, subsidiary_id: int, span: tuple[date, date], *, start: int, most: int
) -> list[Shown]:
    """Elements with anything in a span, those that differ first."""
    connection = await session.connection()
    first, last = span
    values = {"subsidiary_id": subsidiary_id, "first": first, "last": last}
    found = list(await connection.execute(_SUMS, {**values, "start": start, "most": most}))
    ids = [row[0] for row in found]
    rows = await session.exec(select(RevenueArmRow).where(col(RevenueArmRow.id).in_(ids)))
    by_id = {row.id: row for row in rows.all()}
    return [Shown(by_id[one[0]], *(int(part or 0) for part in one[1:])) for one in found]


async def periods_of(
    session: Session, arm_ids: Sequence[int], span: tuple[date, date]
) -> Sequence[RevenueArmPeriodRow]:
    """The periods of these elements in a span."""
    found = await session.exec(
        select(RevenueArmPeriodRow)
        .where(
            col(RevenueArmPeriodRow.arm_id).in_(arm_ids),
            col(RevenueArmPeriodRow.starts_on).between(*span),
        )
        .order_by(col(RevenueArmPeriodRow.arm_id), col(RevenueArmPeriodRow.starts_on))
        .limit(_MOST * 12)
    )
    return found.all()
