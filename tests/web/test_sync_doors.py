"""Who may do what on the pages of sync, and what a page costs in questions to the database."""

from __future__ import annotations

from datetime import datetime

import pytest
from fastapi.routing import APIRoute

from flows.drafts.queue import QueueFilter, queue
from store.drafts import draft_named
from store.engine import Database
from store.imported import ImportFilter, import_counts, imported_customers
from store.imported_documents import DocumentFilter, imported_documents
from tests.flows.test_queries import counted
from tests.web.serving import DESK, Site, deps
from tests.web.sync_seeding import order, written
from tests.web.test_authorization import _all_routes
from tests.web.test_sync_invoices import synced
from web.app import build_app

__all__ = ["synced"]
FILLED = {"draft_id": "{ready}", "customer_id": "{alder}", "finding_id": "1", "period": "2026-02"}


def _writing(db: Database, now: datetime) -> list[str]:
    routes: list[APIRoute] = list(_all_routes(build_app(deps(db, now))))
    return sorted(
        r.path for r in routes if r.path.startswith("/sync") and "POST" in (r.methods or ())
    )


async def test_viewers_and_admins_change_nothing_and_forged_requests_fail(
    synced: Site, now: datetime
) -> None:
    paths = [p.format(**FILLED).format(**synced.ids) for p in _writing(synced.db, now)]
    assert len(paths) > 14
    wrong = []
    for role in ("viewer", "auditor", "admin"):
        async with synced.signed_in(role) as browser:
            for path in paths:
                status = (await browser.post(path, reason="a test")).status_code
                if status != 403 and path != "/sync/check":
                    wrong.append((role, path, status))
    async with synced.signed_in("controller") as browser:
        for path in paths:
            status = (await browser.client.post(path, data={"reason": "a test"})).status_code
            if status != 403:
                wrong.append(("forged", path, status))
    assert wrong == []


@pytest.mark.parametrize("path", ["/sync/invoices/new", "/sync/invoices/upload"])
async def test_forms_are_for_those_who_may_send_them(synced: Site, path: str) -> None:
    async with synced.signed_in("viewer") as browser:
        assert (await browser.get(path)).status_code == 403


@pytest.mark.parametrize("path", ["/sync/invoices/999", "/sync/invoices/999/edit"])
async def test_an_invoice_that_is_not_there_says_so(synced: Site, path: str) -> None:
    async with synced.signed_in("collector") as browser:
        assert (await browser.get(path)).status_code == 404


@pytest.mark.parametrize(
    "action",
    ["submit", "approve", "drop", "acknowledge", "fix", "customer", "new-customer", "item", "edit"],
)
async def test_nothing_is_done_to_an_invoice_that_is_not_there(synced: Site, action: str) -> None:
    async with synced.signed_in("controller") as browser:
        answer = await browser.post(
            f"/sync/invoices/999/{action}",
            reason="a test",
            effect="999",
            customer=str(synced.ids["alder"]),
            line="1",
            item="7",
        )
    assert answer.status_code == 404


async def test_a_page_costs_the_same_however_long_it_is(synced: Site, now: datetime) -> None:
    costs = []
    for size in (1, 30):
        async with synced.db.begin() as session:
            for n in range(size):
                wanted = order(f"LONG-{size}-{n}", "Alder Freight", customer_id=1)
                await written(session, wanted, now)
        with counted(synced.db) as seen:
            async with synced.db.read() as session:
                found = await queue(session, QueueFilter(), DESK, now)
                await imported_customers(session, ImportFilter(), limit=50)
                await import_counts(session, ImportFilter())
                await imported_documents(session, DocumentFilter(), limit=50)
        costs.append((len(found.items), len(seen)))
    (few, cheap), (many, dear) = costs
    assert many > few + 25
    assert dear == cheap


async def test_a_stranger_is_sent_to_sign_in(synced: Site) -> None:
    async with synced.signed_in("viewer") as browser:
        browser.client.cookies.clear()
        for path in ("/sync/invoices", "/sync/mapping/file", "/sync/import/documents"):
            answer = await browser.get(path)
            assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    async with synced.db.read() as session:
        assert await draft_named(session, "manual", "ORD-1") is not None
