"""From an invoice to a proposal: the form, its journal, the list, the review page and the API."""

from __future__ import annotations

from datetime import date

import httpx
import pytest

from store.effects import effect
from store.erp_masters import GlAccountRow, ItemRow
from store.lines import InvoiceLineRow
from store.parties import CustomerRow
from store.people import create_api_key
from store.receivables import CreditMemoRow, InvoiceRow
from tests.web.seeding import user
from tests.web.serving import Site

PATH = "/api/v1/credits"


@pytest.fixture
async def invoice(site: Site) -> int:
    """CR-1 of 119.00 with 19.00 of tax, nothing paid."""
    async with site.db.begin() as session:
        customer = await session.get(CustomerRow, site.ids["cedar"])
        assert customer is not None
        row = InvoiceRow(
            netsuite_id="901", number="CR-1", customer_id=customer.id, currency="USD",
            total_minor=11_900, open_minor=11_900, issued_on=date(2026, 2, 1),
            due_on=date(2026, 3, 1),
        )  # fmt: skip
        session.add(row)
        session.add(ItemRow(netsuite_id="10", name="Support", type="Service",
                            income_account_netsuite_id="400"))  # fmt: skip
        for number, name in (("400", "Service Income"), ("23", "VAT")):
            session.add(GlAccountRow(netsuite_id=number, number=number, name=name, type="Income"))
        await session.flush()
        for n, (minor, account, tax) in enumerate(((10_000, "400", False), (1_900, "23", True)), 1):
            session.add(
                InvoiceLineRow(
                    invoice_id=row.id,
                    line=n,
                    amount_minor=minor,
                    account_netsuite_id=account,
                    item_netsuite_id="" if tax else "10",
                    tax=tax,
                    memo="" if tax else "Support",
                )
            )
        return row.id


async def test_a_credit_is_shown_proposed_listed_and_reviewed(site: Site, invoice: int) -> None:
    async with site.signed_in("collector") as browser:
        empty = await browser.client.get("/credits")
        assert "No credits yet." in empty.text
        form = await browser.client.get(f"/credits/new?invoice={invoice}")
        assert "Left to credit" in form.text
        address = f"/credits/new?invoice={invoice}"
        typed = {"act": "credit", "key": "k1", "reason": "billing_error", "amount": "59.50"}
        shown = await browser.post(address, **typed, do="preview")
        assert shown.status_code == 200
        for words in ("400 Service Income", "50.00", "23 VAT", "9.50", "Accounts Receivable"):
            assert words in shown.text
        wrong = await browser.post(address, **typed | {"amount": "500"}, do="propose")
        assert wrong.status_code == 422
        assert "CRM-001" in wrong.text
        done = await browser.post(address, **typed, do="propose")
        again = await browser.post(address, **typed, do="propose")
        assert done.headers["location"] == again.headers["location"]
        one = await browser.client.get(done.headers["location"])
        assert "CR-1" in one.text
        listed = await browser.client.get("/credits?kind=credit")
        assert "Billing error" in listed.text
        assert "59.50" in listed.text
    async with site.db.read() as session:
        rows = (await effect(session, n) for n in range(1, 50))
        (memo,) = [r async for r in rows if r is not None and r.kind == "create_credit_memo"]
    async with site.signed_in("controller") as browser:
        review = await browser.client.get(f"/review/{memo.id}")
        for words in ("The credit as it will be made", "Tax, as the ERP works it out", "50.00",
                      "Set against CR-1", "23 VAT", "Approve the credit"):  # fmt: skip
            assert words in review.text
        for act in ("write_off", "rebill", "void"):
            page = await browser.client.get(f"/credits/new?invoice={invoice}&act={act}")
            assert page.status_code == 200


async def test_the_api_tells_findings_and_proposes_once(site: Site, invoice: int) -> None:
    person = await user(site.db, "collector", site.now)
    async with site.db.begin() as session:
        key = await create_api_key(session, person, name="t", scopes=("read", "review"),
                                   now=site.now)  # fmt: skip
    usd = {"amount": "119.00", "currency": "USD"}
    asked = {"invoice_id": invoice, "key": "k-1", "reason": "duplicate", "amount": usd}
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=site.url, headers=headers) as client:
        seen = (await client.post(f"{PATH}/preview", json=asked)).json()
        assert not seen["blocked"]
        assert len(seen["journal"]) == 3
        refused = await client.post(PATH, json=asked | {"refund": usd})
        assert refused.status_code == 409
        found = {one["id"]: one for one in refused.json()["findings"]}
        assert found["CRM-005"]["fix"] == "Reduce the refund or credit the balance"
        answers = [await client.post(PATH, json=asked) for _ in range(2)]
        assert [one.status_code for one in answers] == [201, 201]
        assert answers[0].json()["request_id"] == answers[1].json()["request_id"]
        (listed,) = (await client.get(PATH)).json()["items"]
        assert (listed["state"], listed["offset"]["minor"]) == ("proposed", 11_900)
        one = (await client.get(f"{PATH}/{listed['id']}")).json()
        assert one["lines"][0]["amount_minor"] == 10_000
        journal = one["effects"][0]["payload"]["review"]["journal"]
        assert {line["debit"] or line["credit"] for line in journal} == {
            "100.00 USD", "19.00 USD", "119.00 USD",
        }  # fmt: skip
        assert (await client.get(f"{PATH}/999")).status_code == 404


async def test_memos_are_set_against_invoices_and_a_credit_may_stand_alone(
    site: Site, invoice: int
) -> None:
    cedar = site.ids["cedar"]
    address = f"/credits/customers/{cedar}"
    async with site.signed_in("collector") as browser:
        assert "No open credit memos." in (await browser.get(address)).text
        async with site.db.begin() as session:
            memo = CreditMemoRow(
                netsuite_id="77", number="CM-77", customer_id=cedar, currency="USD",
                total_minor=5_000, open_minor=5_000, issued_on=date(2026, 3, 1),
            )  # fmt: skip
            session.add(memo)
        name = f"m-{memo.id}-{invoice}"
        wrong = await browser.post(f"{address}/settings", reason="x", **{name: "50.01"})
        assert (wrong.status_code, "CRM-003" in wrong.text) == (422, True)
        done = await browser.post(f"{address}/settings", reason="asked for", **{name: "50.00"})
        assert done.headers["location"].startswith(address)
        silent = await browser.post(f"{address}/alone", amount="5", why="goodwill", note="")
        assert "CRM-009" in silent.text
        lone = await browser.post(f"{address}/alone", amount="5", why="goodwill", note="sorry")
        one = await browser.get(lone.headers["location"])
        assert "Goodwill" in one.text
        void = await browser.post(lone.headers["location"].partition("?")[0] + "/void", reason="x")
        assert void.status_code == 404
    async with site.db.read() as session:
        found = [await effect(session, n) for n in range(1, 20)]
    kinds = [row.kind for row in found if row is not None]
    assert kinds.count("apply_credit") == kinds.count("create_credit_memo") == 1
