"""Questions about the database itself: its version, guards, clock, and whether work moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString, TypeVar

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import class_row

from store.address import plain_url

_Row = TypeVar("_Row")
_STATE = """
SELECT current_setting('server_version_num')::int AS version,
       current_setting('server_version') AS version_name,
       current_setting('server_encoding') AS encoding,
       pg_is_in_recovery() AS read_only,
       clock_timestamp() AS at,
       to_regclass('alembic_version') IS NOT NULL AS has_tables,
       (SELECT count(*) FROM pg_trigger
         WHERE tgrelid = to_regclass('audit') AND tgenabled IN ('O', 'A')
           AND tgname IN ('audit_is_append_only', 'audit_is_never_emptied')) AS guards
"""
_ARRIVED = """
SELECT (SELECT count(*) FROM customer) AS customers,
       (SELECT count(*) FROM invoice) AS invoices,
       (SELECT count(*) FROM effect WHERE state = 'proposed') AS proposals,
       EXISTS (SELECT FROM sync_cursor WHERE stream = 'fast') AS imported
"""
_ACTIVITY = """
SELECT (SELECT count(*) FROM procrastinate_workers
         WHERE last_heartbeat > now() - make_interval(secs => 30)) AS workers,
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'
           AND (scheduled_at IS NULL OR scheduled_at <= now())) AS waiting,
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed') AS failed,
       (SELECT count(*) FROM app_user WHERE active) AS people
"""


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """`version` as PostgreSQL counts it (180001); `guards` on the audit, of two."""

    version: int
    version_name: str
    encoding: str
    read_only: bool
    at: datetime
    has_tables: bool
    guards: int


@dataclass(frozen=True, slots=True)
class Activity:
    """Workers seen in the last half minute, jobs that are due or were given up, people."""

    workers: int
    waiting: int
    failed: int
    people: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is mirrored and proposed so far; `imported` once the first import is finished."""

    customers: int
    invoices: int
    proposals: int
    imported: bool


async def arrived(url: str) -> Arrived:
    """Ask a migrated database what has come in. Raises psycopg.Error."""
    async with await _connected(url) as connection:
        return await _one(connection, Arrived, _ARRIVED)


async def database_state(url: str) -> DatabaseState:
    """Ask on a connection of its own. Raises psycopg.OperationalError."""
    async with await _connected(url) as connection:
        return await _one(connection, DatabaseState, _STATE)


async def activity(url: str) -> Activity:
    """Ask a migrated database what moves in it. Raises psycopg.Error."""
    async with await _connected(url) as connection:
        return await _one(connection, Activity, _ACTIVITY)


def database_trouble(error: BaseException) -> str | None:
    """A sentence about a database that cannot be used, or None if `error` is not about that."""
    found: object = getattr(error, "orig", None) or error
    if isinstance(found, psycopg.errors.UndefinedTable):
        return "The database has no tables of this version yet. Run ./dunwell migrate."
    if isinstance(found, psycopg.errors.InsufficientPrivilege):
        return f"The database user may not do that: {_line(found)}. Grant it, or use another user."
    if isinstance(found, psycopg.OperationalError):
        return f"The database cannot be reached: {_line(found)}. Check DATABASE_URL."
    if type(found).__module__.startswith("alembic.") and "locate revision" in str(found):
        return "The database was made by a newer Dunwell than this one. Update Dunwell."
    return None


def _line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip(".")[:300]


async def _connected(url: str) -> AsyncConnection[tuple[object, ...]]:
    return await AsyncConnection.connect(
        plain_url(url),
        autocommit=True,
        application_name="dunwell-doctor",
        options="-c timezone=UTC",
    )


async def _one(
    connection: AsyncConnection[tuple[object, ...]], kind: type[_Row], query: LiteralString
) -> _Row:
    async with connection.cursor(row_factory=class_row(kind)) as cursor:
        found = await (await cursor.execute(query)).fetchone()
    if found is None:
        raise psycopg.OperationalError("the database gave no answer")
    return found
