"""A database that the tests of one module share."""

from __future__ import annotations

import os
from collections.abc import Generator

import psycopg
import pytest
from psycopg import sql


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
