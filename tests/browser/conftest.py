"""Chromium on the running service, and axe-core to judge what it shows."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store.engine import Database
from tests.web.kept import kept
from tests.web.seeding import seed
from tests.web.serving import Site, serving

if TYPE_CHECKING:
    from playwright.async_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
async def site(database_url: str, db: Database, now: datetime) -> AsyncGenerator[Site]:
    """The application over the seeded world."""
    ids = await kept(seed, db, now)
    async with serving(database_url, db, now) as running:
        running.ids = ids
        yield running


@pytest.fixture
async def chromium() -> AsyncGenerator[Browser]:
    """The distribution's Chromium."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()
