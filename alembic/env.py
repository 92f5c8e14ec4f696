"""Alembic environment: the URL comes from the caller, the models from store.schema."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, pool

from store.address import driver_url
from store.schema import metadata

FOREIGN = ("procrastinate_", "checkpoint")


def include_name(name: str | None, type_: str, _parents: object) -> bool:
    """Leave out the tables that procrastinate and LangGraph own."""
    return not (type_ == "table" and (name or "").startswith(FOREIGN))


def run() -> None:
    """Run the migrations on the URL of the configuration, in one transaction."""
    url = context.config.get_main_option("sqlalchemy.url") or ""
    engine = create_engine(driver_url(url), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_name=include_name,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
