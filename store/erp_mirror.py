"""What we last knew of the ERP: sync cursors and posting periods."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from store.columns import big_id, instant, json


class SyncCursorRow(SQLModel, table=True):
    """How far a stream was read. Advanced only in the transaction that holds the data."""

    __tablename__ = "sync_cursor"
    stream: str = Field(primary_key=True)
    watermark: str = ""
    last_id: str = ""
    progress: dict[str, object] = json()
    updated_at: datetime = instant()


class PostingPeriodRow(SQLModel, table=True):
    """An accounting period of the ERP."""

    __tablename__ = "posting_period"
    id: int = big_id()
    netsuite_id: str = Field(unique=True)
    name: str
    starts_on: date
    ends_on: date
    closed: bool = False
    ar_locked: bool = False
    all_locked: bool = False
