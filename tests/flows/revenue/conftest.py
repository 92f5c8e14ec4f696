"""Books of revenue on a fresh database."""

from __future__ import annotations

import pytest

from store.engine import Database
from tests.flows.revenue.books import Books, settings


@pytest.fixture
async def books(db: Database) -> Books:
    """Two subsidiaries, two customers, a few items; nothing billed yet."""
    made = Books(db, settings())
    await made.begin()
    return made
