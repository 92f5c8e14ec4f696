"""Every page answers with what a person needs, over real HTTP and a real database."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlmodel import col

from store.receivables import InvoiceRow
from tests.web.serving import Site

PAGES = (
    "/today",
    "/today/live",
    "/worklist",
    "/worklist?standing=promised&age=31-60&currency=USD&text=ce&order=amount",
    "/worklist/{item}",
    "/customers",
    "/customers/{cedar}",
    "/customers/{cedar}?tab=invoices",
    "/customers/{cedar}?tab=payments",
    "/customers/{cedar}?show=mail",
    "/payments",
    "/payments?state=proposed",
    "/review",
    "/review?kind=post_customer_payment",
    "/review/{mail}",
    "/review/{posting}",
    "/audit",
    "/audit/verify",
    "/settings",
    "/search?q=Cedar",
    "/search/results?q=1,234.50",
)


async def test_every_page_answers(site: Site) -> None:
    async with site.signed_in("controller") as browser:
        for path in PAGES:
            answer = await browser.get(path.format(**site.ids))
            assert answer.status_code == 200, (path, answer.text[:500])


@pytest.mark.parametrize("path", ["/customers/999", "/review/999", "/worklist/999", "/nowhere"])
async def test_what_is_not_there_says_so(site: Site, path: str) -> None:
    async with site.signed_in("viewer") as browser:
        answer = await browser.get(path)
    assert answer.status_code == 404
    assert "no such page" in answer.text


async def test_a_paper_shows_the_figures_and_no_controls(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        page = await browser.get("/today")
        address = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
        sheet = (await browser.get(address)).text
    rules = sheet.split("@media print {", 1)[1]
    hidden = rules.split("{ display: none; }", 1)[0]
    for control in (".side", ".band", ".filters", ".decide", "form"):
        assert control in hidden
    assert "main" not in hidden
    assert "table" not in hidden


async def test_a_customer_who_owes_nothing_is_not_said_to_wait(site: Site) -> None:
    async with site.db.begin() as session:
        paid = update(InvoiceRow).where(col(InvoiceRow.customer_id) == site.ids["elm"])
        await session.exec(paid.values(open_minor=0, status="paid"))
    async with site.signed_in("viewer") as browser:
        page = await browser.get(f"/customers/{site.ids['elm']}")
    assert "Nothing is owed." in page.text
