"""The invoices to push: the queue, one invoice from its findings to approval, and refusals."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from datetime import datetime

import pytest

from effects.withdraw import withdraw_all
from store.drafts import InvoiceDraftRow
from store.effects import EffectRow, effect
from store.engine import Database
from tests.web.kept import kept
from tests.web.serving import Browser, Site, serving
from tests.web.sync_seeding import ROBOT, seed_drafts


@pytest.fixture
async def synced(database_url: str, db: Database, now: datetime) -> AsyncGenerator[Site]:
    """The application over the seeded world with drafts in it."""
    ids = await kept(seed_drafts, db, now)
    async with serving(database_url, db, now) as running:
        running.ids = ids
        yield running


async def draft_of(site: Site, name: str) -> InvoiceDraftRow:
    async with site.db.read() as session:
        row = await session.get(InvoiceDraftRow, site.ids[name])
    assert row is not None
    return row


async def proposal_of(site: Site, name: str) -> EffectRow:
    row = await draft_of(site, name)
    async with site.db.read() as session:
        found = await effect(session, row.effect_id or 0)
    assert found is not None
    return found


def hidden(page: str, name: str) -> str:
    """The first hidden value of this name on a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


async def submitted(site: Site, browser: Browser, name: str) -> None:
    path = f"/sync/invoices/{site.ids[name]}"
    page = (await browser.get(path)).text
    answer = await browser.post(f"{path}/submit", seen=hidden(page, "seen"))
    assert answer.status_code == 303, answer.text


async def test_the_queue_tells_where_each_stands(synced: Site) -> None:
    async with synced.signed_in("viewer") as browser:
        shown = (await browser.get("/sync/invoices")).text
    for name in ("ORD-1", "ORD-2", "ORD-3", "ORD-4", "INV-1000"):
        assert name in shown
    assert "choose the customer" in shown
    assert 'name="pick"' not in shown


FILTERS = (
    ("status=up_to_date", "INV-1000", "ORD-1<"),
    ("status=new", "ORD-1<", "INV-1000"),
    ("amount_from=1000", "ORD-2", "ORD-1<"),
    ("amount_to=990", "ORD-1<", "ORD-2"),
    ("date_to=2026-02-28", "ORD-4", "ORD-1<"),
    ("date_from=2026-03-01", "ORD-1<", "ORD-4"),
    ("source=file", "No invoice fits", "ORD-1<"),
    ("state=dropped", "No invoice fits", "ORD-1<"),
)


async def test_filters_narrow_the_queue(synced: Site) -> None:
    async with synced.signed_in("viewer") as browser:
        for query, there, missing in FILTERS:
            answer = await browser.get(f"/sync/invoices?{query}")
            assert answer.status_code == 200, query
            assert there in answer.text, query
            assert missing not in answer.text, query


async def test_a_filter_that_cannot_be_read_says_so(synced: Site) -> None:
    async with synced.signed_in("viewer") as browser:
        for query in ("amount_from=much", "date_to=yesterday"):
            answer = await browser.get(f"/sync/invoices?{query}")
            assert answer.status_code == 422, query
            assert 'aria-invalid="true"' in answer.text, query


