"""A small company in a NetSuite-shaped account, served over HTTP on loopback."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import httpx
import jwt
import pytest

from sandbox.company import (
    Claim,
    Company,
    Debtor,
    Person,
    Settlement,
    Subsidiary,
    Temperament,
)
from sandbox.netsuite.account import Account
from sandbox.netsuite.app import build_account_app
from sandbox.netsuite.keys import KeyPair, generate_key_pair
from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore
from sandbox.serving import AsgiApp, LoopbackServer, Receive, Scope, Send

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 18, 30, 45, tzinfo=UTC)
CLIENT, CERTIFICATE, ADMIN = "client-1", "cert-1", "admin-secret"
TOKEN = "/services/rest/auth/oauth2/v1/token"
RECORD = "/services/rest/record/v1"
SUITEQL = "/services/rest/query/v1/suiteql"
TRUST = ssl.create_default_context()
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(slots=True)
class Clock:
    """A clock a test moves by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: int) -> None:
        self.now += timedelta(**by)


def debtor(id_: int, currency: str, subsidiary: int, *people: Person) -> Debtor:
    return Debtor(
        id=id_,
        entity_id=f"C{id_}",
        name=f"Debtor {id_}",
        legal_name=f"Debtor {id_} Ltd",
        parent_id=None,
        subsidiary_id=subsidiary,
        currency=currency,
        country="US",
        region="CA",
        timezone="America/New_York",
        language="en",
        terms_days=30,
        temperament=Temperament.LATE,
        people=people,
        stripe_customer_id=f"cus_{id_}",
    )


def claim(id_: int, owner: int, total: int, currency: str = "USD", subsidiary: int = 1) -> Claim:
    return Claim(
        id=id_,
        number=f"INV-{id_}",
        debtor_id=owner,
        subsidiary_id=subsidiary,
        currency=currency,
        issued_on=date(2026, 1, 15),
        due_on=date(2026, 2, 14),
        total=total,
        po_number="PO-7",
        memo="Support plan",
    )


def company() -> Company:
    ann = Person(501, "Ann Payable", "ann@debtor100.example", "billing", "en")
    return Company(
        name="Seller Inc",
        mail_address="ar@seller.example",
        today=TODAY,
        subsidiaries=(
            Subsidiary(1, "Seller Inc", "USD", "US"),
            Subsidiary(2, "Seller KK", "JPY", "JP"),
        ),
        debtors=(
            debtor(100, "USD", 1, ann),
            debtor(101, "USD", 1),
            debtor(102, "JPY", 2),
            debtor(103, "KWD", 1),
        ),
        claims=(
            claim(1001, 100, 100_000),
            claim(1002, 100, 25_050),
            claim(1003, 101, 5_000),
            claim(1004, 102, 80_000, "JPY", 2),
            claim(1005, 103, 1_234_567, "KWD"),
            claim(1006, 100, 7_000),
        ),
        settlements=(
            Settlement(
                2001,
                "PYMT-2001",
                "payment",
                100,
                1,
                "USD",
                date(2026, 2, 1),
                7_000,
                ((1006, 7_000),),
            ),
            Settlement(
                2002, "CM-2002", "credit", 101, 1, "USD", date(2026, 2, 2), 2_000, ((1003, 500),)
            ),
        ),
    )


@pytest.fixture(scope="session")
def keys() -> KeyPair:
    return generate_key_pair("ec")


@dataclass(slots=True)
class Erp:
    """The running account and a client that is logged in."""

    account: Account
    clock: Clock
    url: str
    keys: KeyPair
    http: httpx.Client = field(default_factory=lambda: httpx.Client(verify=TRUST))

    def assertion(self, **changed: object) -> str:
        now = int(self.clock().timestamp())
        claims = {
            "iss": CLIENT,
            "scope": "rest_webservices",
            "aud": self.url + TOKEN,
            "iat": now,
            "exp": now + 300,
        }
        return jwt.encode(
            claims | changed, self.keys.private_pem, algorithm="ES256", headers={"kid": CERTIFICATE}
        )

    def token_response(self, assertion: str) -> httpx.Response:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION,
            "client_assertion": assertion,
        }
        return httpx.post(self.url + TOKEN, data=form, verify=TRUST)

    def login(self) -> None:
        token = self.token_response(self.assertion()).json()["access_token"]
        self.http.close()
        self.http = httpx.Client(
            base_url=self.url,
            verify=TRUST,
            headers={
                "Authorization": f"Bearer {token}",
                "X-NetSuite-PropertyNameValidation": "Error",
            },
        )

    def get(self, path: str) -> dict[str, object]:
        response = self.http.get(RECORD + path)
        assert response.status_code == 200, response.text
        found: dict[str, object] = response.json()
        return found

    def post(self, path: str, body: object) -> httpx.Response:
        return self.http.post(RECORD + path, json=body)

    def created(self, path: str, body: object) -> str:
        response = self.post(path, body)
        assert response.status_code == 204, response.text
        return str(response.headers["location"]).rsplit("/", 1)[1]

    def query(self, sql: str, *params: str, page: str = "") -> httpx.Response:
        return self.http.post(
            SUITEQL + page, json={"q": sql, "params": params}, headers={"Prefer": "transient"}
        )

    def rows(self, sql: str, *params: str) -> list[dict[str, str]]:
        response = self.query(sql, *params)
        assert response.status_code == 200, response.text
        return [
            {key: value for key, value in row.items() if key != "links"}
            for row in response.json()["items"]
        ]

    def admin(self, method: str, path: str, body: object = None) -> httpx.Response:
        return httpx.request(
            method,
            f"{self.url}/admin/{path}",
            json=body,
            headers={"Authorization": f"Bearer {ADMIN}"},
            verify=TRUST,
        )

    def act(self, **spec: object) -> httpx.Response:
        response = self.admin("POST", "act", spec)
        assert response.status_code == 200, response.text
        return response

    def fault(self, **spec: object) -> None:
        response = self.admin("POST", "faults", spec)
        assert response.status_code == 200, response.text


def error_of(response: httpx.Response) -> tuple[int, str, str]:
    """Status, code and detail of a refusal."""
    detail = response.json()["o:errorDetails"][0]
    return response.status_code, detail["o:errorCode"], detail["detail"]


class Stage:
    """One server for the whole run; each test puts its own application on it."""

    def __init__(self) -> None:
        self.app: AsgiApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.app is not None and scope["type"] == "http":
            await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    with LoopbackServer(stage) as server:
        yield stage, server.url


@pytest.fixture
def erp(keys: KeyPair, stage: tuple[Stage, str]) -> Iterator[Erp]:
    store = ErpStore()
    store.register_integration(CLIENT, CERTIFICATE, keys.public_pem)
    seed(store, company())
    clock = Clock()
    account = Account(store, clock)
    stage[0].app = build_account_app(account, admin_token=ADMIN, company=company())
    running = Erp(account, clock, stage[1], keys)
    running.login()
    yield running
    running.http.close()
    store.close()
