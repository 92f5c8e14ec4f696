"""A NetSuite-shaped account on loopback, and our adapter connected to it."""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import httpx

from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import NetSuiteClient
from erp.netsuite.config import NetSuiteConfig, OAuth2Credentials
from sandbox.company import Company
from sandbox.netsuite.account import Account
from sandbox.netsuite.app import build_account_app
from sandbox.netsuite.keys import generate_key_pair
from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore
from sandbox.serving import AsgiApp, LoopbackServer
from sandbox.world import build_company

START = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
KEY = generate_key_pair("ec")
CLIENT_ID, CERTIFICATE_ID = "client-1", "certificate-1"


@dataclass(slots=True)
class Hands:
    """A clock that only a test moves."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass(slots=True)
class Connected:
    """The account behind the server, our adapter in front of it, and the pauses it took."""

    account: Account
    erp: NetSuite
    clock: Hands
    company: Company
    config: NetSuiteConfig
    pauses: list[float] = field(default_factory=list)

    def fault(self, **spec: object) -> None:
        """Order a fault (sandbox/netsuite/faults.py)."""
        self.account.faults.add(spec)

    def do(self, what: str, **spec: object) -> Mapping[str, object]:
        """What a person does in NetSuite's own pages."""
        answer = httpx.post(
            f"{self.config.base_url}/admin/act",
            json={"do": what, **spec},
            headers={"Authorization": "Bearer admin"},
        )
        answer.raise_for_status()
        return dict(answer.json())

    def posted(self) -> list[Mapping[str, object]]:
        """Customer payments that carry an external id of ours."""
        rows = self.account.store.rows(
            "SELECT * FROM \"transaction\" WHERE recordtype = 'customerpayment'"
            " AND externalid LIKE 'dw-pay-%' ORDER BY id"
        )
        return [dict(row) for row in rows]


@lru_cache(maxsize=8)
def small_company(customers: int = 12, invoices: int = 60) -> Company:
    return build_company(7, START.date(), customers, invoices)


@lru_cache(maxsize=8)
def _seeded(company: Company, zone: str) -> ErpStore:
    """Seeded once in a process; every test gets a copy."""
    store = ErpStore(":memory:", zone=zone)
    seed(store, company)
    store.register_integration(CLIENT_ID, CERTIFICATE_ID, KEY.public_pem)
    return store


@asynccontextmanager
async def connected(
    company: Company,
    *,
    zone: str = "America/Los_Angeles",
    bump: bool = True,
    adjust: Callable[[NetSuiteConfig], NetSuiteConfig] = lambda config: config,
    clock: Hands | None = None,
    around: Callable[[AsgiApp], AsgiApp] = lambda app: app,
) -> AsyncGenerator[Connected]:
    """Serve a seeded account and connect to it over HTTP; `around` may wrap its application."""
    hands = clock or Hands()
    store = _seeded(company, zone).copy()
    account = Account(store, hands, bump_invoice_lmd_on_apply=bump)
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    app = around(build_account_app(account, admin_token="admin"))
    with LoopbackServer(app) as server:
        own = OAuth2Credentials(CLIENT_ID, CERTIFICATE_ID, KEY.private_pem)
        config = adjust(NetSuiteConfig("TSTDRV1", own, base_url=server.url))
        client = NetSuiteClient(config, hands, random.Random(1), sleep=sleep)
        try:
            yield Connected(account, NetSuite(client), hands, company, config, pauses)
        finally:
            await client.close()
    store.close()


def impatient(config: NetSuiteConfig) -> NetSuiteConfig:
    """Time-outs short enough for a test."""
    return replace(config, read_timeout=0.3, write_timeout=0.3)
