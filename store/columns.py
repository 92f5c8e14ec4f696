"""Column types shared by the rows: UTC instants, big ids, JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, Identity
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored and returned in UTC. Naive datetimes are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no instant; pass an aware one")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


def big_id() -> Any:
    """A BIGINT identity primary key."""
    return Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))


def big(*, nullable: bool = False, index: bool = False, unique: bool = False) -> Any:
    """A BIGINT column (amounts in minor units, foreign counters)."""
    return Field(
        default=None if nullable else 0,
        sa_column=Column(BigInteger, nullable=nullable, index=index, unique=unique),
    )


def ref(target: str, *, nullable: bool = False, index: bool = True) -> Any:
    """A BIGINT reference to `target` ("customer.id"), indexed."""
    return Field(
        default=None,
        sa_column=Column(BigInteger, ForeignKey(target), nullable=nullable, index=index),
    )


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """A UTC instant column."""
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable, index=index))


def json(*, nullable: bool = False) -> Any:
    """A JSONB column holding an object; empty by default."""
    if nullable:
        return Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True))
    return Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))


def big_list() -> Any:
    """A BIGINT[] column; empty by default."""
    return Field(default_factory=list, sa_column=Column(ARRAY(BigInteger), nullable=False))


def text_list() -> Any:
    """A JSONB list of texts; empty by default."""
    return Field(default_factory=list, sa_column=Column(JSONB, nullable=False))


def objects() -> Any:
    """A JSONB list of objects; empty by default."""
    return Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
