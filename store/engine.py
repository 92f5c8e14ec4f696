"""The database: one engine, one transaction at a time per caller."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection
from sqlalchemy.exc import DataError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from store.address import driver_url

Session = AsyncSession
# Raised for what no column can hold: text with a NUL, a number beyond 64 bits.
NotStorable = DataError

Finish = Callable[[Session], Awaitable[None]]
_AT_END = "at_end"


def at_end(session: Session, name: str, finish: Finish) -> None:
    """Run `finish` as the last thing of this transaction, once for each `name`."""
    session.info.setdefault(_AT_END, {}).setdefault(name, finish)


class Database:
    """A PostgreSQL database. `begin` is a transaction that commits when its block ends well."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            driver_url(url),
            pool_size=pool_size,
            max_overflow=10,
            pool_pre_ping=True,
            connect_args={"options": "-c timezone=UTC -c application_name=dunwell"},
        )

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Session]:
        """One transaction: committed at the end of the block, rolled back on any exception."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            yield session
            for finish in session.info.pop(_AT_END, {}).values():
                await finish(session)

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[Session]:
        """A session for questions; nothing it does is kept."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        await self.engine.dispose()


async def driver_connection(session: Session) -> AsyncConnection[Any]:
    """The psycopg connection under `session`, inside its transaction."""
    connection = await session.connection()
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    if not isinstance(driver, AsyncConnection):
        raise TypeError("the engine does not run on psycopg")
    return driver
