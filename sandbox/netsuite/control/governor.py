"""The account's limit of requests in flight, and how slow it answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sandbox.netsuite.errors import too_many


class Governor:
    """Refuses a request while `limit` others run. `latency_seconds` is added to each."""

    def __init__(self, limit: int = 5, latency_seconds: float = 0.0) -> None:
        self.limit = limit
        self.latency_seconds = latency_seconds
        self.running = 0
        self.highest = 0
        self.refused = 0

    @asynccontextmanager
    async def admit(self) -> AsyncIterator[None]:
        """Hold a place for the length of a request. Raises Refusal (429)."""
        if self.running >= self.limit:
            self.refused += 1
            raise too_many()
        self.running += 1
        self.highest = max(self.highest, self.running)
        try:
            if self.latency_seconds:
                await asyncio.sleep(self.latency_seconds)
            yield
        finally:
            self.running -= 1
