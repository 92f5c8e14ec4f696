"""The scene of the flow tests."""

from __future__ import annotations

import pytest

from store.engine import Database
from tests.flows.scene import Scene


@pytest.fixture
def scene(db: Database) -> Scene:
    return Scene(db)
