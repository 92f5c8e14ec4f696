"""One server for a file of tests, one empty account for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.sources.hubspot.world import World, world


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house() -> AsyncIterator[World]:
    async with world() as found:
        yield found


@pytest.fixture
def hub(house: World) -> World:
    house.empty()
    return house
