"""Who may have NetSuite's own revenue plans read again, and what that asks for."""

from __future__ import annotations

from tests.flows.scene import Scene
from tests.web.serving import Site


async def test_reading_the_plans_again_is_a_job_and_not_for_everybody(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        assert (await browser.post("/revenue/arm/read")).status_code == 403
        assert "/revenue/arm/read" not in (await browser.get("/revenue/reports/arm")).text
    async with site.signed_in("controller") as browser:
        assert "/revenue/arm/read" in (await browser.get("/revenue/reports/arm")).text
        answer = await browser.post("/revenue/arm/read", to="2026-02-10")
        assert answer.headers["location"].startswith("/revenue/reports/arm?")
        assert "NetSuite is being asked" in (await browser.get(answer.headers["location"])).text
        await browser.post("/revenue/arm/read")
    assert await Scene(site.db).jobs("revenue.arm.read") == [{}]
