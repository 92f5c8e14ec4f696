"""axe-core on a page: what somebody could not see, reach or understand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page

AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
_RUN = """async () => {
  const found = await axe.run(document, {iframes: false});
  return found.violations.map((v) => `${v.impact} ${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
}"""


async def problems(page: Page) -> list[str]:
    """What axe-core finds on the page, whatever its impact."""
    await page.evaluate(AXE.read_text())
    found: list[str] = await page.evaluate(_RUN)
    return found
