"""The report of the first import, and what it counts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant, json, text_list
from store.engine import Session


class ImportReportRow(SQLModel, table=True):
    """What a finished first import brought. `figures` are compared with the ERP's own sums."""

    __tablename__ = "import_report"
    id: int = big_id()
    finished_at: datetime = instant(index=True)
    history_since: date
    counts: dict[str, object] = json()
    figures: list[dict[str, object]] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False)
    )
    unapplied: list[dict[str, object]] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False)
    )
    without_contact: int = 0
    left_out: list[str] = text_list()


_COUNTS = text("""
SELECT 'customers', count(*) FROM customer WHERE row_hash <> 'gone'
UNION ALL SELECT 'contacts', count(*) FROM contact WHERE netsuite_id IS NOT NULL
UNION ALL SELECT 'invoices', count(*) FROM invoice WHERE gone_at IS NULL
UNION ALL SELECT 'open invoices', count(*) FROM invoice
  WHERE gone_at IS NULL AND status = 'open' AND open_minor > 0
UNION ALL SELECT 'payments', count(*) FROM payment
  WHERE netsuite_id IS NOT NULL AND gone_at IS NULL
UNION ALL SELECT 'credit memos', count(*) FROM credit_memo WHERE gone_at IS NULL
UNION ALL SELECT replace(kind, '_', ' ') || 's', count(*) FROM settlement
  WHERE gone_at IS NULL GROUP BY kind
""")
ORDER = (
    "customers",
    "contacts",
    "invoices",
    "open invoices",
    "payments",
    "credit memos",
    "deposits",
    "deposit applications",
    "refunds",
    "journals",
)


async def count(session: Session) -> dict[str, int]:
    """Rows of the mirror by what they are, in the order in which people read them."""
    connection = await session.connection()
    found = {str(row[0]): int(row[1]) for row in (await connection.execute(_COUNTS)).all()}
    return {name: found[name] for name in ORDER if name in found}


async def latest(session: Session) -> ImportReportRow | None:
    """The report of the latest first import, or None."""
    found = await session.exec(
        select(ImportReportRow).order_by(col(ImportReportRow.id).desc()).limit(1)
    )
    return found.first()
