"""The page of papers on file."""

from __future__ import annotations

import httpx

from store.documents import PaperRow
from store.engine import Database
from tests.flows.scene import Scene
from tests.web.serving import Browser, Site

PDF = b"%PDF-1.4 form"


async def send(browser: Browser, body: bytes, **form: str) -> httpx.Response:
    await browser.post("/papers/0/withdraw")
    return await browser.client.post(
        "/papers",
        data={"csrf": browser.csrf, **form},
        files={"file": ("<b>w9</b>.pdf", body, "text/html")},
    )


async def test_papers_are_put_on_file_by_working_people_and_only_downloaded(
    site: Site, db: Database
) -> None:
    scene = Scene(db)
    acme = await scene.customer("Zephyr Mills")
    async with site.signed_in("viewer") as browser:
        refused = await send(browser, PDF, kind="w9")
    async with site.signed_in("collector") as browser:
        empty = (await browser.get("/papers")).text
        bank = await send(browser, PDF, kind="bank_details")
        web = await send(browser, b"<html>", kind="w9")
        vague = await send(browser, PDF, kind="contract", customer="Zephyr")
        own = await send(browser, PDF, kind="contract", customer="zephyr mills")
        shared = await send(browser, PDF, kind="w9")
        rows = {row.kind: row for row in await scene.all(PaperRow)}
        page = (await browser.get("/papers?notice=paper_kept")).text
        file = await browser.get(f"/papers/{rows['w9'].id}")
        gone = await browser.post(f"/papers/{rows['w9'].id}/withdraw")
        after = (await browser.get("/papers")).text
    assert "Nothing is on file yet" in empty
    assert [r.status_code for r in (refused, bank, web, vague)] == [403, 409, 409, 409]
    assert [r.status_code for r in (own, shared, gone)] == [303, 303, 303]
    assert {k: r.customer_id for k, r in rows.items()} == {"contract": acme, "w9": None}
    assert ("&lt;b&gt;" in page or "<b>w9" not in page, "every customer" in page) == (True, True)
    assert file.content == PDF
    assert file.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in file.headers["content-security-policy"]
    assert ("every customer</td>" in page, "every customer</td>" in after) == (True, False)
