"""From a deal or a contract to the invoice in the ERP, over the whole service."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from sandbox.clock import SandboxClock
from sandbox.hubspot.app import build_hubspot_app
from sandbox.hubspot.limits import Limits
from sandbox.hubspot.store import HubSpotStore
from sandbox.hubspot.tokens import Access
from sandbox.hubspot.webhooks import redeliver, send_webhooks
from sandbox.in_loop import served
from sandbox.salesforce.app import SalesforceServer
from sandbox.salesforce.logins import ConnectedApp, Logins
from sandbox.salesforce.store import Org
from store.billing import InstalmentRow
from store.contracts import ContractRow
from store.deals import DealRow
from store.drafts import InvoiceDraftRow
from store.erp_masters import ItemRow
from store.lines import InvoiceLineRow
from store.receivables import InvoiceRow
from tests.walks.house import NOON, House, eventually, house
from tests.walks.test_invoicing import called, ready, submitted, trading

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]
SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"
DAY = NOON.date()
LAST = (NOON + timedelta(days=91)).date()


@dataclass
class Selling:
    """The service with both CRMs beside it."""

    house: House
    hubspot: HubSpotStore
    salesforce: Org
    http: httpx.AsyncClient

    @property
    def hook(self) -> str:
        return f"{self.house.parts.settings.public_url}/webhooks/hubspot"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def selling(
    module_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Selling]:
    folder: Path = tmp_path_factory.mktemp("house")
    (folder / "world").mkdir()
    clock = SandboxClock(folder / "world" / "clock")
    store = HubSpotStore(lambda: clock.now())
    org = Org(lambda: clock.now())
    keys = Access("pat-walk")
    app = ConnectedApp("3MVG9", "the-secret", "dunwell@acme.example")
    login = Logins(app, lambda: clock.now())
    async with contextlib.AsyncExitStack() as stack:
        crm = await stack.enter_async_context(served(build_hubspot_app(store, keys, Limits())))
        sales = await stack.enter_async_context(served(SalesforceServer(org, login).application()))
        http = await stack.enter_async_context(httpx.AsyncClient(timeout=20))
        ready_house = await stack.enter_async_context(
            house(
                folder, module_database, customers=30, invoices=100,
                DUNWELL_PUBLIC_URL="http://dunwell.example",
                HUBSPOT_TOKEN="pat-walk", HUBSPOT_BASE_URL=crm, HUBSPOT_WEBHOOK_SECRET=SECRET,
                HUBSPOT_POLL_SECONDS="86400",
                HUBSPOT_PROPERTIES="erp_id=netsuite_id,terms=payment_terms",
                SALESFORCE_URL=sales, SALESFORCE_CLIENT_ID="3MVG9",
                SALESFORCE_CLIENT_SECRET="the-secret", SALESFORCE_POLL_SECONDS="86400",
                SALESFORCE_TIMING="advance", SALESFORCE_PRICED_PER="period",
            )
        )  # fmt: skip
        yield Selling(ready_house, store, org, http)


async def item_named(house: House, name: str) -> ItemRow:
    return next(row for row in await house.rows(ItemRow) if row.name == name)


async def pushed(house: House, draft: InvoiceDraftRow) -> InvoiceRow:
    """Review, approve and push the draft; the invoice that the ERP has then."""
    found = await called(house, "GET", f"/invoice-drafts/{draft.id}")
    effect = await submitted(house, await ready(house, found))
    await house.approve(effect)
    done = await house.becomes(effect.id, "done", within=50)
    return await house.row(InvoiceRow, netsuite_id=done.outcome["netsuite_id"])


async def line_of(house: House, invoice: InvoiceRow) -> InvoiceLineRow:
    rows = await house.rows(InvoiceLineRow, invoice_id=invoice.id)
    (line,) = [row for row in rows if not row.tax]
    return line


async def drafts_of(house: House, source: str) -> list[InvoiceDraftRow]:
    return list(await house.rows(InvoiceDraftRow, source=source))


async def test_a_signed_webhook_becomes_one_invoice(selling: Selling) -> None:
    house, store = selling.house, selling.hubspot
    customer = await trading(house)
    company = store.create(
        "companies", name=customer.name, country="United States", netsuite_id=customer.netsuite_id
    )
    deal = store.create(
        "deals", dealname="Sensors 2026", dealstage="closedwon", pipeline="default",
        deal_currency_code="USD", closedate=f"{DAY}T12:00:00Z", payment_terms="Net 30",
        amount="3600",
    )  # fmt: skip
    store.link(deal, company, primary=True)
    line = store.create(
        "line_items", name="Software subscription", hs_sku="Software subscription", quantity="3",
        price="300.00", recurringbillingfrequency="quarterly", hs_recurring_billing_period="P12M",
        hs_recurring_billing_start_date=DAY.isoformat(),
    )  # fmt: skip
    store.link(deal, line)
    events = list(store.events)
    forged = await redeliver(store, selling.http, f"{house.url}/webhooks/hubspot", "no", events)
    assert forged == 401
    for _ in range(3):
        store.events[:] = events
        assert await _deliver(selling) == {204}
        await house.settled()

    async def look() -> list[InvoiceDraftRow]:
        return await drafts_of(house, "hubspot")

    (draft,) = await eventually(look, why="a draft from the deal")
    invoice = await pushed(house, draft)
    assert (invoice.customer_id, invoice.total_minor) == (customer.id, 90_000)
    assert (invoice.issued_on, invoice.due_on) == (DAY, DAY + timedelta(days=30))
    sold = await line_of(house, invoice)
    wanted = await item_named(house, "Software subscription")
    assert (sold.item_netsuite_id, sold.quantity) == (wanted.netsuite_id, "3")
    assert (sold.service_starts_on, sold.service_ends_on) == (DAY, LAST)
    asked = (await called(house, "GET", f"/invoice-drafts/{draft.id}"))["journal"]
    assert "2500 Deferred Revenue" in {one["account"] for one in asked}
    await house.run("deals.poll.hubspot", slot="now")
    await house.run("deals.bill", slot="now")
    await house.settled()
    assert len(await look()) == 1
    states = [row.state for row in await house.rows(InstalmentRow) if row.bill_on == DAY]
    assert states == ["billed"]


async def _deliver(selling: Selling) -> set[int]:
    """HubSpot signs the address it was given, which a proxy leads here."""

    class Proxy(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            path = f"{selling.house.url}{request.url.raw_path.decode()}"
            return await selling.http.post(path, content=request.content, headers={
                k: v for k, v in request.headers.items() if k != "host"})  # fmt: skip

    async with httpx.AsyncClient(transport=Proxy()) as http:
        return set(await send_webhooks(selling.hubspot, http, selling.hook, SECRET))


async def test_a_salesforce_poll_becomes_an_invoice(selling: Selling) -> None:
    house, org = selling.house, selling.salesforce
    customer = await trading(house)
    account = org.create("Account", Name=customer.name, BillingCountryCode="US")
    product = org.create("Product2", Name="Training days")
    deal = org.create(
        "Opportunity", Name="Training", AccountId=account, StageName="Closed Won", IsWon=True,
        IsClosed=True, CloseDate=DAY.isoformat(), CurrencyIsoCode="USD",
    )  # fmt: skip
    org.create(
        "OpportunityLineItem", OpportunityId=deal, Product2Id=product, ProductCode="Training days",
        Quantity="4", UnitPrice="750", CurrencyIsoCode="USD",
    )  # fmt: skip
    for _ in range(3):
        await house.run("deals.poll.salesforce", slot="now")
        await house.settled()
    (draft,) = await drafts_of(house, "salesforce")
    found = await called(house, "GET", f"/invoice-drafts/{draft.id}")
    assert "CUS-002" in {one["id"] for one in found["findings"]}
    await called(house, "POST", f"/invoice-drafts/{draft.id}/customer", customer_id=customer.id)
    invoice = await pushed(house, draft)
    assert (invoice.customer_id, invoice.total_minor) == (customer.id, 300_000)
    item = await item_named(house, "Training days")
    assert (await line_of(house, invoice)).item_netsuite_id == item.netsuite_id


async def test_an_uploaded_contract_becomes_an_invoice(selling: Selling) -> None:
    house = selling.house
    customer = await trading(house)
    body = contract_pdf(customer.name)
    kept = await upload(house, body)
    again = await upload(house, body)
    assert (kept["created"], again["created"], again["id"]) == (True, False, kept["id"])

    async def read() -> ContractRow | None:
        row = await house.row(ContractRow, id=kept["id"])
        return row if row.state != "reading" else None

    row = await eventually(read, why="the contract is read")
    assert row.state == "to_confirm", row.problem
    path = f"/contracts/{row.id}"
    told = await called(house, "GET", path)
    assert {"customer", "fee", "payment_days"} <= {one["name"] for one in told["terms"]}
    early = await house.api("POST", f"{path}/finish", "collector")
    assert early.status_code == 422
    assert await house.rows(DealRow, source="contract") == []
    for one in told["terms"]:
        await called(house, "POST", f"{path}/confirm", name=one["name"], place=one["place"])
    for _ in range(3):
        told = await called(house, "GET", path)
        for stop in told["stops"]:
            await called(house, "POST", f"{path}/settle", finding=stop["id"])
    done = await called(house, "POST", f"{path}/finish")
    (draft,) = await drafts_of(house, "contract")
    await called(house, "POST", f"/invoice-drafts/{draft.id}/customer", customer_id=customer.id)
    item = await item_named(house, "Software subscription")
    await called(
        house, "POST", f"/invoice-drafts/{draft.id}/item", line=1,
        item_netsuite_id=item.netsuite_id,
    )  # fmt: skip
    plan = await called(house, "GET", f"/deals/{done['deal_id']}")
    assert len(plan["schedule"]) == 12
    invoice = await pushed(house, draft)
    assert invoice.total_minor == 120_000
    sold = await line_of(house, invoice)
    assert (sold.item_netsuite_id, sold.service_starts_on) == (item.netsuite_id, DAY)


async def upload(house: House, body: bytes) -> Any:
    headers = {"Authorization": f"Bearer {house.keys['collector']}"}
    answer = await house.http.post(
        "/api/v1/contracts?name=order.pdf", headers=headers, content=body
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def contract_pdf(customer: str) -> bytes:
    """A one-page order form with a text layer."""
    import fpdf

    start = f"{DAY:%B} {DAY.day}, {DAY.year}"
    paper = fpdf.FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    paper.multi_cell(
        0, 7,
        "SOFTWARE SUBSCRIPTION AGREEMENT\n\n"
        f'This Agreement is entered into as of {start} (the "Effective Date") by and between '
        f'Larkfield Instruments, Inc. ("Vendor") and {customer} ("Customer").\n\n'
        f"1. Term. The initial term begins on {start} and continues for twelve (12) months.\n\n"
        "2. Fees. Customer shall pay Vendor a subscription fee of USD 1,200.00 per month, "
        "invoiced monthly in advance.\n\n"
        "3. Payment. All invoices are due within thirty (30) days of the invoice date.\n\n"
        "IN WITNESS WHEREOF the parties have executed this Agreement.\n\n"
        "Larkfield Instruments, Inc.  By: /s/ Ann Lee\n"
        f"{customer}  By: /s/ Bo Chen\n",
    )  # fmt: skip
    return bytes(paper.output())
