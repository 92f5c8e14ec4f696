"""The ERP's lists that documents refer to: terms, items, accounts, classifications, rates.

What the ERP no longer lists stays, as inactive.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant, text_list
from store.engine import Session


class TermRow(SQLModel, table=True):
    """Payment terms. A date-driven or instalment term has no plain number of days."""

    __tablename__ = "term"
    id: int = big_id()
    netsuite_id: str = Field(unique=True)
    name: str
    days: int | None = None
    discount_percent: str = ""
    discount_days: int | None = None
    inactive: bool = False
    seen_at: datetime | None = instant(nullable=True)


class ItemRow(SQLModel, table=True):
    """Something that can stand on an invoice line."""

    __tablename__ = "item"
    id: int = big_id()
    netsuite_id: str = Field(unique=True)
    name: str
    type: str
    description: str = ""
    income_account_netsuite_id: str = ""
    deferral_account_netsuite_id: str = ""
    revenue_rule: str = ""
    subsidiary_netsuite_ids: list[str] = text_list()
    inactive: bool = False
    seen_at: datetime | None = instant(nullable=True)


class GlAccountRow(SQLModel, table=True):
    """A ledger account; `type` is the ERP's (AcctRec, Bank, Income, DeferRevenue ...)."""

    __tablename__ = "gl_account"
    id: int = big_id()
    netsuite_id: str = Field(unique=True)
    number: str = ""
    name: str
    type: str
    currency: str = ""
    subsidiary_netsuite_ids: list[str] = text_list()
    summary: bool = False
    inactive: bool = False
    seen_at: datetime | None = instant(nullable=True)


class ClassificationRow(SQLModel, table=True):
    """A department, class or location; ids are unique within a kind only."""

    __tablename__ = "classification"
    __table_args__ = (UniqueConstraint("kind", "netsuite_id", name="uq_classification"),)
    id: int = big_id()
    kind: str
    netsuite_id: str
    name: str
    inactive: bool = False
    seen_at: datetime | None = instant(nullable=True)


class CurrencyRateRow(SQLModel, table=True):
    """What one unit of `currency` was worth in `base` on a day, as plain decimal text."""

    __tablename__ = "currency_rate"
    __table_args__ = (UniqueConstraint("base", "currency", "on_day", name="uq_currency_rate"),)
    id: int = big_id()
    base: str
    currency: str
    on_day: date
    rate: str
    seen_at: datetime | None = instant(nullable=True)


async def terms(session: Session) -> Sequence[TermRow]:
    """All payment terms, by name."""
    return (await session.exec(select(TermRow).order_by(col(TermRow.name)))).all()


async def items(session: Session) -> Sequence[ItemRow]:
    """All items, by name."""
    return (await session.exec(select(ItemRow).order_by(col(ItemRow.name)))).all()


async def accounts(session: Session) -> Sequence[GlAccountRow]:
    """The chart of accounts, by number and name."""
    found = await session.exec(
        select(GlAccountRow).order_by(col(GlAccountRow.number), col(GlAccountRow.name))
    )
    return found.all()


async def classifications(session: Session) -> Sequence[ClassificationRow]:
    """Departments, classes and locations, by kind and name."""
    found = await session.exec(
        select(ClassificationRow).order_by(col(ClassificationRow.kind), col(ClassificationRow.name))
    )
    return found.all()


async def rate_on(session: Session, base: str, currency: str, on: date) -> str | None:
    """The rate of a day, or the latest one before it; None if there is none."""
    if base == currency:
        return "1"
    found = await session.exec(
        select(CurrencyRateRow.rate)
        .where(CurrencyRateRow.base == base, CurrencyRateRow.currency == currency)
        .where(CurrencyRateRow.on_day <= on)
        .order_by(col(CurrencyRateRow.on_day).desc())
    )
    return found.first()
