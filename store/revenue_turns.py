"""A turn at the books of revenue for somebody who waits at a page: soon, or not at all."""

from __future__ import annotations

from psycopg.errors import LockNotAvailable
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from store.engine import Session
from store.revenue_events import take_turns

BUSY = "the books are being written just now; try again in a moment"
_PATIENCE = text("SET LOCAL lock_timeout = '2s'")
_NO_LIMIT = text("SET LOCAL lock_timeout = 0")


async def turn_soon(session: Session) -> bool:
    """Take the turn within two seconds; False where a closing or an intake holds it longer."""
    connection = await session.connection()
    try:
        async with session.begin_nested():
            await connection.execute(_PATIENCE)
            await take_turns(session)
            await connection.execute(_NO_LIMIT)
    except DBAPIError as error:
        if isinstance(error.orig, LockNotAvailable):
            return False
        raise
    return True
