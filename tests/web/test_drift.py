"""The drift pages: findings with both sides, filters, and the buttons that settle them."""

from __future__ import annotations

from datetime import date

import httpx

from store.drift import DriftFindingRow
from tests.web.drifts import amount_changed, due_date_moved, march, mirrored, seen
from tests.web.serving import Site


async def finding(site: Site, finding_id: int) -> DriftFindingRow:
    async with site.db.read() as session:
        row = await session.get(DriftFindingRow, finding_id)
    assert row is not None
    return row


async def test_without_findings_it_says_what_will_appear(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        shown = (await browser.get("/sync/drift")).text
    assert "Nothing has drifted" in shown


async def test_the_list_narrows_by_kind_urgency_and_customer(site: Site) -> None:
    await march(site.db)
    await due_date_moved(site.db, "10", date(2026, 5, 1), site.now)
    await amount_changed(site.db, "20", 99_00, site.now)
    async with site.signed_in("viewer") as browser:
        everything = (await browser.get("/sync/drift")).text
        dates = (await browser.get("/sync/drift?kind=due_date_changed")).text
        pressing = (await browser.get("/sync/drift?urgency=now")).text
        later = (await browser.get("/sync/drift?urgency=later")).text
        birch = (await browser.get("/sync/drift?customer=birch")).text
        odd = await browser.get("/sync/drift?kind=nonsense&urgency=x&state=y&after=-4")
    assert ["INV-1000" in everything, "INV-2000" in everything] == [True, True]
    assert ["INV-1000" in dates, "INV-2000" in dates] == [True, False]
    assert "No finding fits" in pressing
    assert "INV-2000" in later
    assert ["INV-1000" in birch, "INV-2000" in birch] == [False, True]
    assert odd.status_code == 200


async def test_a_finding_shows_both_sides_with_the_difference_marked(site: Site) -> None:
    await march(site.db)
    one = await due_date_moved(site.db, "10", date(2026, 5, 1), site.now)
    async with site.signed_in("viewer") as browser:
        shown = (await browser.get(f"/sync/drift/{one}")).text
    assert "Ours: what stood" in shown
    assert "s: what stands" in shown
    marked = [part.split("</mark>")[0] for part in shown.split("<mark>")[1:]]
    assert "18 Feb 2026" in marked[0]
    assert "1 May 2026" in marked[1]
    assert len(marked) == 2
    assert "Alder Freight" in shown
    assert "https://erp.example/invoice/10" in shown
    assert "31 Mar 2026" in shown
    assert 'name="resolution"' not in shown


async def test_a_deleted_document_has_an_empty_side(site: Site) -> None:
    one = await seen(site.db, await mirrored(site.db, "10"), None, site.now)
    async with site.signed_in("approver") as browser:
        shown = (await browser.get(f"/sync/drift/{one}")).text
    assert "NetSuite has it no more." in shown
    assert "Push ours" not in shown


async def test_accepting_closes_it_with_name_and_reason(site: Site) -> None:
    one = await due_date_moved(site.db, "10", date(2026, 5, 1), site.now)
    async with site.signed_in("approver") as browser:
        path = f"/sync/drift/{one}"
        silent = await browser.post(path, resolution="accept", reason=" ")
        answer = await browser.post(path, resolution="accept", reason="agreed")
        shown = (await browser.get(answer.headers["location"])).text
        closed = (await browser.get("/sync/drift?state=closed")).text
    assert silent.status_code == 409
    assert "Say why" in silent.text
    assert answer.status_code == 303
    assert "Noted, with your name and reason." in shown
    assert "INV-1000" in closed
    assert (await finding(site, one)).resolved_by == "Pat Approver"


async def test_ignoring_needs_a_day_and_hides_it(site: Site) -> None:
    one = await due_date_moved(site.db, "10", date(2026, 5, 1), site.now)
    async with site.signed_in("controller") as browser:
        path = f"/sync/drift/{one}"
        unsure = await browser.post(path, resolution="ignore", reason="later", until="soon")
        past = await browser.post(path, resolution="ignore", reason="later", until="2020-01-01")
        done = await browser.post(path, resolution="ignore", reason="later", until="2026-03-20")
        listed = (await browser.get("/sync/drift")).text
        hidden = (await browser.get("/sync/drift?state=hidden")).text
    assert (unsure.status_code, past.status_code, done.status_code) == (409, 409, 303)
    assert "1 finding is hidden" in listed
    assert "INV-1000" in hidden


async def test_pushing_ours_goes_to_the_review(site: Site) -> None:
    one = await due_date_moved(site.db, "10", date(2026, 5, 1), site.now)
    async with site.signed_in("collector") as browser:
        shown = (await browser.get(f"/sync/drift/{one}")).text
        answer = await browser.post(f"/sync/drift/{one}", resolution="push")
    assert "Push ours" in shown
    assert "Accept NetSuite" not in shown
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/review/{(await finding(site, one)).effect_id}"


async def test_what_is_refused_says_so(site: Site) -> None:
    one = await amount_changed(site.db, "10", 99_00, site.now)
    async with site.signed_in("collector") as browser:
        accept = await browser.post(f"/sync/drift/{one}", resolution="accept", reason="fine")
        push = await browser.post(f"/sync/drift/{one}", resolution="push")
        odd = await browser.post(f"/sync/drift/{one}", resolution="explode")
        missing = await browser.get("/sync/drift/4711")
    assert accept.status_code == 409
    assert "cannot settle drift this way" in accept.text
    assert "set its lines back" in push.text
    assert (odd.status_code, missing.status_code) == (404, 404)
    assert (await finding(site, one)).state == "open"


async def test_a_viewer_settles_nothing_and_a_forged_request_neither(site: Site) -> None:
    one = await due_date_moved(site.db, "10", date(2026, 5, 1), site.now)
    async with site.signed_in("viewer") as browser:
        answer = await browser.post(f"/sync/drift/{one}", resolution="accept", reason="x")
    async with site.signed_in("approver") as browser:
        forged: httpx.Response = await browser.client.post(
            f"/sync/drift/{one}", data={"resolution": "accept", "reason": "x"}
        )
    assert (answer.status_code, forged.status_code) == (403, 403)
    assert (await finding(site, one)).state == "open"


async def test_the_customers_timeline_and_the_worklist_lead_to_it(site: Site) -> None:
    one = await due_date_moved(site.db, "10", date(2026, 5, 1), site.now)
    async with site.signed_in("viewer") as browser:
        customer = (await browser.get(f"/customers/{site.ids['alder']}")).text
        item = customer.split('href="/worklist/')[1].split('"')[0]
        shown = (await browser.get(f"/worklist/{item}")).text
    assert "Invoice INV-1000: the due date was changed in NetSuite" in customer
    assert f"/sync/drift/{one}" in shown
