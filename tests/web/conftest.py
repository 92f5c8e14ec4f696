"""The running site of the page tests."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import datetime

import pytest

from store.engine import Database
from tests.web.kept import kept
from tests.web.seeding import seed
from tests.web.serving import Site, serving


@pytest.fixture
async def site(database_url: str, db: Database, now: datetime) -> AsyncGenerator[Site]:
    """The application over the seeded world."""
    ids = await kept(seed, db, now)
    async with serving(database_url, db, now) as running:
        running.ids = ids
        yield running
