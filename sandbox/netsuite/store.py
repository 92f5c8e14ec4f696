"""Where the NetSuite-shaped ERP keeps its state: one SQLite file (or memory) behind a lock."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.netsuite.schema import TABLES, Table
from sandbox.netsuite.suiteql.sqlfunctions import install
from sandbox.netsuite.suiteql.walks import Walks

_OWN_TABLES = """
CREATE TABLE IF NOT EXISTS _integration (
  client_id TEXT, certificate_id TEXT, public_key TEXT, PRIMARY KEY (client_id, certificate_id));
CREATE TABLE IF NOT EXISTS _tba (
  consumer_key TEXT, token_id TEXT, consumer_secret TEXT, token_secret TEXT,
  PRIMARY KEY (consumer_key, token_id));
CREATE TABLE IF NOT EXISTS _token (token TEXT PRIMARY KEY, client_id TEXT, expires_at INTEGER);
CREATE TABLE IF NOT EXISTS _write (
  number INTEGER PRIMARY KEY, at TEXT, method TEXT, path TEXT, headers TEXT, body TEXT,
  status INTEGER, location TEXT);
CREATE TABLE IF NOT EXISTS _job (
  id INTEGER PRIMARY KEY, key TEXT UNIQUE, started_at TEXT, ended_at TEXT, tasks TEXT);
"""

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class TbaCredentials:
    """Token-based authentication: consumer and token, each with its secret."""

    consumer_key: str
    consumer_secret: str
    token_id: str
    token_secret: str


def quoted(name: str) -> str:
    """A table name as SQL."""
    return f'"{name}"'


def _insert(table: str, names: Sequence[str]) -> str:
    listed = ", ".join(quoted(name) for name in names)
    marks = ", ".join("?" * len(names))
    return " ".join(("INSERT INTO", quoted(table), f"({listed})", f"VALUES ({marks})"))


class ErpStore:
    """State of one account. `path` ":memory:" forgets at close; a file survives restarts.

    `like` is a store whose state this one begins with instead of what `path` holds.
    """

    def __init__(
        self,
        path: str | Path = ":memory:",
        *,
        zone: str = "America/Los_Angeles",
        like: ErpStore | None = None,
    ) -> None:
        self.zone = zone
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            str(path), check_same_thread=False, isolation_level=None, cached_statements=512
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        install(self._connection)
        if like is None:
            self._create()
        else:
            self.become(like)
        self._depth = 0
        self.walks = Walks()

    @property
    def version(self) -> int:
        """Moves with every change of a row."""
        return self._connection.total_changes

    def _create(self) -> None:
        for table in TABLES.values():
            create, *indexes = table.ddl()
            self._connection.execute(create)
            self._widen(table)
            for statement in indexes:
                self._connection.execute(statement)
        self._connection.executescript(_OWN_TABLES)

    def _widen(self, table: Table) -> None:
        """Give a table of an older file the columns it lacks."""
        asked = " ".join(("PRAGMA table_info(", quoted(table.name), ")"))
        had = {str(row["name"]) for row in self._connection.execute(asked)}
        for column in table.columns:
            if not column.formula and column.name not in had:
                alter = ("ALTER TABLE", quoted(table.name), "ADD COLUMN", quoted(column.name))
                self._connection.execute(" ".join(alter))

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()

    def copy(self, path: str | Path = ":memory:") -> ErpStore:
        """The same state in another store: much faster than seeding again."""
        return ErpStore(path, zone=self.zone, like=self)

    def become(self, other: ErpStore) -> None:
        """Take over the state of another store."""
        with self._lock, other._lock:
            other._connection.backup(self._connection)

    def forget_credentials(self) -> None:
        """Nobody can sign in any more."""
        with self.transaction():
            for name in ("_integration", "_tba", "_token"):
                self.execute(" ".join(("DELETE FROM", quoted(name))))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested calls join the outer one."""
        with self._lock:
            outer = self._depth == 0
            self._depth += 1
            try:
                if outer:
                    self._connection.execute("BEGIN IMMEDIATE")
                yield
            except BaseException:
                if outer:
                    self._connection.execute("ROLLBACK")
                raise
            else:
                if outer:
                    self._connection.execute("COMMIT")
            finally:
                self._depth -= 1

    def rows(self, sql: str, params: Sequence[Value] = ()) -> list[sqlite3.Row]:
        """Every row of a query."""
        with self._lock:
            return self._connection.execute(sql, tuple(params)).fetchall()

    def row(self, sql: str, params: Sequence[Value] = ()) -> sqlite3.Row | None:
        """The first row of a query."""
        with self._lock:
            found: sqlite3.Row | None = self._connection.execute(sql, tuple(params)).fetchone()
            return found

    def number(self, sql: str, params: Sequence[Value] = ()) -> int:
        """The first value of the first row as a whole number; 0 for none."""
        found = self.row(sql, params)
        return int(found[0] or 0) if found else 0

    def page(self, sql: str, bound: Mapping[str, Value]) -> list[tuple[Value, ...]]:
        """Rows of a query with named parameters."""
        with self._lock:
            cursor = self._connection.cursor()
            cursor.row_factory = None
            return cursor.execute(sql, dict(bound)).fetchall()

    def execute(self, sql: str, params: Sequence[Value] = ()) -> int:
        """Run one statement; the number of rows it touched."""
        with self._lock:
            return self._connection.execute(sql, tuple(params)).rowcount

    def insert(self, table: str, values: Mapping[str, Value]) -> int:
        """Add a row; its rowid."""
        with self._lock:
            done = self._connection.execute(_insert(table, list(values)), tuple(values.values()))
            return done.lastrowid or 0

    def insert_all(self, table: str, rows: Sequence[Mapping[str, Value]]) -> None:
        """Add rows that all have the columns of the first."""
        if not rows:
            return
        names = list(rows[0])
        with self._lock:
            values = [[row[name] for name in names] for row in rows]
            self._connection.executemany(_insert(table, names), values)

    def update(self, table: str, row_id: int, values: Mapping[str, Value]) -> None:
        """Change columns of the row with that id."""
        sets = ", ".join(f'"{name}" = ?' for name in values)
        statement = " ".join(("UPDATE", quoted(table), "SET", sets, "WHERE id = ?"))
        self.execute(statement, (*values.values(), row_id))

    def clear(self) -> None:
        """Forget every record and write; credentials stay."""
        with self.transaction():
            for name in (*TABLES, "_write", "_token", "_job"):
                self.execute(" ".join(("DELETE FROM", quoted(name))))

    def register_integration(
        self, client_id: str, certificate_id: str, public_key_pem: str
    ) -> None:
        """Accept client assertions of `client_id` signed by the key of `certificate_id`."""
        self.execute(
            "INSERT OR REPLACE INTO _integration VALUES (?, ?, ?)",
            (client_id, certificate_id, public_key_pem),
        )

    def register_tba(self, credentials: TbaCredentials) -> None:
        """Accept token-based authentication with these credentials."""
        self.execute(
            "INSERT OR REPLACE INTO _tba VALUES (?, ?, ?, ?)",
            (
                credentials.consumer_key,
                credentials.token_id,
                credentials.consumer_secret,
                credentials.token_secret,
            ),
        )
