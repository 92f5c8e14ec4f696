"""axe-core on a page: what somebody could not see, reach or understand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page

AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
_RUN = """async (only) => {
  await Promise.all(document.getAnimations().map((one) => one.finished));
  const found = await axe.run(document, {iframes: false, ...only});
  return found.violations.map((v) => `${v.impact} ${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
}"""
_CONTRAST = {"runOnly": ["color-contrast"]}


async def problems(page: Page) -> list[str]:
    """What axe-core finds on the page, whatever its impact; contrast in light and in dark."""
    await page.evaluate(AXE.read_text())
    await page.emulate_media(color_scheme="light")
    found: list[str] = await page.evaluate(_RUN, {})
    await page.emulate_media(color_scheme="dark")
    found += [f"dark: {each}" for each in await page.evaluate(_RUN, _CONTRAST)]
    await page.emulate_media(color_scheme=None)
    return found
