"""One loopback server for all tests of this folder."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from sandbox.serving import LoopbackServer
from tests.sources.salesforce.office import DESK


@pytest.fixture(scope="session", autouse=True)
def desk() -> Generator[None, None, None]:
    with LoopbackServer(DESK) as server:
        DESK.url = server.url
        yield
