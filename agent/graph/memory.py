"""Where threads are kept between messages: LangGraph's tables in the same PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

from store.engine import Database
from store.threads import opened_pool, setting_up


@asynccontextmanager
async def chat_memory(db: Database) -> AsyncGenerator[AsyncPostgresSaver]:
    """The memory of conversations, its tables made on first use; processes take turns at that."""
    async with opened_pool(db) as pool:
        saver = AsyncPostgresSaver(pool)
        async with setting_up(db):
            await saver.setup()
        yield saver
