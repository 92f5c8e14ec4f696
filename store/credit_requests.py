"""Credits, write-offs, voids and recoveries that were asked for here, and what became of them.

The mirror knows a credit memo's head; what of an invoice's lines it credits, and which part of it
was paid back or kept for later, is known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, UniqueConstraint, exists, or_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, func, select

from store.columns import big, big_id, instant, json, ref
from store.credit_lines import CreditMemoLineRow
from store.effects import EffectRow
from store.engine import Session
from store.receivables import ApplicationRow, CreditMemoRow, InvoiceRow

OVER = ("rejected", "expired", "superseded")
# The first key of advisory locks on what is asked for.
_TURNS = 4281


class CreditRequestRow(SQLModel, table=True):
    """What somebody asked for. Amounts in minor units of `currency`; the total includes tax.

    `source`, `source_id` name where it arose and are unique. Offset, refund and balance add up to
    a credit's amount. `effect_id` is the effect that does it, `refund_effect_id` the one after it:
    it pays back, or settles a recovery's journal; `draft_id` is the new invoice of a rebill.
    `record` is what a void is about, and the write-off that a recovery is of. What was posted has
    the ERP's id of its credit memo; `voided_at` ends it.
    """

    __tablename__ = "credit_request"
    __table_args__ = (
        UniqueConstraint("source", "source_id", name="uq_credit_request_source"),
        CheckConstraint(
            "kind IN ('credit', 'write_off', 'void', 'recovery')", name="known_credit_kind"
        ),
        CheckConstraint(
            "kind <> 'credit' OR offset_minor + refund_minor + balance_minor = amount_minor",
            name="parts_are_the_whole",
        ),
    )
    id: int = big_id()
    source: str
    source_id: str
    kind: str = Field(index=True)
    customer_id: int = ref("customer.id")
    invoice_id: int | None = ref("invoice.id", nullable=True)
    currency: str
    amount_minor: int = big()
    tax_minor: int = big()
    offset_minor: int = big()
    refund_minor: int = big()
    balance_minor: int = big()
    undelivered_minor: int = big()
    reason: str = ""
    treatment: str = ""
    note: str = ""
    on_day: date
    record: str = ""
    record_netsuite_id: str = ""
    number: str = ""
    run: str = Field(default="", index=True)
    effect_id: int | None = big(nullable=True, index=True)
    refund_effect_id: int | None = big(nullable=True, index=True)
    draft_id: int | None = big(nullable=True)
    netsuite_id: str = Field(default="", index=True)
    detail: dict[str, object] = json()
    created_by: str = ""
    created_at: datetime = instant()
    posted_at: datetime | None = instant(nullable=True)
    voided_at: datetime | None = instant(nullable=True)


class CreditRequestLineRow(SQLModel, table=True):
    """What of one invoice line is credited, net of tax; `invoice_line` is the ERP's number of it.

    The days are those that service is taken back for, where they were said.
    """

    __tablename__ = "credit_request_line"
    __table_args__ = (UniqueConstraint("request_id", "place", name="uq_credit_request_line"),)
    id: int = big_id()
    request_id: int = ref("credit_request.id", index=False)
    place: int
    invoice_line: int = 0
    item_netsuite_id: str = ""
    amount_minor: int = big()
    tax_minor: int = big()
    service_starts_on: date | None = None
    service_ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What credits of an invoice took, in minor units: those that stand and those under way.

    `offset` is what credit memos are applied with, ours or not; `lines` and `taxes` are net and
    tax by the ERP's number of the line, of credits that were asked for here.
    """

    offset: int = 0
    refunded: int = 0
    to_balance: int = 0
    pending: int = 0
    lines: Mapping[int, int] | None = None
    taxes: Mapping[int, int] | None = None


async def take_turn(session: Session, kind: str, name: str) -> None:
    """Let what names the same thing be asked for one after the other: a key, a document."""
    turn = func.pg_advisory_xact_lock(_TURNS, func.hashtext(f"{kind} {name}"))
    await session.exec(select(turn))


async def lock_invoice(session: Session, invoice_id: int) -> None:
    """Let credits of one invoice be asked for one after the other."""
    await session.exec(select(InvoiceRow.id).where(InvoiceRow.id == invoice_id).with_for_update())


async def insert_request(session: Session, row: CreditRequestRow) -> int | None:
    """Put a request on record; its id if new, None if one from the same source exists."""
    made = await session.exec(
        insert(CreditRequestRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["source", "source_id"])
        .returning(col(CreditRequestRow.id))
    )
    return made.scalar_one_or_none()


async def request(session: Session, request_id: int) -> CreditRequestRow | None:
    """One request."""
    return await session.get(CreditRequestRow, request_id)


