"""What a person does in a browser, by mouse and by keyboard; and whether everybody can see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.axe import problems
from tests.web.serving import Site

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
PAGES = (
    "/today",
    "/worklist",
    "/worklist/{item}",
    "/queue",
    "/playbooks",
    "/playbooks/new",
    "/customers",
    "/customers/{cedar}",
    "/customers/{cedar}?tab=invoices",
    "/customers/{cedar}?tab=payments",
    "/payments",
    "/review/{mail}",
    "/review/{posting}",
    "/audit",
    "/settings",
    "/settings/remittance",
    "/search?q=ce",
    "/nowhere",
)


async def sign_in(page: Page, site: Site, role: str) -> None:
    await page.goto(await site.link(role))
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/today")


async def _open(
    chromium: Browser, scheme: Literal["light", "dark"], width: int
) -> tuple[Page, list[str]]:
    """A page, and what its console complains about (a broken policy shows there)."""
    context = await chromium.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=False
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


async def test_everybody_can_use_every_page(chromium: Browser, site: Site) -> None:
    page, _ = await _open(chromium, "light", 1280)
    await page.goto(await site.link("controller"))
    found = [("sign-in", await problems(page))]
    await sign_in(page, site, "controller")
    for path in PAGES:
        await page.goto(site.url + path.format(**site.ids))
        found.append((path, await problems(page)))
    assert [p for p in found if p[1]] == []


async def test_no_page_is_wider_than_its_window(chromium: Browser, site: Site) -> None:
    page, complaints = await _open(chromium, "light", 1440)
    await sign_in(page, site, "controller")
    wide = []
    for path in PAGES[:-1]:
        await page.goto(site.url + path.format(**site.ids))
        for width in (1440, 900, 640, 360):
            await page.set_viewport_size({"width": width, "height": 800})
            if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((path, width))
    assert wide == []
    assert complaints == []


async def test_a_mail_is_approved_by_keyboard_alone(chromium: Browser, site: Site) -> None:
    page, complaints = await _open(chromium, "light", 1280)
    await sign_in(page, site, "collector")
    await page.goto(f"{site.url}/review")
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/review/{site.ids['mail']}")
    frame = page.frame_locator("iframe")
    assert "INV-1000" in await frame.locator("body").inner_text()
    await page.keyboard.press("a")
    await page.wait_for_url("**/review?notice=approved*")
    assert "Approved." in await page.locator(".notice").inner_text()
    await page.get_by_role("link", name="See what became of it").click()
    assert "Approved" in await page.locator(".state").inner_text()
    assert complaints == []


async def test_reject_and_edit_open_by_keyboard(chromium: Browser, site: Site) -> None:
    page, _ = await _open(chromium, "dark", 1280)
    await sign_in(page, site, "collector")
    await page.goto(f"{site.url}/review/{site.ids['mail']}")
    await page.keyboard.press("e")
    assert await page.evaluate("document.activeElement.id") == "subject"
    await page.keyboard.press("Escape")
    await page.keyboard.press("r")
    await page.keyboard.type("They called: already paid")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/review?notice=rejected*")


async def test_a_fact_lights_up_its_source(chromium: Browser, site: Site) -> None:
    page, _ = await _open(chromium, "light", 1280)
    await sign_in(page, site, "collector")
    await page.goto(f"{site.url}/review/{site.ids['mail']}")
    await page.get_by_text("Plain text part").click()
    await page.locator("mark", has_text="1,234.50 USD").focus()
    assert "1,234.50 USD" in await page.locator(".lit").inner_text()


async def test_search_finds_while_typing(chromium: Browser, site: Site) -> None:
    page, complaints = await _open(chromium, "light", 1280)
    await sign_in(page, site, "viewer")
    await page.keyboard.press("/")
    await page.keyboard.type("INV-300")
    await page.locator("#found").get_by_text("INV-3000").wait_for()
    assert complaints == []


async def test_a_mail_opens_in_place_with_its_facts(chromium: Browser, site: Site) -> None:
    page, complaints = await _open(chromium, "light", 1280)
    await sign_in(page, site, "viewer")
    await page.goto(f"{site.url}/customers/{site.ids['cedar']}?show=mail")
    await page.locator("li", has_text="We wrote").locator("summary").click()
    await page.get_by_role("heading", name="Checked when it was sent").wait_for()
    assert "INV-3000" in await page.locator(".proof").inner_text()
    assert await page.locator("script", has_text="alert").count() == 0
    assert complaints == []


async def test_it_can_be_stopped_and_resumed(chromium: Browser, site: Site) -> None:
    page, _ = await _open(chromium, "light", 1280)
    await sign_in(page, site, "controller")
    await page.goto(f"{site.url}/settings")
    form = page.locator("form", has_text="Everything")
    await form.get_by_role("button", name="Stop").click()
    await page.locator(".band.stop").wait_for()
    await form.get_by_role("button", name="Switch on again").click()
    await page.wait_for_url("**/settings?notice=resumed")
    assert await page.locator(".band.stop").count() == 0
