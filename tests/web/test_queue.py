"""The priority queue: what a row says, its filters, its file, and acts on many."""

from __future__ import annotations

import csv
import io

from flows.conversations import escalate
from flows.scores import score_all
from tests.web.serving import Browser, Site


async def named(browser: Browser, query: str = "") -> list[str]:
    """The customers of the queue in order."""
    rows = list(csv.reader(io.StringIO((await browser.get(f"/queue/export.csv?{query}")).text)))
    return [row[1].split()[0] for row in rows[1:]]


async def test_the_queue_says_what_stands_and_finds_by_every_filter(site: Site) -> None:
    async with site.db.begin() as session:
        await escalate(
            session, site.ids["birch"], "legal_mention", quote="our lawyer", now=site.now
        )
    assert await score_all(site.db, site.now.date()) == 5
    async with site.signed_in("viewer") as browser:
        shown = (await browser.get("/queue")).text
        cedar = shown.split("Cedar Medical")[1].split("</tr>")[0]
        for said in ("Promised", "They wrote 5 days ago", "13 Mar 2026", "9 Jan 2026", "%"):
            assert said in cedar, said
        assert "&lt;script&gt;" in cedar
        assert "<script>alert" not in shown
        assert "With a person" in shown.split("Birch")[1].split("</tr>")[0]
        assert sorted(await named(browser)) == ["Alder", "Birch", "Cedar", "Dogwood", "Elm"]
        assert await named(browser, "status=escalated") == ["Birch"]
        assert await named(browser, "status=promised") == ["Cedar"]
        assert await named(browser, "age=90%2B&order=name") == ["Elm"]
        assert await named(browser, "age=1-30&status=waiting") == ["Alder"]
        assert await named(browser, "text=dog") == ["Dogwood"]
        assert await named(browser, "status=resolved") == []
        assert "No overdue customer fits" in (await browser.get("/queue?status=resolved")).text
        assert (await browser.post("/queue/many", customer="1", act="assign")).status_code == 403


async def test_many_are_assigned_and_paused_at_once(site: Site) -> None:
    elm, dogwood = site.ids["elm"], site.ids["dogwood"]
    async with site.signed_in("collector") as browser:
        page = (await browser.get("/queue")).text
        mine = page.split(">Pat Collector</option>")[0].rsplit('value="', 1)[1].split('"')[0]
        form = {"csrf": "", "act": "assign", "assignee": mine, "customer": [str(elm), str(dogwood)]}
        await browser.post("/today")
        form["csrf"] = browser.csrf
        assert (await browser.client.post("/queue/many", data=form)).status_code == 303
        assert sorted(await named(browser, f"assignee={mine}")) == ["Dogwood", "Elm"]
        assert sorted(await named(browser, "assignee=nobody")) == ["Alder", "Birch", "Cedar"]
        paused = await browser.post("/queue/many", act="pause", customer=str(elm), span="30")
        assert paused.headers["location"] == "/queue?notice=paused_many"
        assert await named(browser, "status=held") == ["Elm"]
        path = f"/customers/{elm}"
        await browser.post(f"{path}/resume")
        await browser.post(f"{path}/conversation", state="resolved")
        assert await named(browser, "status=resolved") == ["Elm"]
        assert "Elm" not in await named(browser)
        assert (await browser.post("/queue/many", act="pause", span="30")).status_code == 422
