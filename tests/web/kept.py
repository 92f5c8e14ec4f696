"""A seeded world is written row by row once in a test process; later tests get copies of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from store.address import plain_url
from store.engine import Database

Seeds = Callable[[Database, datetime], Awaitable[dict[str, int]]]
Connection = psycopg.AsyncConnection[Any]

# Binary COPY of an empty table is its header and its end.
_NO_ROWS = 21

# Tables that hold, or held, a row: an empty one has no page.
TABLES: LiteralString = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
"""
COUNTERS: LiteralString = """
SELECT sequencename, last_value FROM pg_sequences
WHERE schemaname = 'public' AND last_value IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class World:
    """What a seed left in an empty database, and the ids that it named."""

    ids: dict[str, int]
    rows: dict[str, bytes]
    counters: list[tuple[str, int]]


_WORLDS: dict[tuple[Seeds, datetime], World] = {}


async def kept(seeds: Seeds, db: Database, now: datetime) -> dict[str, int]:
    """Fill an empty database as `seeds` does; the ids that it names."""
    known = _WORLDS.get((seeds, now))
    if known is None:
        ids = await seeds(db, now)
        async with await psycopg.AsyncConnection.connect(plain_url(db.url)) as connection:
            _WORLDS[seeds, now] = await _read(connection, ids)
        return dict(ids)
    async with await psycopg.AsyncConnection.connect(plain_url(db.url)) as connection:
        await _write(connection, known)
    return dict(known.ids)


async def _read(connection: Connection, ids: dict[str, int]) -> World:
    tables = await (await connection.execute(TABLES)).fetchall()
    rows: dict[str, bytes] = {}
    for (table,) in tables:
        ask = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
        async with connection.cursor() as cursor, cursor.copy(ask) as copy:
            content = b"".join([bytes(part) async for part in copy])
        if len(content) > _NO_ROWS:
            rows[table] = content
    counters = await (await connection.execute(COUNTERS)).fetchall()
    return World(dict(ids), rows, [(str(name), int(last)) for name, last in counters])


async def _write(connection: Connection, world: World) -> None:
    await connection.execute("SET LOCAL session_replication_role = replica")
    for table, content in world.rows.items():
        fill = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))
        async with connection.cursor() as cursor, cursor.copy(fill) as copy:
            await copy.write(content)
    names = [name for name, _ in world.counters]
    lasts = [last for _, last in world.counters]
    counted: LiteralString = """
    SELECT setval(format('%%I', name)::regclass, last)
    FROM unnest(%s::text[], %s::bigint[]) AS counter(name, last)
    """
    await connection.execute(counted, (names, lasts))
