"""Checks that a person asks for on the command line."""

from __future__ import annotations

from typing import assert_never

from effects.audit import Broken, Intact, verify
from store.engine import Database


async def verify_audit(url: str) -> tuple[bool, str]:
    """Whether the audit's chain is whole, and a sentence that says so."""
    database = Database(url, pool_size=1)
    try:
        async with database.read() as session:
            result = await verify(session)
    finally:
        await database.close()
    match result:
        case Intact(count, head):
            return True, f"The audit is intact: {count} rows, head {head}."
        case Broken(row_id, why):
            return False, f"The audit is broken at row {row_id}: {why}."
        case _:
            assert_never(result)
