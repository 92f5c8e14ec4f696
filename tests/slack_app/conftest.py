"""A room for each test."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from store.engine import Database
from tests.slack_app.rooms import Room, room


@pytest.fixture
async def office(db: Database, tmp_path: Path) -> AsyncGenerator[Room]:
    """Dunwell connected to a workspace."""
    async with room(db, tmp_path) as made:
        yield made
