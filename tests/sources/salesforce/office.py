"""A Salesforce organisation on loopback, its clock, and a reader that is signed in to it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

import httpx
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from domain.ledger.deal import Deal
from domain.ledger.money import Money
from sandbox.salesforce.app import SalesforceServer
from sandbox.salesforce.logins import ConnectedApp, Logins
from sandbox.salesforce.objects import with_field
from sandbox.salesforce.store import Org, Value
from sandbox.serving import AsgiApp, Receive, Scope, Send
from sources.salesforce.client import Salesforce
from sources.salesforce.config import (
    ClientCredentials,
    FieldNames,
    JwtBearer,
    Reading,
    SalesforceSettings,
)
from sources.salesforce.cursor import Cursor
from sources.salesforce.values import Unreadable

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
USER = "dunwell@acme.example"
SECRET = ClientCredentials("3MVG9app", "the-secret")


@dataclass(slots=True)
class Desk:
    """Hands each request to the organisation of the running test."""

    url: str = ""
    app: AsgiApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.app is not None:
            await self.app(scope, receive, send)


DESK = Desk()


@dataclass(slots=True)
class Watch:
    """Time that a test moves."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass(slots=True)
class Office:
    """An organisation with one account; a new record is a second later than the last."""

    watch: Watch = field(default_factory=Watch)
    org: Org = field(init=False)
    server: SalesforceServer = field(init=False)
    account: str = field(init=False)

    def __post_init__(self) -> None:
        self.org = Org(self.watch)
        app = ConnectedApp(SECRET.client_id, SECRET.client_secret, USER, key_pair()[1], (USER,))
        self.server = SalesforceServer(self.org, Logins(app, self.watch))
        self.account = self.org.create(
            "Account", Name="Linden Oak Ltd", Website="https://www.linden.example/about",
            BillingStreet="1 Oak Row\nFloor 2", BillingCity="Leeds", BillingPostalCode="LS1 2AB",
            BillingCountry="United Kingdom", BillingCountryCode="GB",
        )  # fmt: skip

    def won(self, **values: Value) -> str:
        """A won opportunity of the account."""
        known: dict[str, Value] = {
            "Name": "Linden 2026", "AccountId": self.account, "StageName": "Closed Won",
            "IsWon": True, "IsClosed": True, "CloseDate": "2026-02-27", "CurrencyIsoCode": "GBP",
        }  # fmt: skip
        return self.org.create("Opportunity", **{**known, **values})

    def line(self, deal: str, **values: Value) -> str:
        """A line: one unit of Platform at 1,200.00 unless said otherwise."""
        product = self.org.create("Product2", Name="Platform")
        known: dict[str, Value] = {
            "OpportunityId": deal, "Product2Id": product, "ProductCode": "PLATFORM",
            "Quantity": "1", "UnitPrice": "1200", "CurrencyIsoCode": "GBP",
        }  # fmt: skip
        return self.org.create("OpportunityLineItem", **{**known, **values})


def settings_for(url: str, reading: Reading | None = None) -> SalesforceSettings:
    return SalesforceSettings(url, SECRET, reading or Reading(), pauses=(0.0, 0.0))


def signed(url: str, **changed: str) -> SalesforceSettings:
    own = JwtBearer(SECRET.client_id, USER, key_pair()[0])
    return replace(settings_for(url), credentials=replace(own, **changed))


@contextlib.asynccontextmanager
async def reading(
    office: Office, how: Reading | None = None, settings: SalesforceSettings | None = None
) -> AsyncIterator[Salesforce]:
    """A reader of the organisation; `settings` without an address gets the server's."""
    DESK.app = office.server.application()
    chosen = replace(settings, url=DESK.url) if settings else settings_for(DESK.url, how)
    async with httpx.AsyncClient(verify=False) as http:
        yield Salesforce(http, chosen, office.watch)


async def told(source: Salesforce, since: Cursor) -> tuple[list[str], Cursor]:
    """Ids of one pass, in order, and where it ended."""
    ids: list[str] = []
    cursor = since
    async for page in source.changed(since):
        ids += page.deal_ids
        cursor = page.cursor
    return ids, cursor


CUSTOM = FieldNames(
    line_end="End_Date__c", line_term_months="Term__c", line_frequency="Frequency__c",
    line_timing="Timing__c", line_priced_per="Per__c", line_revenue_type="Revenue_Type__c",
    opportunity_po_number="PO__c", opportunity_terms="Payment_Terms__c",
    account_tax_id="VAT__c", account_erp_id="NetSuite_Id__c",
)  # fmt: skip
CUSTOM_TYPES = {
    "OpportunityLineItem": {
        "End_Date__c": "date", "Term__c": "double", "Frequency__c": "picklist",
        "Timing__c": "picklist", "Per__c": "picklist", "Revenue_Type__c": "picklist",
    },
    "Opportunity": {"PO__c": "string", "Payment_Terms__c": "picklist"},
    "Account": {"VAT__c": "string", "NetSuite_Id__c": "string"},
}  # fmt: skip


OWN = Reading(fields=CUSTOM)


def gbp(text: str) -> Money:
    return Money.parse(text, "GBP")


def custom_office() -> Office:
    office = Office()
    for table, fields in CUSTOM_TYPES.items():
        for name, kind in fields.items():
            office.org.types = with_field(office.org.types, table, name, kind)
    office.org.change("Account", office.account, VAT__c="GB123456789", NetSuite_Id__c="412")
    return office


async def read(office: Office, deal: str, how: Reading | None = None) -> Deal:
    async with reading(office, how) as source:
        found = await source.deal(deal)
    assert isinstance(found, Deal), found
    return found


async def problems(office: Office, deal: str, how: Reading | None = None) -> list[str]:
    async with reading(office, how) as source:
        found = await source.deal(deal)
    assert isinstance(found, Unreadable), found
    assert all(problem.words and problem.where for problem in found.problems)
    return [problem.name for problem in found.problems]


@cache
def key_pair(which: int = 0) -> tuple[str, str]:
    """A private key and its public half, as PEM; another for each number."""
    del which
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()