async def request_from(session: Session, source: str, source_id: str) -> CreditRequestRow | None:
    """The request of a source; who asks with the same key meanwhile waits for this transaction."""
    await take_turn(session, "key", f"{source}:{source_id}")
    found = await session.exec(
        select(CreditRequestRow).where(
            CreditRequestRow.source == source, CreditRequestRow.source_id == source_id
        )
    )
    return found.first()


async def request_of_memo(session: Session, netsuite_id: str) -> CreditRequestRow | None:
    """The request that made a credit memo, if it was asked for here."""
    found = await session.exec(
        select(CreditRequestRow)
        .where(CreditRequestRow.netsuite_id == netsuite_id)
        .where(col(CreditRequestRow.kind).in_(("credit", "write_off")))
        .order_by(col(CreditRequestRow.id))
        .limit(1)
    )
    return found.first()


async def lines_of_request(session: Session, request_id: int) -> Sequence[CreditRequestLineRow]:
    """The credited lines, in order."""
    found = await session.exec(
        select(CreditRequestLineRow)
        .where(CreditRequestLineRow.request_id == request_id)
        .order_by(col(CreditRequestLineRow.place))
    )
    return found.all()


async def requests_page(
    session: Session, *, kind: str = "", customer_id: int = 0, after: int = 0, limit: int = 50
) -> Sequence[tuple[CreditRequestRow, str]]:
    """Requests with the state of their effect, the latest first; `after` is the last id seen."""
    query = (
        select(CreditRequestRow, func.coalesce(EffectRow.state, ""))
        .join(EffectRow, col(EffectRow.id) == col(CreditRequestRow.effect_id), isouter=True)
        .order_by(col(CreditRequestRow.id).desc())
        .limit(limit)
    )
    if kind:
        query = query.where(CreditRequestRow.kind == kind)
    if customer_id:
        query = query.where(CreditRequestRow.customer_id == customer_id)
    if after:
        query = query.where(col(CreditRequestRow.id) < after)
    return [(row, state) for row, state in (await session.exec(query)).all()]


async def void_asked(session: Session, record: str, netsuite_id: str) -> CreditRequestRow | None:
    """The request that a document be voided which is not over."""
    found = await session.exec(
        select(CreditRequestRow)
        .join(EffectRow, col(EffectRow.id) == col(CreditRequestRow.effect_id))
        .where(CreditRequestRow.kind == "void", CreditRequestRow.record == record)
        .where(CreditRequestRow.record_netsuite_id == netsuite_id)
        .where(col(EffectRow.state).not_in(OVER))
        .limit(1)
    )
    return found.first()


async def requests_on(session: Session, invoice_id: int) -> Sequence[tuple[CreditRequestRow, str]]:
    """The latest requests about an invoice with the state of their effect."""
    found = await session.exec(
        select(CreditRequestRow, func.coalesce(EffectRow.state, ""))
        .join(EffectRow, col(EffectRow.id) == col(CreditRequestRow.effect_id), isouter=True)
        .where(CreditRequestRow.invoice_id == invoice_id)
        .order_by(col(CreditRequestRow.id).desc())
        .limit(50)
    )
    return [(row, state) for row, state in found.all()]


async def taken_of(session: Session, invoice_id: int, *, but: int = 0) -> Taken:
    """What credits took of an invoice, leaving out the request `but`."""
    found = await session.exec(
        select(CreditRequestRow)
        .join(EffectRow, col(EffectRow.id) == col(CreditRequestRow.effect_id))
        .where(CreditRequestRow.invoice_id == invoice_id, CreditRequestRow.id != but)
        .where(_counts())
        .order_by(col(CreditRequestRow.id))
    )
    rows = found.all()
    pending = sum(row.offset_minor for row in rows if row.posted_at is None)
    lines, taxes = await _by_line(session, [row.id for row in rows])
    ours = {row.netsuite_id for row in rows if row.netsuite_id}
    elsewhere = await kept_elsewhere(session, invoice_id, ours)
    return Taken(
        offset=await credited_in_erp(session, invoice_id) + pending,
        refunded=sum(row.refund_minor for row in rows),
        to_balance=sum(row.balance_minor for row in rows) + elsewhere,
        pending=pending,
        lines=lines,
        taxes=taxes,
    )


def _counts() -> ColumnElement[bool]:
    """Whether a credit stands, or may still come to stand."""
    return (
        col(CreditRequestRow.kind).in_(("credit", "write_off"))
        & alive()
        & or_(
            col(CreditRequestRow.posted_at).is_not(None),
            col(EffectRow.state).not_in(OVER),
        )
    )


