"""The sandbox's chat page: who somebody is, a conversation, a card, a form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store.engine import Database
from tests.browser.axe import problems
from tests.slack_app.rooms import Room, room

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


async def test_a_newcomer_chats_decides_and_is_told(
    chromium: Browser, db: Database, tmp_path: Path
) -> None:
    async with room(db, tmp_path) as office:
        effect_id = await office.mail()
        office.parrot.proposes = (effect_id,)
        page = await chromium.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(office.page)
        await page.get_by_label("You are").select_option("U0APP")
        await page.get_by_role("button", name="Messages").click()
        await page.get_by_label("Message", exact=True).fill("what does <b>Acme</b> owe")
        await page.keyboard.press("Enter")
        await office.work(2)
        await page.get_by_text("You: what does <b>Acme</b> owe").wait_for()
        await _reject(page, office)
        await page.get_by_text("Rejected: it will not happen", exact=False).first.wait_for()
        assert (await office.state(effect_id), complaints) == ("rejected", [])
        assert await problems(page) == []
        await page.close()


async def _reject(page: Page, office: Room) -> None:
    await page.get_by_role("button", name="Reject").click()
    await page.get_by_label("Why?").fill("They paid")
    await page.locator("dialog").get_by_role("button", name="Reject").click()
    await page.get_by_text("One moment").wait_for()
    await office.work(3)
