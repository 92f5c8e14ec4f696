"""Receipts: money that came in, each recorded once, and the invoices it may pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Index, func, literal, literal_column, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from store.effects import EffectRow
from store.engine import Session
from store.parties import CustomerRow
from store.receivables import InvoiceRow, PaymentRow


class _Amount(BaseModel):
    minor: int


class _Line(BaseModel):
    invoice_id: int
    amount: _Amount
    discount: _Amount | None = None

    @property
    def settles(self) -> int:
        return self.amount.minor + (self.discount.minor if self.discount else 0)


class _Credit(BaseModel):
    kind: str
    document_id: int
    amount: _Amount


class PostingShape(BaseModel):
    """What is read here of the payload of a posting, or of a credit's application."""

    payment_id: int = 0
    applications: list[_Line]
    credits: list[_Credit] = []
    credit: _Credit | None = None


def folded_column(text_column: str) -> ColumnElement[str]:
    """A column as numbers are compared: letters and digits, upper case."""
    return func.upper(
        func.regexp_replace(
            col(text_column),
            literal_column("'[^A-Za-z0-9]'"),
            literal_column("''"),
            literal_column("'g'"),
        )
    )


FOLDED_NUMBER = folded_column(InvoiceRow.number)
INDEXES = (
    Index("ix_invoice_folded_number", FOLDED_NUMBER),
    Index(
        "ix_invoice_open_amount",
        col(InvoiceRow.open_minor),
        postgresql_where=text("status = 'open' AND open_minor > 0"),
    ),
)
# An effect calls an unapplied payment "payment" only.
_KINDS = {"payment": "unapplied_payment"}
_MATCHING = select(func.pg_advisory_xact_lock(4210))
_MOST_OWNERLESS = 1_000
_ON_ITS_WAY = ("proposed", "approved", "performing", "failed", "unknown")
_GONE = ("superseded", "expired", "rejected")


async def take_turns(session: Session) -> None:
    """One matching at a time: two receipts must not both be given the same open balance."""
    await session.exec(_MATCHING)


async def spoken_for(
    session: Session, customer_ids: Sequence[int], *, except_payment: int
) -> Mapping[int, int]:
    """Minor units by invoice id that postings on their way to the ERP will apply."""
    spoken: dict[int, int] = {}
    for posting in await postings_on_their_way(session, customer_ids):
        if posting.payment_id == except_payment:
            continue
        for line in posting.applications:
            spoken[line.invoice_id] = spoken.get(line.invoice_id, 0) + line.settles
    return spoken


async def credits_spoken_for(
    session: Session, customer_ids: Sequence[int], *, except_payment: int
) -> Mapping[tuple[str, int], int]:
    """Minor units by kind and id of credits that effects on their way will use."""
    used: dict[tuple[str, int], int] = {}
    for posting in await postings_on_their_way(session, customer_ids):
        if posting.payment_id == except_payment:
            continue
        for credit in (*posting.credits, *((posting.credit,) if posting.credit else ())):
            key = (_KINDS.get(credit.kind, credit.kind), credit.document_id)
            used[key] = used.get(key, 0) + credit.amount.minor
    return used


async def postings_on_their_way(
    session: Session, customer_ids: Sequence[int]
) -> Sequence[PostingShape]:
    """Postings and credits' applications that are neither in the ERP nor given up."""
    found = await session.exec(
        select(EffectRow.payload)
        .where(col(EffectRow.kind).in_(("post_customer_payment", "apply_credit")))
        .where(col(EffectRow.state).in_(_ON_ITS_WAY))
        .where(col(EffectRow.customer_id).in_(list(customer_ids)))
    )
    return [PostingShape.model_validate(payload) for payload in found.all()]


async def to_match_again(session: Session, customer_id: int) -> Sequence[PaymentRow]:
    """Receipts that wait or whose posting will not happen; their rows locked.

    Those of a customer, and those that matching took for its without being certain.
    """
    taken_for = col(PaymentRow.match).contains({"payer": {"customer_id": customer_id}})
    unnamed = col(PaymentRow.customer_id).is_(None) & taken_for
    found = await session.exec(
        select(PaymentRow)
        .outerjoin(EffectRow, col(EffectRow.id) == col(PaymentRow.effect_id))
        .where((col(PaymentRow.customer_id) == customer_id) | unnamed)
        .where(
            (col(PaymentRow.state) == "waiting")
            | ((col(PaymentRow.state) == "proposed") & col(EffectRow.state).in_(_GONE))
        )
        .order_by(col(PaymentRow.id))
        .with_for_update(of=PaymentRow)
    )
    return found.all()


