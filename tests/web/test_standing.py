"""Pauses, closing and opening a conversation, and why nothing is sent, on a customer's page."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from domain.dunning.standing import PauseReason
from store.audit import AuditRow
from store.receivables import InvoiceRow
from store.standing import HoldRow
from tests.web.serving import Site
from web.pause_form import Wanted, read


async def invoices(site: Site, name: str) -> list[int]:
    async with site.db.read() as session:
        found = await session.exec(
            select(InvoiceRow.id)
            .where(InvoiceRow.customer_id == site.ids[name])
            .order_by(InvoiceRow.number)
        )
        return list(found.all())


async def test_a_customer_is_paused_resumed_closed_and_opened_again(site: Site) -> None:
    path = f"/customers/{site.ids['elm']}"
    async with site.signed_in("collector") as browser:
        assert "Follow-ups go on" in (await browser.get(path)).text
        answer = await browser.post(f"{path}/pause", span="60", why="approval", reason="PO 7")
        assert answer.headers["location"] == f"{path}?notice=paused"
        shown = (await browser.get(path)).text
        assert "They wait for an approval or a PO" in shown
        assert "9 May 2026" in shown
        await browser.post(f"{path}/resume", reason="they have it")
        assert "Follow-ups go on" in (await browser.get(path)).text
        await browser.post(f"{path}/conversation", state="resolved", reason="settled by phone")
        assert "Settled by phone" in (await browser.get(path)).text
        shown = (await browser.get(f"{path}?tab=invoices")).text
        assert "Conversation closed" in shown
        assert "No message is planned." in shown
        await browser.post(f"{path}/conversation", state="active")
        assert "Follow-ups go on" in (await browser.get(path)).text
        assert (await browser.post(f"{path}/pause", span="date", until="x")).status_code == 422
        assert (await browser.post(f"{path}/pause", span="soon")).status_code == 422
        wanted = read({"span": "30", "until": "2026-12-31", "why": "other"})
        assert wanted == Wanted(date(2026, 12, 31), PauseReason.OTHER, "")
        assert (await browser.post("/customers/999/pause", span="30")).status_code == 404
    async with site.db.read() as session:
        told = await session.exec(select(AuditRow.action).order_by(col(AuditRow.id)))
        kept = [a for a in told.all() if a.startswith(("pause.", "conversation."))]
    assert kept == ["pause.set", "pause.lifted", "conversation.resolved", "conversation.active"]


async def test_one_invoice_is_paused_and_the_others_go_on(site: Site) -> None:
    path = f"/customers/{site.ids['elm']}"
    first, second, _ = await invoices(site, "elm")
    async with site.signed_in("collector") as browser:
        answer = await browser.post(
            f"{path}/pause", span="date", until="2026-04-01", why="commitment", invoice=str(first)
        )
        assert answer.headers["location"].endswith(f"tab=invoices#invoice-{first}")
        rows = (await browser.get(f"{path}?tab=invoices")).text.split('<tr id="invoice-')[1:]
    told = {int(row.partition('"')[0]): row for row in rows}
    assert "Paused" in told[first]
    assert "Mail on" in told[second]
    assert "Next message planned: " in told[second]


async def test_who_may_lift_what_and_whose_it_is(site: Site) -> None:
    elm = site.ids["elm"]
    path = f"/customers/{elm}"
    async with site.db.begin() as session:
        session.add(HoldRow(key="law", customer_id=elm, reason="legal", created_at=site.now))
    async with site.signed_in("collector") as browser:
        assert (await browser.post(f"{path}/resume")).status_code == 403
        page = (await browser.get(path)).text
        mine = page.split(">Pat Collector</option>")[0].rsplit('value="', 1)[1].split('"')[0]
        await browser.post(f"{path}/assign", assignee=mine)
        assert "selected>Pat Collector" in (await browser.get(path)).text
        assert (await browser.post(f"{path}/assign", assignee="77")).status_code == 404
    async with site.signed_in("viewer") as browser:
        shown = (await browser.get(path)).text
        assert "Assigned to Pat Collector" in shown
        assert "/pause" not in shown
        assert (await browser.post(f"{path}/pause", span="30")).status_code == 403
    async with site.signed_in("controller") as browser:
        assert (await browser.post(f"{path}/resume")).status_code == 303
        assert "Follow-ups go on" in (await browser.get(path)).text
