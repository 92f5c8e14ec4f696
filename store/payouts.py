"""Payouts of a payment service to our bank, and what each is made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, ref
from store.engine import Session
from store.receivables import PaymentRow


class PayoutRow(SQLModel, table=True):
    """A payout. `trace` is what the bank's line carries; it is reconciled, never matched.

    `fee_minor` and `gross_minor` are sums of its lines; `difference_minor` is what they leave
    unexplained, null until the lines are complete. `bank_line_id`: the line it arrived on.
    """

    __tablename__ = "payout"
    __table_args__ = (UniqueConstraint("source", "source_id", name="uq_payout_source"),)
    id: int = big_id()
    source: str
    source_id: str
    currency: str
    amount_minor: int = big()
    status: str
    arrives_on: date
    trace: str = Field(default="", index=True)
    failure: str = ""
    gross_minor: int | None = big(nullable=True)
    fee_minor: int | None = big(nullable=True)
    difference_minor: int | None = big(nullable=True)
    bank_line_id: int | None = big(nullable=True)
    effect_id: int | None = big(nullable=True)
    seen_at: datetime = instant()


class PayoutLineRow(SQLModel, table=True):
    """One movement inside a payout: `amount` less `fee` is `net`, in minor units."""

    __tablename__ = "payout_line"
    __table_args__ = (UniqueConstraint("payout_id", "line_id", name="uq_payout_line"),)
    id: int = big_id()
    payout_id: int = ref("payout.id")
    line_id: str
    kind: str
    amount_minor: int = big()
    fee_minor: int = big()
    net_minor: int = big()
    subject: str = ""
    payment_id: int | None = ref("payment.id", nullable=True)


class ServiceObjectRow(SQLModel, table=True):
    """A state that an object of a payment service was seen in: each is acted upon once."""

    __tablename__ = "service_object"
    __table_args__ = (
        UniqueConstraint("source", "object_id", "state", "amount_minor", name="uq_service_object"),
    )
    id: int = big_id()
    source: str
    object_id: str
    state: str
    amount_minor: int = big()
    payment_id: int | None = ref("payment.id", nullable=True)
    seen_at: datetime = instant()


async def first_seen(session: Session, row: ServiceObjectRow) -> bool:
    """Whether this object was never seen in this state, for this amount, before."""
    statement = (
        insert(ServiceObjectRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(constraint="uq_service_object")
        .returning(col(ServiceObjectRow.id))
    )
    result = await session.exec(statement)
    return result.scalar_one_or_none() is not None


async def states_seen(session: Session, source: str, object_id: str) -> Sequence[str]:
    """The states an object was seen in, the latest first."""
    found = await session.exec(
        select(ServiceObjectRow.state)
        .where(ServiceObjectRow.source == source, ServiceObjectRow.object_id == object_id)
        .order_by(col(ServiceObjectRow.id).desc())
    )
    return found.all()


async def put_payout(session: Session, row: PayoutRow) -> PayoutRow:
    """Keep a payout as it stands now, new or known; what the bank side found stays."""
    kept = ("id", "source", "source_id", "bank_line_id", "effect_id")
    values = row.model_dump(exclude={"id"})
    fresh = {name: value for name, value in values.items() if name not in kept}
    if row.difference_minor is None:
        fresh = {k: v for k, v in fresh.items() if not k.endswith("_minor") or k == "amount_minor"}
    await session.exec(
        insert(PayoutRow)
        .values(**values)
        .on_conflict_do_update(constraint="uq_payout_source", set_=fresh)
    )
    found = await payout_named(session, row.source, row.source_id)
    if found is None:
        raise LookupError(f"payout {row.source_id} vanished")
    await session.refresh(found)
    return found


async def put_lines(session: Session, payout_id: int, rows: Sequence[PayoutLineRow]) -> None:
    """What a payout is made of, in place of what was known of it."""
    await session.exec(delete(PayoutLineRow).where(col(PayoutLineRow.payout_id) == payout_id))
    session.add_all(rows)
    await session.flush()


async def payout_named(session: Session, source: str, source_id: str) -> PayoutRow | None:
    """The payout a service knows by this id."""
    found = await session.exec(
        select(PayoutRow).where(PayoutRow.source == source, PayoutRow.source_id == source_id)
    )
    return found.first()


async def payouts_traced(session: Session, traces: Sequence[str]) -> Sequence[PayoutRow]:
    """Payouts whose trace is one of these."""
    known = [trace for trace in traces if trace]
    if not known:
        return []
    found = await session.exec(
        select(PayoutRow).where(col(PayoutRow.trace).in_(known)).order_by(col(PayoutRow.id))
    )
    return found.all()


async def payouts_arriving(
    session: Session, *, currency: str, amount_minor: int, first: date, last: date
) -> Sequence[PayoutRow]:
    """Payouts of this amount which arrive between two days and stand on no bank line yet."""
    found = await session.exec(
        select(PayoutRow)
        .where(PayoutRow.currency == currency, PayoutRow.amount_minor == amount_minor)
        .where(col(PayoutRow.arrives_on).between(first, last))
        .where(col(PayoutRow.bank_line_id).is_(None))
        .order_by(col(PayoutRow.id))
        .limit(10)
    )
    return found.all()


async def lines_of_payout(session: Session, payout_id: int) -> Sequence[PayoutLineRow]:
    """What a payout is made of."""
    found = await session.exec(
        select(PayoutLineRow)
        .where(PayoutLineRow.payout_id == payout_id)
        .order_by(col(PayoutLineRow.id))
    )
    return found.all()


async def receipts_behind(
    session: Session, source: str, source_ids: Sequence[str]
) -> dict[str, int]:
    """Our receipts by the id their source knows them by."""
    found = await session.exec(
        select(PaymentRow.source_id, PaymentRow.id)
        .where(PaymentRow.source == source)
        .where(col(PaymentRow.source_id).in_(list(source_ids)))
    )
    return dict(found.all())


async def transfers_of(
    session: Session, source: str, account: str, currency: str, amount_minor: int
) -> Sequence[PaymentRow]:
    """Receipts of one payer's account and amount that did not go back, the latest first."""
    found = await session.exec(
        select(PaymentRow)
        .where(PaymentRow.source == source, PaymentRow.currency == currency)
        .where(PaymentRow.amount_minor == amount_minor, PaymentRow.state != "reversed")
        .where(col(PaymentRow.payer_accounts).contains([{"value": account}]))
        .order_by(col(PaymentRow.id).desc())
        .limit(2)
    )
    return found.all()
