"""The running site and keys to its API."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx
import pytest

from store.engine import Database
from store.people import create_api_key
from tests.web.kept import kept
from tests.web.seeding import seed, user
from tests.web.serving import Site, serving


@dataclass(slots=True)
class Api:
    """The API of a running site."""

    site: Site

    async def key(
        self, role: str, scopes: Sequence[str], expires_at: datetime | None = None
    ) -> str:
        person = await user(self.site.db, role, self.site.now)
        async with self.site.db.begin() as session:
            return await create_api_key(
                session,
                person,
                name="test",
                scopes=scopes,
                now=self.site.now,
                expires_at=expires_at,
            )

    @asynccontextmanager
    async def caller(self, role: str, *scopes: str) -> AsyncGenerator[httpx.AsyncClient]:
        headers = {"Authorization": f"Bearer {await self.key(role, scopes)}"}
        async with httpx.AsyncClient(base_url=self.site.url, headers=headers) as client:
            yield client


@pytest.fixture
async def api(database_url: str, db: Database, now: datetime) -> AsyncGenerator[Api]:
    """The application over the seeded world."""
    ids = await kept(seed, db, now)
    async with serving(database_url, db, now) as site:
        site.ids = ids
        yield Api(site)