async def ownerless(session: Session, since: datetime | None) -> Sequence[int]:
    """The latest receipts that wait without anybody knowing whose they are; recorded since."""
    query = (
        select(PaymentRow.id)
        .where(PaymentRow.state == "waiting", col(PaymentRow.customer_id).is_(None))
        .order_by(col(PaymentRow.id).desc())
        .limit(_MOST_OWNERLESS)
    )
    if since is not None:
        query = query.where(col(PaymentRow.created_at) >= since)
    return (await session.exec(query)).all()


async def undecided_before(session: Session, payment_id: int, *, limit: int) -> Sequence[int]:
    """Receipts nobody decided on yet that came before this one, in the order they count in."""
    here = await session.get(PaymentRow, payment_id)
    if here is None or here.state != "received":
        return []
    mine = (here.received_on, here.source, here.source_id)
    order = tuple_(col(PaymentRow.received_on), col(PaymentRow.source), col(PaymentRow.source_id))
    found = await session.exec(
        select(PaymentRow.id)
        .where(PaymentRow.state == "received", PaymentRow.outcome == "")
        .where(order < tuple_(*map(literal, mine)))
        .order_by(col(PaymentRow.received_on), col(PaymentRow.source), col(PaymentRow.source_id))
        .limit(limit)
    )
    return found.all()


async def parked_until(session: Session, day: date) -> Sequence[PaymentRow]:
    """Receipts laid aside until this day or an earlier one; their rows locked."""
    found = await session.exec(
        select(PaymentRow)
        .where(PaymentRow.state == "parked", col(PaymentRow.parked_until) <= day)
        .order_by(col(PaymentRow.id))
        .limit(500)
        .with_for_update()
    )
    return found.all()


async def add_receipts(session: Session, rows: Sequence[PaymentRow]) -> list[int | None]:
    """Record receipts: the id of each that is new, None where its source has named it before."""
    if not rows:
        return []
    statement = (
        insert(PaymentRow)
        .on_conflict_do_nothing(constraint="uq_payment_source")
        .returning(col(PaymentRow.source), col(PaymentRow.source_id), col(PaymentRow.id))
    )
    values = [row.model_dump(exclude={"id"}) for row in rows]
    made = await (await session.connection()).execute(statement, values)
    ids = {(source, source_id): payment_id for source, source_id, payment_id in made.all()}
    return [ids.pop((row.source, row.source_id), None) for row in rows]


async def add_receipt(session: Session, row: PaymentRow) -> int | None:
    """Record a receipt; its id if new, None if this source has named it before."""
    (payment_id,) = await add_receipts(session, [row])
    return payment_id


async def receipt(session: Session, payment_id: int) -> PaymentRow | None:
    """The receipt with its row locked until the transaction ends, or None."""
    found = await session.exec(
        select(PaymentRow)
        .where(PaymentRow.id == payment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def receipt_named(session: Session, source: str, source_id: str) -> PaymentRow | None:
    """The receipt that a source named, or None."""
    found = await session.exec(
        select(PaymentRow).where(PaymentRow.source == source, PaymentRow.source_id == source_id)
    )
    return found.first()


async def customers_by_stripe(session: Session, stripe_customer_id: str) -> Sequence[CustomerRow]:
    """Customers that carry this Stripe id; more than one proves nothing."""
    if not stripe_customer_id:
        return []
    found = await session.exec(
        select(CustomerRow).where(CustomerRow.stripe_customer_id == stripe_customer_id).limit(2)
    )
    return found.all()


async def invoices_named(session: Session, invoice_ids: Sequence[int]) -> Sequence[InvoiceRow]:
    """These invoices in any state, in the order of their ids."""
    found = await session.exec(
        select(InvoiceRow)
        .where(col(InvoiceRow.id).in_(list(invoice_ids)))
        .order_by(col(InvoiceRow.id))
    )
    return found.all()
