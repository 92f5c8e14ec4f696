"""A database's address, as its users write it."""

from __future__ import annotations


def driver_url(url: str) -> str:
    """`url` with the one driver this service uses, psycopg 3."""
    for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    raise ValueError("DATABASE_URL must start with postgresql://")


def plain_url(url: str) -> str:
    """`url` as psycopg itself reads it."""
    return "postgresql://" + driver_url(url).removeprefix("postgresql+psycopg://")
