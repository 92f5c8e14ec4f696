"""Remittance advices as they came, and the receipts they were found to speak of."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Column, LargeBinary, UniqueConstraint, delete, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import Field, SQLModel, col, select

from domain.ledger.money import Money
from domain.matching.advice import Advice
from domain.matching.linking import Link, LinkedBy
from domain.matching.receipt import AccountScheme, PayerAccount
from domain.matching.written import folded_number
from store.columns import big, big_id, instant, objects, ref, text_list
from store.engine import Session
from store.receipt_values import accounts_out, remittance_in, remittance_out
from store.receivables import PaymentRow
from store.touchpoints import TouchpointRow

_MOST_ADVICES, _MOST_RECEIPTS = 3_000, 1_000
_NO_MONEY = ("not_a_receipt", "split", "reversed")


class AdviceRow(SQLModel, table=True):
    """One advice. `rows` are its lines; `raw` is the file or the text it was read from.

    Of a file with several advices the first that is new has the file, the others have no `raw`.
    `content` is equal for advices that list the same payments of the same documents. `origin`
    tells how it came: mail, upload, api; `read_by` who read it: the rules, or a language model.
    `received_at` stands in for `paid_on` where the advice names no day.
    """

    __tablename__ = "remittance_advice"
    id: int = big_id()
    key: str = Field(unique=True)
    content: str = Field(default="", index=True)
    source: str
    currency: str
    total_minor: int | None = big(nullable=True)
    paid_on: date | None = None
    payer_name: str = ""
    customer_id: int | None = ref("customer.id", nullable=True)
    accounts: list[dict[str, str]] = objects()
    payment_references: list[str] = text_list()
    rows: list[dict[str, object]] = objects()
    filename: str = ""
    raw: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    origin: str
    read_by: str = ""
    proven: bool = True
    touchpoint_id: int | None = ref("touchpoint.id", nullable=True)
    received_at: datetime = instant(index=True)
    received_by: str = ""


class AdviceLinkRow(SQLModel, table=True):
    """An advice speaks of a receipt. `by`: what that rests on, in the words of LinkedBy."""

    __tablename__ = "remittance_link"
    __table_args__ = (UniqueConstraint("advice_id", "payment_id", name="uq_remittance_link"),)
    id: int = big_id()
    advice_id: int = ref("remittance_advice.id", index=False)
    payment_id: int = ref("payment.id")
    by: str


def advice_row(advice: Advice, **more: Any) -> AdviceRow:
    """The row of an advice. `more`: filename, raw, origin, read_by and so on."""
    values: dict[str, Any] = {
        "key": advice.key,
        "content": content_of(advice),
        "source": advice.source,
        "currency": advice.currency,
        "total_minor": None if advice.total is None else advice.total.minor,
        "paid_on": advice.paid_on,
        "payer_name": advice.payer_name,
        "customer_id": advice.customer_id,
        "accounts": accounts_out(advice.accounts),
        "payment_references": list(advice.payment_references),
        "rows": remittance_out(advice.rows),
        "proven": advice.proven,
    }
    return AdviceRow(**{**values, **more})


def content_of(advice: Advice) -> str:
    """What an advice lists, however it is written: the same in a PDF and in the mail around it."""
    lines = sorted(
        (folded_number(row.reference), row.paid.minor if row.paid is not None else -1)
        for row in advice.rows
    )
    told = repr((advice.currency, lines))
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def advice_value(row: AdviceRow, *, lines: bool = True) -> Advice:
    """The row as a domain value; without its `lines` for what only looks at the whole."""
    return Advice(
        key=row.key,
        rows=remittance_in(row.rows) if lines else (),
        currency=row.currency,
        total=None if row.total_minor is None else Money(row.total_minor, row.currency),
        paid_on=row.paid_on,
        payer_name=row.payer_name,
        accounts=tuple(PayerAccount(AccountScheme(a["scheme"]), a["value"]) for a in row.accounts),
        payment_references=tuple(row.payment_references),
        customer_id=row.customer_id,
        source=row.source,
        proven=row.proven,
    )


async def add_advice(session: Session, row: AdviceRow) -> int | None:
    """Keep an advice; its id if it is new, None if its key is known."""
    statement = (
        insert(AdviceRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(AdviceRow.id))
    )
    return (await session.exec(statement)).scalar_one_or_none()


async def advice(session: Session, advice_id: int) -> AdviceRow | None:
    """The advice, or None."""
    return await session.get(AdviceRow, advice_id)


async def advice_named(session: Session, key: str) -> AdviceRow | None:
    """The advice with this key, or None."""
    return (await session.exec(select(AdviceRow).where(AdviceRow.key == key))).first()


async def same_content(session: Session, advice: Advice, since: datetime) -> AdviceRow | None:
    """An advice of the same customer that lists the same and came after `since`, if any.

    One that calls the payment by another name is about another payment.
    """
    found = await session.exec(
        select(AdviceRow)
        .where(AdviceRow.content == content_of(advice), AdviceRow.key != advice.key)
        .where(AdviceRow.customer_id == advice.customer_id)
        .where(col(AdviceRow.received_at) >= since)
        .order_by(col(AdviceRow.id))
    )
    names = set(advice.payment_references)
    for row in found.all():
        if not names or not row.payment_references or names & set(row.payment_references):
            return row
    return None


async def touchpoint_of_event(session: Session, event_id: int) -> int | None:
    """The contact on the timeline that a source event became, or None."""
    found = await session.exec(
        select(TouchpointRow.id).where(TouchpointRow.source_event_id == event_id)
    )
    return found.first()


async def advices(
    session: Session, *, customer_id: int | None = None, after: int = 0, limit: int = 50
) -> Sequence[AdviceRow]:
    """Advices with a greater id than `after`, oldest first."""
    asked = select(AdviceRow).where(AdviceRow.id > after)
    if customer_id is not None:
        asked = asked.where(AdviceRow.customer_id == customer_id)
    return (await session.exec(asked.order_by(col(AdviceRow.id)).limit(limit))).all()


async def advices_near(
    session: Session, currencies: Collection[str], first: datetime, last: datetime
) -> Sequence[AdviceRow]:
    """Advices in these currencies that arrived between two instants, without lines and raw."""
    found = await session.exec(
        select(AdviceRow)
        .where(col(AdviceRow.currency).in_(sorted(currencies)))
        .where(col(AdviceRow.received_at).between(first, last))
        .order_by(col(AdviceRow.received_at).desc(), col(AdviceRow.id).desc())
        .limit(_MOST_ADVICES)
        .options(
            defer(cast("QueryableAttribute[bytes]", AdviceRow.raw)),
            defer(cast("QueryableAttribute[object]", AdviceRow.rows)),
        )
    )
    return found.all()


async def receipts_near(
    session: Session, near: Sequence[AdviceRow], first: date, last: date
) -> Sequence[PaymentRow]:
    """Receipts that some of these advices may speak of: what arrived between two days.

    Beyond a bound only those that share a sum or a customer with an advice.
    """
    asked = (
        select(PaymentRow)
        .where(PaymentRow.source != "netsuite", col(PaymentRow.state).not_in(_NO_MONEY))
        .where(col(PaymentRow.received_on).between(first, last))
        .order_by(col(PaymentRow.id).desc())
        .limit(_MOST_RECEIPTS + 1)
        .options(defer(cast("QueryableAttribute[str]", PaymentRow.raw)))
    )
    found = (await session.exec(asked)).all()
    if len(found) <= _MOST_RECEIPTS:
        return found
    sums = sorted({a.total_minor for a in near if a.total_minor is not None})
    theirs = sorted({a.customer_id for a in near if a.customer_id is not None})
    narrow = or_(col(PaymentRow.amount_minor).in_(sums), col(PaymentRow.customer_id).in_(theirs))
    return (await session.exec(asked.where(narrow))).all()


async def links_among(session: Session, advice_ids: Collection[int]) -> Sequence[AdviceLinkRow]:
    """The links of these advices."""
    found = await session.exec(
        select(AdviceLinkRow)
        .where(col(AdviceLinkRow.advice_id).in_(sorted(advice_ids)))
        .order_by(col(AdviceLinkRow.id))
    )
    return found.all()


async def without_money(session: Session, payment_ids: Collection[int]) -> frozenset[int]:
    """Those of these receipts that turned out to be none, or that their parts stand for now."""
    found = await session.exec(
        select(PaymentRow.id)
        .where(col(PaymentRow.id).in_(sorted(payment_ids)))
        .where(col(PaymentRow.state).in_(("not_a_receipt", "split")))
    )
    return frozenset(found.all())


async def replace_links(
    session: Session, gone: Sequence[AdviceLinkRow], new: Sequence[Link], ids: Mapping[str, int]
) -> None:
    """Take links away and add others; `ids` are the advices' by key."""
    if gone:
        dropped = [row.id for row in gone]
        await session.exec(delete(AdviceLinkRow).where(col(AdviceLinkRow.id).in_(dropped)))
    for one in new:
        values = {"advice_id": ids[one.advice_key], "payment_id": one.receipt_id, "by": one.by}
        statement = insert(AdviceLinkRow).values(**values)
        await session.exec(statement.on_conflict_do_nothing(constraint="uq_remittance_link"))


async def linked(session: Session, payment_id: int) -> Sequence[tuple[AdviceRow, AdviceLinkRow]]:
    """The advices that speak of a receipt with what the link rests on, by their keys."""
    found = await session.exec(
        select(AdviceRow, AdviceLinkRow)
        .join(AdviceLinkRow, col(AdviceLinkRow.advice_id) == col(AdviceRow.id))
        .where(AdviceLinkRow.payment_id == payment_id)
        .order_by(col(AdviceRow.key))
    )
    return found.all()


def is_by_person(row: AdviceLinkRow) -> bool:
    """Whether a person made the link: then only a person takes it away."""
    return row.by == LinkedBy.PERSON.value
