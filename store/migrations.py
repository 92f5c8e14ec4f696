"""Migrations: bring a database to the newest schema, and say where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from store.address import plain_url

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).resolve().parent.parent / "alembic"


def newest() -> str:
    """The newest revision among the migration files, read from their names."""
    return max(path.name.split("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


def current(url: str) -> str | None:
    """The revision of the database, or None before the first migration."""
    with psycopg.connect(plain_url(url)) as connection:
        found = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
        if found is None or found[0] is None:
            return None
        row = connection.execute(sql.SQL("SELECT version_num FROM alembic_version")).fetchone()
        return str(row[0]) if row else None


def upgrade(url: str, revision: str = "head") -> None:
    """Run the migrations up to `revision`. Replicas that start together take turns."""
    with psycopg.connect(plain_url(url), autocommit=True) as guard:
        guard.execute("SELECT pg_advisory_lock(4203)")
        if revision == "head" and current(url) == newest():
            return
        from alembic import command

        command.upgrade(configuration(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Run the migrations back to `revision` ("base" removes everything)."""
    from alembic import command

    command.downgrade(configuration(url), revision)


def configuration(url: str) -> Config:
    """Alembic's configuration for this database."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
