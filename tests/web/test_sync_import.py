"""The import page: who was imported, what is missing, and whether collections are on."""

from __future__ import annotations

from datetime import datetime

import pytest

from store.engine import Database
from store.imported import ImportFilter, import_counts, imported_customers
from store.imported_documents import DocumentFilter, imported_documents
from store.parties import ContactRow, CustomerRow
from tests.web.serving import Site, serving


async def test_it_shows_balance_state_and_switch(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        shown = (await browser.get("/sync/import")).text
    assert "Alder Freight" in shown
    assert "Ready" in shown


async def test_before_the_first_import_it_says_what_to_do(
    database_url: str, db: Database, now: datetime
) -> None:
    async with serving(database_url, db, now) as site, site.signed_in("viewer") as browser:
        shown = (await browser.get("/sync/import")).text
    assert "Nothing was imported yet" in shown
    assert "dunwell import" in shown


@pytest.mark.parametrize(
    ("marks", "contact", "state"),
    [
        ("", "billing", "ready"),
        ("", "", "needs_contact"),
        ("", "primary", "ready"),
        ("", "other", "needs_contact"),
        ("hold", "billing", "credit_hold"),
        ("hold inactive", "", "inactive"),
    ],
)
async def test_what_stands_in_the_way(db: Database, marks: str, contact: str, state: str) -> None:
    async with db.begin() as session:
        row = CustomerRow(
            netsuite_id="1",
            name="Fir",
            currency="USD",
            credit_hold="hold" in marks,
            inactive="inactive" in marks,
        )
        session.add(row)
        await session.flush()
        if contact:
            session.add(ContactRow(customer_id=row.id, email="ap@fir.example", role=contact))
    wanted = ImportFilter(owing=False)
    async with db.read() as session:
        (found,) = await imported_customers(session, wanted, limit=5)
        counts = await import_counts(session, wanted)
    assert found.state == state
    assert counts.states[state] == 1
    assert counts.total == 1


async def test_filters_narrow_the_list(site: Site) -> None:
    async with site.db.read() as session:
        euro = await imported_customers(session, ImportFilter(currency="EUR"), limit=9)
        named = await imported_customers(session, ImportFilter(text="cust-0003"), limit=9)
        none = await imported_customers(session, ImportFilter(state="inactive"), limit=9)
    assert [c.name for c in euro] == ["Birch & Sons"]
    assert [c.name for c in named] == ["Cedar Medical"]
    assert none == []


async def test_one_currency_a_line(site: Site) -> None:
    async with site.db.read() as session:
        (found,) = await imported_customers(session, ImportFilter(text="Birch"), limit=9)
    assert [str(amount) for amount in found.open] == ["7,407.00 EUR"]
    assert found.open_count == 3


async def test_documents_show_what_is_applied(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        invoices = (await browser.get("/sync/import/documents?text=INV-3001")).text
        payments = (await browser.get("/sync/import/documents?kind=payment")).text
        none = (await browser.get("/sync/import/documents?kind=settlement")).text
    assert "PMT-901" in invoices
    assert "https://erp.example/invoice/31" in invoices
    assert "INV-3001" in payments
    assert "500.00" in payments
    assert "No imported document fits" in none


async def test_documents_page_on(site: Site) -> None:
    async with site.db.read() as session:
        every = await imported_documents(session, DocumentFilter(), limit=50)
        first = await imported_documents(session, DocumentFilter(), limit=10)
        rest = await imported_documents(session, DocumentFilter(), before=first[-1].id, limit=10)
        paid = await imported_documents(session, DocumentFilter(balance="settled"), limit=10)
    assert [d.id for d in first + rest] == [d.id for d in every]
    assert len(every) == 15
    assert paid == []


async def _collecting(site: Site) -> set[str]:
    async with site.db.read() as session:
        rows = await imported_customers(session, ImportFilter(collections="on"), limit=99)
    return {row.name for row in rows}


async def test_ticked_customers_are_switched(site: Site) -> None:
    before = await _collecting(site)
    async with site.signed_in("collector") as browser:
        answer = await browser.post(
            "/sync/import/collections", switch="off", id=str(site.ids["alder"])
        )
        assert answer.status_code == 303
        shown = (await browser.get(answer.headers["location"])).text
    assert "Collections are off" in shown
    assert await _collecting(site) == before - {"Alder Freight"}


async def test_all_that_fit_are_switched(site: Site) -> None:
    async with site.signed_in("collector") as browser:
        await browser.post("/sync/import/collections", switch="off_all")
        assert await _collecting(site) == set()
        await browser.post("/sync/import/collections", switch="on_all", currency="EUR")
    assert await _collecting(site) == {"Birch & Sons"}


async def test_nothing_ticked_says_so(site: Site) -> None:
    before = await _collecting(site)
    async with site.signed_in("collector") as browser:
        answer = await browser.post("/sync/import/collections", switch="off")
        odd = await browser.post("/sync/import/collections", switch="sideways")
    assert answer.status_code == 409
    assert "Tick the customers first" in answer.text
    assert odd.status_code == 404
    assert await _collecting(site) == before
