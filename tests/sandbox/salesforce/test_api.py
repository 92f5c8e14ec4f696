"""The sandbox's API over HTTP: logins, batches, errors as lists, the limits of the day."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest

from sandbox.in_loop import served
from sandbox.salesforce.app import ROOT, SalesforceServer
from sandbox.salesforce.logins import ConnectedApp, Logins
from sandbox.salesforce.store import Org
from tests.sources.salesforce.office import key_pair

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
CLIENT = {"grant_type": "client_credentials", "client_id": "app", "client_secret": "secret"}
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@dataclass
class Caller:
    server: SalesforceServer
    http: httpx.AsyncClient

    async def login(self, **form: str) -> dict[str, Any]:
        found = await self.http.post("/services/oauth2/token", data=form or CLIENT)
        return {"status": found.status_code, **found.json()}

    async def get(self, path: str, **params: str) -> httpx.Response:
        token = (await self.login())["access_token"]
        headers = {"Authorization": f"Bearer {token}", "Sforce-Query-Options": "batchSize=200"}
        return await self.http.get(ROOT + path, params=params, headers=headers)

    async def assertion(self, **changed: object) -> str:
        claims: dict[str, object] = {
            "iss": "app", "sub": "u@acme.example", "aud": "https://login.salesforce.com",
            "exp": int((AT + timedelta(minutes=2)).timestamp()),
        }  # fmt: skip
        made = jwt.encode({**claims, **changed}, key_pair()[0], algorithm="RS256")
        found = await self.login(grant_type=JWT_GRANT, assertion=made)
        return str(found.get("error_description", "given"))


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    org = Org(lambda: AT)
    for n in range(450):
        org.create("Account", Name=f"A{n}")
    app = ConnectedApp("app", "secret", "u@acme.example", key_pair()[1], ("u@acme.example",))
    server = SalesforceServer(org, Logins(app, lambda: AT))
    async with (
        served(server.application()) as url,
        httpx.AsyncClient(base_url=url, verify=False) as http,
    ):
        yield Caller(server, http)


async def test_the_api(caller: Caller) -> None:
    first = (await caller.get("/query", q="SELECT Id FROM Account ORDER BY Id")).json()
    assert (first["totalSize"], first["done"], len(first["records"])) == (450, False, 200)
    rest = await caller.get(first["nextRecordsUrl"].removeprefix(ROOT))
    assert (rest.json()["done"], len(rest.json()["records"])) == (True, 250)
    assert rest.headers["Sforce-Limit-Info"] == "api-usage=2/100000"
    left = (await caller.get("/limits")).json()["DailyApiRequests"]
    assert left == {"Max": 100_000, "Remaining": 99_997}
    for path, params, status, code in (
        ("/query/0r8-0", {}, 400, "INVALID_QUERY_LOCATOR"),
        ("/query", {"q": "SELECT"}, 400, "MALFORMED_QUERY"),
        ("/query", {"q": "SELECT X FROM Account"}, 400, "INVALID_FIELD"),
        ("/sobjects/Invoice/describe", {}, 404, "NOT_FOUND"),
    ):
        refused = await caller.get(path, **params)
        assert (refused.status_code, refused.json()[0]["errorCode"]) == (status, code)
    ended = await caller.http.get(f"{ROOT}/limits", headers={"Authorization": "Bearer x"})
    assert (ended.status_code, ended.json()[0]["errorCode"]) == (401, "INVALID_SESSION_ID")
    caller.server.allowed = caller.server.used
    over = await caller.get("/limits")
    assert (over.status_code, over.json()[0]["errorCode"]) == (403, "REQUEST_LIMIT_EXCEEDED")


async def test_logins_are_really_checked(caller: Caller) -> None:
    assert (await caller.login())["token_type"] == "Bearer"
    assert await caller.assertion() == "given"
    assert await caller.assertion(aud="https://test.salesforce.com") == "audience is invalid"
    assert await caller.assertion(exp=int(AT.timestamp()) - 1) == "expired authorization code"
    later = int((AT + timedelta(minutes=5)).timestamp())
    assert await caller.assertion(exp=later) == "expired authorization code"
    assert await caller.assertion(iss="other") == "client identifier invalid"
    assert await caller.assertion(sub="x@acme.example") == "user hasn't approved this consumer"
    by_hand = jwt.encode({"iss": "app"}, "x" * 32, algorithm="HS256")
    for form, error in (
        ({"grant_type": JWT_GRANT, "assertion": by_hand}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({**CLIENT, "client_id": "other"}, "invalid_client_id"),
        ({**CLIENT, "client_secret": "guess"}, "invalid_client"),
    ):
        refused = await caller.login(**form)
        assert (refused["status"], refused["error"]) == (400, error)
    caller.server.logins.app = ConnectedApp("app", "secret")
    assert (await caller.login())["error"] == "invalid_grant"
