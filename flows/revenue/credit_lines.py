"""Lines of credit memos, fetched for the mirror once for every state of a memo."""

from __future__ import annotations

from datetime import datetime

from erp.port import Erp
from erp.rows import credit_line_row
from store import credit_lines
from store.engine import Database

_BATCH = 500


async def mirror_credit_lines(db: Database, erp: Erp, now: datetime) -> int:
    """Fetch what the mirror lacks; the number of lines. Raises ErpUnavailable, ErpRefused."""
    count = 0
    while True:
        async with db.read() as session:
            ids = await credit_lines.memos_to_read(session, most=_BATCH)
        if not ids:
            return count
        found = await erp.credit_lines_of(ids)
        async with db.begin() as session:
            rows = [credit_line_row(line) for line in found]
            count += await credit_lines.put_credit_lines(session, rows, ids, now)