async def test_before_the_first_draft_the_queue_says_what_to_do(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        shown = (await browser.get("/sync/invoices")).text
    assert "No invoice is on its way" in shown


async def test_one_person_submits_and_another_approves(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    async with synced.signed_in("collector") as browser:
        page = (await browser.get(path)).text
        assert "Balanced" in page
        assert "1200 Accounts Receivable" in page
        await submitted(synced, browser, "ready")
        page = (await browser.get(path)).text
        assert "waits for somebody with the role Approver" in page
    async with synced.signed_in("approver") as browser:
        page = (await browser.get(path)).text
        answer = await browser.post(
            f"{path}/approve",
            effect=hidden(page, "effect"),
            fingerprint=hidden(page, "fingerprint"),
        )
        assert answer.status_code == 303, answer.text
    assert (await proposal_of(synced, "ready")).state == "approved"


async def test_an_approval_is_bound_to_what_was_seen(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    async with synced.signed_in("approver") as browser:
        await submitted(synced, browser, "ready")
    proposal = await proposal_of(synced, "ready")
    async with synced.signed_in("controller") as browser:
        answer = await browser.post(
            f"{path}/approve", effect=str(proposal.id), fingerprint="0" * 64
        )
    assert answer.status_code == 409
    assert "changed since you saw it" in answer.text
    assert (await proposal_of(synced, "ready")).state == "proposed"


async def test_what_changed_meanwhile_is_not_submitted(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    async with synced.signed_in("collector") as browser:
        answer = await browser.post(f"{path}/submit", seen="what it was before")
    assert answer.status_code == 409
    assert "changed since you saw it" in answer.text
    assert (await draft_of(synced, "ready")).state == "draft"


async def test_what_is_blocked_is_not_submitted(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['closed']}"
    async with synced.signed_in("collector") as browser:
        page = (await browser.get(path)).text
        assert "HDR-001" in page
        assert "Submit for approval" not in page
        answer = await browser.post(f"{path}/submit", seen=hidden(page, "seen"))
    assert answer.status_code == 409
    assert (await draft_of(synced, "closed")).state == "draft"


async def test_a_line_is_mapped_once(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['unmapped']}"
    async with synced.signed_in("collector") as browser:
        assert "LIN-002" in (await browser.get(path)).text
        wrong = await browser.post(f"{path}/item", line="2", item="Seats (old)")
        assert wrong.status_code == 409
        assert "No active item" in wrong.text
        done = await browser.post(f"{path}/item", line="2", item="Telephone support (9)")
        assert done.status_code == 303
        page = (await browser.get(path)).text
        again = (await browser.get("/sync/mapping")).text
    assert "LIN-002" not in page
    assert "Phone help" in again


async def test_a_customer_is_chosen_among_those_alike(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['stranger']}"
    async with synced.signed_in("collector") as browser:
        page = (await browser.get(path)).text
        assert "Use Cedar Medical" in page
        unknown = await browser.post(f"{path}/customer", name="Nobody")
        assert unknown.status_code == 409
        done = await browser.post(f"{path}/customer", customer=str(synced.ids["cedar"]))
        assert done.status_code == 303
        assert "Customer linked" in (await browser.get(path)).text
    assert (await draft_of(synced, "stranger")).customer_id == synced.ids["cedar"]


async def test_a_new_customer_beside_one_alike_needs_a_reason(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['stranger']}"
    async with synced.signed_in("collector") as browser:
        refused = await browser.post(f"{path}/new-customer")
        assert refused.status_code == 409
        assert "say why it is none of them" in refused.text
        done = await browser.post(f"{path}/new-customer", reason="Another firm in Leeds")
        assert done.status_code == 303
        assert "Will be created" in (await browser.get(path)).text


async def test_a_warning_is_accepted_by_name_and_reason(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    async with synced.signed_in("collector") as browser:
        form = {"issued_on": "2026-04-28", "due_on": "2026-05-28"}
        page = (await browser.get(f"{path}/edit")).text
        await browser.post(f"{path}/edit", **{**fields(page), **form})
        page = (await browser.get(path)).text
        assert "HDR-002" in page
        sent = {"finding": "HDR-002", "subject": "", "seen": hidden(page, "seen")}
        empty = await browser.post(f"{path}/acknowledge", **sent, reason=" ")
        assert empty.status_code == 409
        stale = await browser.post(
            f"{path}/acknowledge", **{**sent, "seen": "before"}, reason="Agreed"
        )
        assert stale.status_code == 409
        done = await browser.post(f"{path}/acknowledge", **sent, reason="Agreed with them")
        assert done.status_code == 303
        page = (await browser.get(path)).text
    assert "Accepted by Pat Collector" in page
    assert "Agreed with them" in page


def fields(page: str) -> dict[str, str]:
    """Every field of the draft's form as the page shows it."""
    form = page.split('<form method="post" action="/sync/invoices', 1)[1].split("</form>")[0]
    inputs = re.findall(r"<input[^>]*?name=\"([^\"]+)\"[^>]*?>", form)
    found = {}
    for name in inputs:
        tag = re.search(rf'<input[^>]*?name="{re.escape(name)}"[^>]*?>', form)
        assert tag is not None
        value = re.search(r' value="([^"]*)"', tag[0])
        if 'type="checkbox"' not in tag[0] or " checked" in tag[0]:
            found[name] = value[1] if value else ""
    for name, options in re.findall(r'<select[^>]*?name="([^"]+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


async def test_a_fix_is_shown_before_it_is_made(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    async with synced.signed_in("collector") as browser:
        page = (await browser.get(f"{path}/edit")).text
        await browser.post(f"{path}/edit", **{**fields(page), "lines.1.amount": "991.00"})
        page = (await browser.get(path)).text
        assert "LIN-005" in page
        fix = page.split('value="LIN-005"', 1)[1]
        sent = {"finding": "LIN-005", "subject": hidden(fix, "subject")}
        assert "<del>991.00" in fix
        done = await browser.post(f"{path}/fix", **sent, seen=hidden(page, "seen"))
        assert done.status_code == 303, done.text
        assert "LIN-005" not in (await browser.get(path)).text
    assert (await draft_of(synced, "ready")).total_minor == 99_000


async def test_an_edit_over_somebody_elses_is_refused(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    async with synced.signed_in("collector") as browser:
        form = fields((await browser.get(f"{path}/edit")).text)
        first = await browser.post(f"{path}/edit", **{**form, "memo": "first"})
        second = await browser.post(f"{path}/edit", **{**form, "memo": "second"})
    assert first.status_code == 303
    assert second.status_code == 409
    assert "changed since you saw it" in second.text
    assert (await draft_of(synced, "ready")).memo == "first"


async def test_saving_what_stands_changes_nothing(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    before = await draft_of(synced, "ready")
    async with synced.signed_in("collector") as browser:
        form = fields((await browser.get(f"{path}/edit")).text)
        answer = await browser.post(f"{path}/edit", **form)
    assert answer.status_code == 303
    after = await draft_of(synced, "ready")
    assert (after.version, after.lines) == (before.version, before.lines)


async def test_dropping_needs_a_reason(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    async with synced.signed_in("collector") as browser:
        empty = await browser.post(f"{path}/drop")
        done = await browser.post(f"{path}/drop", reason="Billed elsewhere")
    assert empty.status_code == 409
    assert done.status_code == 303
    assert (await draft_of(synced, "ready")).state == "dropped"


async def test_many_are_told_apart(synced: Site) -> None:
    ready, closed = synced.ids["ready"], synced.ids["closed"]
    async with synced.signed_in("collector") as browser:
        token = await browser.post("/nowhere")
        assert token.status_code == 404
        answer = await browser.client.post(
            "/sync/invoices/many",
            data={"csrf": browser.csrf, "act": "submit", "pick": [str(ready), str(closed)]},
        )
    assert answer.status_code == 200
    assert "1 of 2 done" in answer.text
    assert "closed period" in answer.text
    proposal = await proposal_of(synced, "ready")
    pick = f"{ready}:{proposal.id}:{proposal.fingerprint}"
    async with synced.signed_in("approver") as browser:
        assert pick in (await browser.get("/sync/invoices")).text
        old = await browser.post("/sync/invoices/many", act="approve", pick=pick[:-1] + "x")
        early = await browser.post("/sync/invoices/many", act="approve", pick=str(closed))
        done = await browser.post("/sync/invoices/many", act="approve", pick=pick)
        none = await browser.post("/sync/invoices/many", act="approve")
        odd = await browser.post("/sync/invoices/many", act="delete", pick=pick)
    assert "0 of 1 done" in old.text
    assert "not submitted yet" in early.text
    assert "1 of 1 done" in done.text
    assert none.status_code == 409
    assert odd.status_code == 404
    assert (await proposal_of(synced, "ready")).state == "approved"


async def test_an_invoice_of_the_erp_is_changed_by_proposal(synced: Site) -> None:
    async with synced.signed_in("collector") as browser:
        page = (await browser.get(f"/customers/{synced.ids['alder']}?tab=invoices")).text
        assert "Change<span" in page
        begun = await browser.post("/sync/invoices/changes", invoice="1")
        path = begun.headers["location"]
        assert path == f"/sync/invoices/{synced.ids['changes']}/edit"
        form = fields((await browser.get(path)).text)
        assert set(form) == {"csrf", "version", "due_on", "terms_netsuite_id", "po_number", "memo"}
        saved = await browser.post(path, **{**form, "po_number": "PO-77", "currency": "EUR"})
        assert saved.status_code == 303
        page = (await browser.get(path.removesuffix("/edit"))).text
        assert "<ins>PO-77</ins>" in page
        await submitted(synced, browser, "changes")
    proposal = await proposal_of(synced, "changes")
    assert proposal.kind == "update_invoice"
    assert proposal.payload["after"] == {"po_number": "PO-77"}


@pytest.mark.parametrize("invoice", ["9999", "", "x"])
async def test_changes_to_no_invoice_are_not_begun(synced: Site, invoice: str) -> None:
    async with synced.signed_in("collector") as browser:
        answer = await browser.post("/sync/invoices/changes", invoice=invoice)
    assert answer.status_code == 404


async def test_changes_that_change_nothing_say_so(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['changes']}"
    async with synced.signed_in("collector") as browser:
        page = (await browser.get(path)).text
        assert "Nothing differs from NetSuite" in page
        assert "These changes move no money" in page
        assert f"{path}/submit" not in page
        answer = await browser.post(f"{path}/drop", reason="No change after all")
    assert answer.status_code == 303
    assert (await draft_of(synced, "changes")).state == "dropped"


async def test_what_was_rejected_is_changed_and_submitted_again(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    async with synced.signed_in("collector") as browser:
        await submitted(synced, browser, "ready")
        proposal = await proposal_of(synced, "ready")
        async with synced.signed_in("approver") as other:
            sent = {"fingerprint": proposal.fingerprint, "reason": "Wrong period"}
            await other.post(f"/review/{proposal.id}/reject", **sent)
        page = (await browser.get(path)).text
        assert "Rejected" in page
        assert f"{path}/edit" in page
        form = fields((await browser.get(f"{path}/edit")).text)
        await browser.post(f"{path}/edit", **{**form, "memo": "For April"})
        await submitted(synced, browser, "ready")
        page = (await browser.get(path)).text
    assert (await proposal_of(synced, "ready")).state == "proposed"
    assert "Rejected" not in page


async def test_what_came_back_without_a_decision_is_submitted_again(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    async with synced.signed_in("collector") as browser:
        await submitted(synced, browser, "ready")
        async with synced.db.begin() as session:
            gone = {(await proposal_of(synced, "ready")).id: "a test"}
            await withdraw_all(session, gone, by=ROBOT, now=synced.now)
        page = (await browser.get(path)).text
        assert "came back without a decision" in page
        await submitted(synced, browser, "ready")
    assert (await proposal_of(synced, "ready")).state == "proposed"


async def test_what_is_approved_is_no_longer_changed(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['ready']}"
    async with synced.signed_in("collector") as browser:
        await submitted(synced, browser, "ready")
    proposal = await proposal_of(synced, "ready")
    async with synced.signed_in("approver") as browser:
        sent = {"effect": str(proposal.id), "fingerprint": proposal.fingerprint}
        await browser.post(f"{path}/approve", **sent)
        page = (await browser.get(path)).text
    assert f"{path}/edit" not in page
    assert "Approve for sync" not in page
