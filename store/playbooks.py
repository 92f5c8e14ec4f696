"""Playbooks: their versions, whom they are for, and where each customer stands in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, UniqueConstraint, cast, func
from sqlmodel import Field, SQLModel, col, select

from domain.ledger.invoice import InvoiceStatus
from store.columns import big_id, big_list, instant, objects, ref, text_list
from store.engine import Session
from store.receivables import InvoiceRow
from store.worklist import WorkItemRow

MOST_RUNS = 100


class PlaybookRow(SQLModel, table=True):
    """A playbook: for everybody or for the customers named. `version` is the one in force."""

    __tablename__ = "playbook"
    id: int = big_id()
    name: str = Field(unique=True)
    description: str = ""
    active: bool = Field(default=False, index=True)
    version: int = 1
    steps: int = 0
    everybody: bool = False
    customer_ids: list[int] = big_list()
    changed_at: datetime = instant()
    changed_by: str = ""


class PlaybookVersionRow(SQLModel, table=True):
    """What a playbook said at a version: the text as written, its author, and why."""

    __tablename__ = "playbook_version"
    __table_args__ = (UniqueConstraint("playbook_id", "version", name="uq_playbook_version"),)
    id: int = big_id()
    playbook_id: int = ref("playbook.id")
    version: int
    body: str
    author: str
    created_at: datetime = instant()
    note: str = ""


class PlaybookRunRow(SQLModel, table=True):
    """Where a customer stands in a playbook, for one cycle (the due date it is counted from).

    `position` is the path of the step that comes next, "" at the end. `log` holds each step taken:
    what was asked, what was answered, the words it rests on. States: running, waiting, done.
    """

    __tablename__ = "playbook_run"
    __table_args__ = (
        UniqueConstraint("customer_id", "playbook_id", "cycle", name="uq_playbook_run"),
    )
    id: int = big_id()
    playbook_id: int = ref("playbook.id")
    customer_id: int = ref("customer.id")
    version: int
    cycle: str
    position: str = "0"
    state: str = "running"
    wait_until: datetime | None = instant(nullable=True)
    started_at: datetime = instant()
    moved_at: datetime = instant()
    loop_in: list[str] = text_list()
    log: list[dict[str, object]] = objects()


async def playbooks(session: Session) -> Sequence[PlaybookRow]:
    """Every playbook, active ones first, then by name."""
    found = await session.exec(
        select(PlaybookRow)
        .order_by(col(PlaybookRow.active).desc(), col(PlaybookRow.name), col(PlaybookRow.id))
        .limit(500)
    )
    return found.all()


async def lock_all(session: Session) -> Sequence[PlaybookRow]:
    """Every playbook, rows locked in order: who is assigned is decided by one person at a time."""
    found = await session.exec(
        select(PlaybookRow)
        .order_by(col(PlaybookRow.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.all()


async def playbook(session: Session, playbook_id: int) -> PlaybookRow | None:
    """The playbook, or None."""
    return await session.get(PlaybookRow, playbook_id)


async def active_for(session: Session, customer_id: int) -> PlaybookRow | None:
    """The active playbook of a customer: there is at most one."""
    found = await session.exec(
        select(PlaybookRow)
        .where(col(PlaybookRow.active).is_(True))
        .where(
            col(PlaybookRow.everybody).is_(True)
            | col(PlaybookRow.customer_ids).contains([customer_id])
        )
        .order_by(col(PlaybookRow.id))
        .limit(1)
    )
    return found.first()


async def version_of(session: Session, playbook_id: int, version: int) -> PlaybookVersionRow | None:
    """What a playbook said at a version, or None."""
    found = await session.exec(
        select(PlaybookVersionRow)
        .where(PlaybookVersionRow.playbook_id == playbook_id)
        .where(PlaybookVersionRow.version == version)
    )
    return found.first()


async def versions_of(session: Session, playbook_id: int) -> Sequence[PlaybookVersionRow]:
    """The versions of a playbook, latest first."""
    found = await session.exec(
        select(PlaybookVersionRow)
        .where(PlaybookVersionRow.playbook_id == playbook_id)
        .order_by(col(PlaybookVersionRow.version).desc())
        .limit(100)
    )
    return found.all()


async def run_of(
    session: Session, customer_id: int, playbook_id: int, cycle: str, *, lock: bool = True
) -> PlaybookRunRow | None:
    """Where a customer stands in a playbook in this cycle; None before it began."""
    query = (
        select(PlaybookRunRow)
        .where(PlaybookRunRow.customer_id == customer_id)
        .where(PlaybookRunRow.playbook_id == playbook_id, PlaybookRunRow.cycle == cycle)
        .execution_options(populate_existing=True)
    )
    return (await session.exec(query.with_for_update() if lock else query)).first()


async def runs_of(session: Session, playbook_id: int) -> Sequence[PlaybookRunRow]:
    """Where customers stand in a playbook: those at a question first, then by their last move."""
    waits = col(PlaybookRunRow.state) == "waiting"
    found = await session.exec(
        select(PlaybookRunRow)
        .where(PlaybookRunRow.playbook_id == playbook_id)
        .order_by(waits.desc(), col(PlaybookRunRow.moved_at).desc(), col(PlaybookRunRow.id).desc())
        .limit(MOST_RUNS)
    )
    return found.all()


async def runs_count(session: Session, playbook_id: int) -> int:
    """How many customers stand, or stood, in a playbook."""
    query = select(func.count()).where(PlaybookRunRow.playbook_id == playbook_id)
    return (await session.exec(query.select_from(PlaybookRunRow))).one()


async def idle_questions(session: Session) -> Sequence[str]:
    """Keys of open questions that nobody needs answered: the playbook is not active any more, or
    the invoice that the run is counted from is settled.
    """
    owed = (
        select(InvoiceRow.id)
        .where(col(InvoiceRow.customer_id) == col(PlaybookRunRow.customer_id))
        .where(cast(col(InvoiceRow.due_on), String) == col(PlaybookRunRow.cycle))
        .where(col(InvoiceRow.status) == InvoiceStatus.OPEN.value, col(InvoiceRow.open_minor) > 0)
    )
    found = await session.exec(
        select(WorkItemRow.key)
        .join(
            PlaybookRunRow,
            cast(col(PlaybookRunRow.id), String) == col(WorkItemRow.detail)["run_id"].astext,
        )
        .join(PlaybookRow, col(PlaybookRow.id) == col(PlaybookRunRow.playbook_id))
        .where(col(WorkItemRow.kind) == "playbook_question")
        .where(col(WorkItemRow.closed_at).is_(None))
        .where(col(PlaybookRow.active).is_(False) | ~owed.exists())
    )
    return found.all()


async def run(session: Session, run_id: int) -> PlaybookRunRow | None:
    """The run, locked, or None."""
    return await session.get(PlaybookRunRow, run_id, with_for_update=True, populate_existing=True)