def alive() -> ColumnElement[bool]:
    """Whether nobody voided or deleted its credit memo, here or in the ERP's own pages."""
    ended = exists(
        select(CreditMemoRow.id)
        .where(col(CreditMemoRow.netsuite_id) == col(CreditRequestRow.netsuite_id))
        .where(or_(col(CreditMemoRow.status) == "voided", col(CreditMemoRow.gone_at).is_not(None)))
    )
    return col(CreditRequestRow.voided_at).is_(None) & ~ended


async def _by_line(session: Session, ids: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    found = await session.exec(
        select(
            CreditRequestLineRow.invoice_line,
            func.sum(CreditRequestLineRow.amount_minor),
            func.sum(CreditRequestLineRow.tax_minor),
        )
        .where(col(CreditRequestLineRow.request_id).in_(ids))
        .where(CreditRequestLineRow.invoice_line != 0)
        .group_by(col(CreditRequestLineRow.invoice_line))
    )
    rows = found.all()
    return {n: int(net) for n, net, _ in rows}, {n: int(tax) for n, _, tax in rows}


async def kept_elsewhere(
    session: Session, invoice_id: int, ours: set[str], own_external_id: str = ""
) -> int:
    """What memos that others made of an invoice credit beyond what is applied to it."""
    invoice = await session.get(InvoiceRow, invoice_id)
    if invoice is None:
        return 0
    made = select(CreditMemoLineRow.credit_memo_id).where(
        CreditMemoLineRow.created_from_netsuite_id == invoice.netsuite_id
    )
    applied = (
        select(func.coalesce(func.sum(ApplicationRow.amount_minor), 0))
        .where(ApplicationRow.invoice_id == invoice_id)
        .where(col(ApplicationRow.credit_memo_id) == col(CreditMemoRow.id))
        .scalar_subquery()
    )
    found = await session.exec(
        select(func.coalesce(func.sum(CreditMemoRow.total_minor - applied), 0))
        .where(col(CreditMemoRow.id).in_(made), col(CreditMemoRow.gone_at).is_(None))
        .where(CreditMemoRow.status != "voided", col(CreditMemoRow.netsuite_id).not_in(ours))
        .where(_not_own(own_external_id))
    )
    return int(found.one())


async def credited_in_erp(session: Session, invoice_id: int, own_external_id: str = "") -> int:
    """What credit memos are applied with to an invoice, as the mirror has it, but one's own."""
    found = await session.exec(
        select(func.coalesce(func.sum(ApplicationRow.amount_minor), 0))
        .join(CreditMemoRow, col(CreditMemoRow.id) == col(ApplicationRow.credit_memo_id))
        .where(ApplicationRow.invoice_id == invoice_id)
        .where(_not_own(own_external_id))
    )
    return int(found.one())


def _not_own(external_id: str) -> ColumnElement[bool]:
    named = func.coalesce(CreditMemoRow.external_id, "")
    return or_(named == "", named != external_id)


async def posted(session: Session, request_id: int, netsuite_id: str, now: datetime) -> None:
    """The ERP has what was asked for."""
    row = await session.get(CreditRequestRow, request_id, populate_existing=True)
    if row is not None and row.posted_at is None:
        row.netsuite_id, row.posted_at = netsuite_id, now
        session.add(row)
        await session.flush()


async def voided(session: Session, netsuite_id: str, now: datetime) -> None:
    """The credit memo of a request was voided: the request stays, and counts no longer."""
    row = await request_of_memo(session, netsuite_id)
    if row is not None and row.voided_at is None:
        row.voided_at = now
        session.add(row)
        await session.flush()


async def run_total(session: Session, run: str, currency: str) -> int:
    """What a run of small balances has proposed so far, in minor units."""
    found = await session.exec(
        select(func.coalesce(func.sum(CreditRequestRow.amount_minor), 0)).where(
            CreditRequestRow.run == run, CreditRequestRow.currency == currency
        )
    )
    return int(found.one())


async def recovered(session: Session, request_id: int) -> int:
    """What of a write-off was recovered, or may still be, in minor units."""
    found = await session.exec(
        select(func.coalesce(func.sum(CreditRequestRow.amount_minor), 0))
        .join(EffectRow, col(EffectRow.id) == col(CreditRequestRow.effect_id))
        .where(CreditRequestRow.kind == "recovery", CreditRequestRow.record == str(request_id))
        .where(or_(col(CreditRequestRow.posted_at).is_not(None), col(EffectRow.state).not_in(OVER)))
    )
    return int(found.one())


async def second_done(session: Session, effect_id: int, now: datetime) -> None:
    """The last effect of a recovery is done: the recovery is."""
    found = await session.exec(
        select(CreditRequestRow)
        .where(CreditRequestRow.kind == "recovery", CreditRequestRow.refund_effect_id == effect_id)
        .limit(1)
    )
    row = found.first()
    if row is not None:
        await posted(session, row.id, "", now)
