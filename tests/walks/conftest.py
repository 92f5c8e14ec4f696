"""One house for each module; its tests take a customer each."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Generator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from psycopg import sql

from tests.walks.house import House, house


@pytest.fixture(scope="module")
def module_database(
    postgres_url: str, template_database: str, request: pytest.FixtureRequest
) -> Generator[str]:
    """A migrated database for the tests of one module."""
    name = f"walk{os.getpid()}_{abs(hash(request.module.__name__)) % 10**8}"
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template_database)
    )
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(statement)
    head, _, query = postgres_url.partition("?")
    yield f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(
    module_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    """The house of a module, whose debtors are mute."""
    folder: Path = tmp_path_factory.mktemp("house")
    async with house(folder, module_database, customers=100, invoices=400) as ready:
        yield ready


@pytest.fixture
def database(new_database: Callable[[], str]) -> str:
    """A migrated database for one test."""
    return new_database()
