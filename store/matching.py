"""What matching learns and must account for: payers, declined pairs, decisions, classes, rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Column, LargeBinary, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, big_list, instant, json, ref
from store.engine import Session
from store.receivables import PaymentRow


class AliasRow(SQLModel, table=True):
    """What people said about a payer's folded name or "scheme:value": it pays for this customer."""

    __tablename__ = "payer_alias"
    __table_args__ = (UniqueConstraint("key", "customer_id", name="uq_payer_alias"),)
    id: int = big_id()
    key: str = Field(index=True)
    customer_id: int = ref("customer.id")
    confirmed: int = 0
    declined: int = 0
    last_confirmed_on: date | None = None


class DeclinedRow(SQLModel, table=True):
    """A payer and the items a person said its money is not for. It never returns."""

    __tablename__ = "declined_match"
    id: int = big_id()
    payer_key: str = Field(index=True)
    item_ids: list[int] = big_list()
    payment_id: int = ref("payment.id")
    declined_by: str
    reason: str = ""
    declined_at: datetime = instant()


class MatchDecisionRow(SQLModel, table=True):
    """One decision about a receipt. `inputs` is packed: everything it was taken from.

    `digest` is the SHA-256 of the unpacked inputs; equal inputs give the same decision again.
    """

    __tablename__ = "match_decision"
    id: int = big_id()
    payment_id: int = ref("payment.id")
    outcome: str
    tier: int | None = None
    klass: str = ""
    live: bool = False
    digest: str
    inputs: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    decision: dict[str, object] = json()
    decided_at: datetime = instant()


class MatchVerdictRow(SQLModel, table=True):
    """What people came to about one receipt that was matched: the same, or something else."""

    __tablename__ = "match_verdict"
    id: int = big_id()
    payment_id: int = big(unique=True)
    klass: str = Field(index=True)
    tier: int
    live: bool
    confirmed: bool
    said_by: str
    reason: str = ""
    said_at: datetime = instant(index=True)


class MatchClassRow(SQLModel, table=True):
    """Where a class of matches stands: shadow, live or demoted, and since when it is counted."""

    __tablename__ = "match_class"
    id: int = big_id()
    klass: str = Field(unique=True)
    state: str
    since_at: datetime = instant()
    changed_by: str
    reason: str = ""


class MatchRuleRow(SQLModel, table=True):
    """A seller's rule of matching. States: proposed, active, retired. Tried in `position` order."""

    __tablename__ = "match_rule"
    id: int = big_id()
    name: str = Field(unique=True)
    position: int
    body: dict[str, object] = json()
    words: str = ""
    state: str = Field(default="proposed", index=True)
    made_by: str
    made_at: datetime = instant()
    dry_run: dict[str, object] = json()
    decided_by: str = ""
    decided_at: datetime | None = instant(nullable=True)


class PaymentEffectRow(SQLModel, table=True):
    """An effect that belongs to a receipt besides its posting: a fee, a write-off, a reversal."""

    __tablename__ = "payment_effect"
    __table_args__ = (UniqueConstraint("payment_id", "effect_id", name="uq_payment_effect"),)
    id: int = big_id()
    payment_id: int = ref("payment.id")
    effect_id: int = ref("effect.id")
    role: str


async def classes(session: Session) -> Mapping[str, MatchClassRow]:
    """Where each class stands that anybody or anything has moved."""
    found = await session.exec(select(MatchClassRow).execution_options(populate_existing=True))
    return {row.klass: row for row in found.all()}


async def put_class(
    session: Session, klass: str, state: str, *, by: str, reason: str, now: datetime
) -> None:
    """Set where a class stands; it is counted anew from now on."""
    values = {"state": state, "since_at": now, "changed_by": by, "reason": reason}
    statement = insert(MatchClassRow).values(klass=klass, **values)
    await session.exec(statement.on_conflict_do_update(index_elements=["klass"], set_=values))


async def begin_live(
    session: Session, klasses: Sequence[str], *, by: str, reason: str, now: datetime
) -> None:
    """Let classes nobody has moved yet start live, as the sandbox's do."""
    for klass in klasses:
        await session.exec(
            insert(MatchClassRow)
            .values(klass=klass, state="live", since_at=now, changed_by=by, reason=reason)
            .on_conflict_do_nothing(index_elements=["klass"])
        )


async def verdict_counts(session: Session) -> Mapping[str, tuple[int, int]]:
    """Confirmed and corrected matches of each class since it last changed where it stands."""
    since = func.coalesce(col(MatchClassRow.since_at), col(MatchVerdictRow.said_at))
    confirmed = func.count().filter(col(MatchVerdictRow.confirmed).is_(True))
    corrected = func.count().filter(col(MatchVerdictRow.confirmed).is_(False))
    found = await session.exec(
        select(MatchVerdictRow.klass, confirmed, corrected)
        .outerjoin(MatchClassRow, col(MatchClassRow.klass) == col(MatchVerdictRow.klass))
        .where(col(MatchVerdictRow.said_at) >= since)
        .group_by(col(MatchVerdictRow.klass))
    )
    return {klass: (int(yes), int(no)) for klass, yes, no in found.all()}


