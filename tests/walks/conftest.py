"""One house for each module; its tests take a customer each."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from tests.module_database import module_database
from tests.walks.house import House, house

__all__ = ["module_database"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(
    module_database: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> AsyncGenerator[House]:
    """The house of a module, whose debtors are mute.

    A module that reminds more than a handful of customers says so with CUSTOMERS.
    """
    folder: Path = tmp_path_factory.mktemp("house")
    customers = getattr(request.module, "CUSTOMERS", 40)
    async with house(folder, module_database, customers=customers, invoices=4 * customers) as ready:
        yield ready


@pytest.fixture
def database(new_database: Callable[[], str]) -> str:
    """A migrated database for one test."""
    return new_database()
