"""Connections for the threads of conversations, and what of them is kept.

The tables `checkpoint*` are LangGraph's own: it makes them, and only it writes rows there.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import text

from store.address import plain_url
from store.engine import Database, Session

Pool = AsyncConnectionPool[AsyncConnection[DictRow]]
_TURN = 4211
_OLDER = text("""
DELETE FROM checkpoints c WHERE c.thread_id = :thread AND c.checkpoint_id <> (
    SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = :thread)
""")
_LOOSE_WRITES = text("""
DELETE FROM checkpoint_writes w WHERE w.thread_id = :thread AND NOT EXISTS (
    SELECT FROM checkpoints c
    WHERE c.thread_id = w.thread_id AND c.checkpoint_id = w.checkpoint_id)
""")
_LOOSE_BLOBS = text("""
DELETE FROM checkpoint_blobs b WHERE b.thread_id = :thread AND NOT EXISTS (
    SELECT FROM checkpoints c WHERE c.thread_id = b.thread_id
    AND c.checkpoint->'channel_versions'->>b.channel = b.version)
""")
_THERE = text("SELECT to_regclass('checkpoints')")
_IDLE = text("""
SELECT thread_id FROM checkpoints GROUP BY thread_id
HAVING max((checkpoint->>'ts')::timestamptz) < :before LIMIT 1000
""")
_WHOLE = (
    text("DELETE FROM checkpoint_writes WHERE thread_id = ANY(:threads)"),
    text("DELETE FROM checkpoint_blobs WHERE thread_id = ANY(:threads)"),
    text("DELETE FROM checkpoints WHERE thread_id = ANY(:threads)"),
)


@asynccontextmanager
async def opened_pool(db: Database) -> AsyncGenerator[Pool]:
    """A few connections of their own, as LangGraph wants them."""
    settings: dict[str, Any] = {
        "autocommit": True,
        "prepare_threshold": 0,
        "row_factory": dict_row,
        "application_name": "dunwell-threads",
    }
    pool: Pool = AsyncConnectionPool(
        plain_url(db.url), min_size=1, max_size=4, kwargs=settings, open=False
    )
    await pool.open(wait=True, timeout=30)
    try:
        yield pool
    finally:
        await pool.close()


@asynccontextmanager
async def setting_up(db: Database) -> AsyncGenerator[None]:
    """One process at a time makes the tables."""
    connection = await AsyncConnection.connect(plain_url(db.url), autocommit=True)
    async with connection:
        await connection.execute("SELECT pg_advisory_lock(%s)", (_TURN,))
        yield


async def keep_latest(session: Session, thread: str) -> None:
    """Forget how a thread came to where it is; where it is stays."""
    connection = await session.connection()
    for statement in (_OLDER, _LOOSE_WRITES, _LOOSE_BLOBS):
        await connection.execute(statement, {"thread": thread})


async def forget_idle(session: Session, before: datetime) -> int:
    """Forget threads in which nothing was said since; how many."""
    connection = await session.connection()
    if (await connection.execute(_THERE)).scalar_one() is None:
        return 0
    idle = [row[0] for row in (await connection.execute(_IDLE, {"before": before})).all()]
    for statement in _WHOLE:
        await connection.execute(statement, {"threads": idle})
    return len(idle)
