"""The switch for collections on a customer's page and by API."""

from __future__ import annotations

from store.parties import CustomerRow
from tests.web.serving import Site


async def collecting(site: Site, name: str) -> bool:
    async with site.db.read() as session:
        row = await session.get(CustomerRow, site.ids[name])
        assert row is not None
        return row.auto_followup


async def test_a_collector_switches_on_the_page(site: Site) -> None:
    path = f"/customers/{site.ids['alder']}"
    async with site.signed_in("collector") as browser:
        assert "Switch collections off" in (await browser.get(path)).text
        answer = await browser.post(f"{path}/collections", collections="off", reason="they asked")
        assert answer.headers["location"] == f"{path}?notice=collections_off"
        shown = (await browser.get(answer.headers["location"])).text
        assert "Collections off" in shown
        assert "Switch collections on" in shown
        assert not await collecting(site, "alder")
        await browser.post(f"{path}/collections", collections="on", reason="")
        assert await collecting(site, "alder")
        assert (await browser.post(f"{path}/collections", collections="x")).status_code == 404


async def test_a_viewer_sees_the_switch_as_it_stands_and_cannot_move_it(site: Site) -> None:
    path = f"/customers/{site.ids['alder']}"
    async with site.signed_in("viewer") as browser:
        shown = (await browser.get(path)).text
        assert "Collections on" in shown
        assert "Switch collections" not in shown
        answer = await browser.post(f"{path}/collections", collections="off")
        assert answer.status_code == 403
    assert await collecting(site, "alder")
