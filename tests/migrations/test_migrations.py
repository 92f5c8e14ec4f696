"""From empty to the models, and back."""

from __future__ import annotations

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, pool
from sqlmodel import SQLModel

from store import migrations
from store.address import driver_url, plain_url
from store.schema import metadata


def differences(url: str) -> list[object]:
    """What autogenerate would change, the tables of procrastinate and LangGraph left out."""
    engine = create_engine(driver_url(url), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    not (kind == "table" and name.startswith(("procrastinate_", "checkpoint")))
                ),
            },
        )
        found = list(compare_metadata(context, metadata))
    engine.dispose()
    return found


def tables(url: str) -> set[str]:
    with psycopg.connect(plain_url(url)) as connection:
        rows = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
    return {str(row[0]) for row in rows}


def test_the_newest_migration_equals_the_models(database_url: str) -> None:
    assert migrations.current(database_url) == migrations.newest()
    assert differences(database_url) == []
    assert set(SQLModel.metadata.tables) <= tables(database_url)


def test_down_to_nothing_and_up_again(database_url: str) -> None:
    migrations.downgrade(database_url, "base")
    assert tables(database_url) == {"alembic_version"}
    migrations.upgrade(database_url)
    assert differences(database_url) == []


def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    before = tables(database_url)
    migrations.upgrade(database_url)
    assert tables(database_url) == before