async def put_verdict(session: Session, row: MatchVerdictRow) -> bool:
    """Record what people came to about a receipt. A correction stands; whether it is news."""
    values = row.model_dump(exclude={"id"})
    statement = insert(MatchVerdictRow).values(**values)
    fresh = {name: values[name] for name in ("confirmed", "said_by", "reason", "said_at")}
    done = await session.exec(
        statement.on_conflict_do_update(
            index_elements=["payment_id"],
            set_=fresh,
            where=col(MatchVerdictRow.confirmed).is_(True) & ~statement.excluded.confirmed,
        ).returning(col(MatchVerdictRow.id))
    )
    return done.scalar_one_or_none() is not None


async def verdict_of(session: Session, payment_id: int) -> MatchVerdictRow | None:
    """What people came to about a receipt."""
    found = await session.exec(
        select(MatchVerdictRow).where(MatchVerdictRow.payment_id == payment_id)
    )
    return found.first()


async def last_decision(session: Session, payment_id: int) -> MatchDecisionRow | None:
    """The latest decision about a receipt."""
    found = await session.exec(
        select(MatchDecisionRow)
        .where(MatchDecisionRow.payment_id == payment_id)
        .order_by(col(MatchDecisionRow.id).desc())
        .limit(1)
    )
    return found.first()


async def add_decision(session: Session, row: MatchDecisionRow) -> None:
    """Keep a decision, unless the one before was taken from the same and came to the same."""
    before = await last_decision(session, row.payment_id)
    if before is None or (before.digest, before.decision) != (row.digest, row.decision):
        session.add(row)


async def alias(session: Session, key: str, customer_id: int) -> AliasRow | None:
    """What is remembered of a payer and a customer, its row locked."""
    found = await session.exec(
        select(AliasRow)
        .where(AliasRow.key == key, AliasRow.customer_id == customer_id)
        .with_for_update()
    )
    return found.first()


async def put_alias(session: Session, row: AliasRow) -> None:
    """Remember what stands in `row` in the place of what was."""
    values = row.model_dump(exclude={"id"})
    fresh = {name: values[name] for name in ("confirmed", "declined", "last_confirmed_on")}
    statement = insert(AliasRow).values(**values)
    await session.exec(statement.on_conflict_do_update(constraint="uq_payer_alias", set_=fresh))


async def decline(session: Session, rows: Sequence[DeclinedRow]) -> None:
    """Keep pairs that a person refused, each once."""
    for row in rows:
        row.item_ids = sorted(row.item_ids)
        known = await session.exec(
            select(DeclinedRow.id)
            .where(DeclinedRow.payer_key == row.payer_key, DeclinedRow.item_ids == row.item_ids)
            .limit(1)
        )
        if known.first() is None:
            session.add(row)
            await session.flush()


async def all_rules(session: Session) -> Mapping[str, MatchRuleRow]:
    """Rules that anybody added or decided on, by name."""
    found = await session.exec(select(MatchRuleRow).order_by(col(MatchRuleRow.name)))
    return {row.name: row for row in found.all()}


async def decided_by_people(
    session: Session, limit: int
) -> Sequence[tuple[PaymentRow, MatchDecisionRow]]:
    """The latest receipts that were posted or set aside, with the decision about each."""
    latest = select(func.max(MatchDecisionRow.id)).group_by(col(MatchDecisionRow.payment_id))
    found = await session.exec(
        select(PaymentRow, MatchDecisionRow)
        .join(MatchDecisionRow, col(MatchDecisionRow.payment_id) == col(PaymentRow.id))
        .where(col(MatchDecisionRow.id).in_(latest))
        .where(col(PaymentRow.state).in_(("posted", "not_a_receipt")))
        .order_by(col(PaymentRow.id).desc())
        .limit(limit)
    )
    return found.all()


async def add_effect(session: Session, payment_id: int, effect_id: int, role: str) -> None:
    """Let an effect belong to a receipt; harmless to repeat."""
    await session.exec(
        insert(PaymentEffectRow)
        .values(payment_id=payment_id, effect_id=effect_id, role=role)
        .on_conflict_do_nothing(constraint="uq_payment_effect")
    )


async def effects_of(session: Session, payment_id: int) -> Sequence[PaymentEffectRow]:
    """The effects of a receipt besides its posting, in the order they were made."""
    found = await session.exec(
        select(PaymentEffectRow)
        .where(PaymentEffectRow.payment_id == payment_id)
        .order_by(col(PaymentEffectRow.id))
    )
    return found.all()


async def aliases(session: Session, key: str) -> Sequence[AliasRow]:
    """Everything remembered under a payer's name or account."""
    found = await session.exec(
        select(AliasRow).where(AliasRow.key == key).order_by(col(AliasRow.customer_id))
    )
    return found.all()
