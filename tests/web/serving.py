"""The real application on loopback, over a real database, with what the wiring would give it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import httpx
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from api.app import PREFIXES, build_api
from api.deps import ApiDeps
from domain.dunning.facts import OwnFacts
from domain.dunning.policy import default_policy
from domain.ledger.money import Money
from domain.matching.decision import MatchClass
from domain.matching.policy import MatchingPolicy, Trial
from domain.matching.settings import MatchSettings
from flows.desk import Desk
from outreach.compose import Sender
from outreach.message import Mailbox
from sandbox.serving import LoopbackServer
from store.engine import Database
from store.people import create_sign_in_link
from tests.web.seeding import POLICY, user
from web.app import build_app
from web.deps import Sandbox, Setting, WebDeps

KEY = b"k" * 32
SECRET = "whsec_test"


DESK = Desk(
    tenant="test",
    mailbox=Mailbox("ar@seller.example", "Example Seller"),
    sender=Sender("Example Seller Inc."),
    token_key=KEY,
    own=OwnFacts("Example Seller Inc.", ("ar@seller.example",), text=("Example Seller Inc.",)),
    approval=POLICY,
    dunning=default_policy(),
    matching=MatchingPolicy(
        settings=MatchSettings(
            live=frozenset({MatchClass.REFERENCE_EXACT}), cap=(Money(5_000_000, "USD"),)
        ),
        trial=Trial(cases=3),
    ),
)


def deps(database: Database, now: datetime) -> WebDeps:
    return WebDeps(
        db=database,
        clock=lambda: now,
        desk=DESK,
        secret_key=KEY,
        public_url="http://127.0.0.1",
        erp_link=lambda kind, i: f"https://erp.example/{kind}/{i}",
        settings=(Setting("Mail", "MAIL_FROM", "ar@seller.example"),),
    )


@dataclass(slots=True)
class Site:
    """The running application and how to sign in to it."""

    url: str
    db: Database
    now: datetime
    ids: dict[str, int] = field(default_factory=dict)

    async def link(self, role: str) -> str:
        """A fresh sign-in link for a user of this role."""
        person = await user(self.db, role, self.now)
        async with self.db.begin() as session:
            secret = await create_sign_in_link(session, person, timedelta(minutes=10), self.now)
        return f"{self.url}/sign-in/{secret}"

    @asynccontextmanager
    async def signed_in(self, role: str) -> AsyncGenerator[Browser]:
        async with httpx.AsyncClient(base_url=self.url, timeout=40) as client:
            token = (await self.link(role)).rsplit("/", 1)[1]
            answer = await client.post("/sign-in", data={"token": token})
            assert answer.status_code == 303, answer.text
            yield Browser(client)


@dataclass(slots=True)
class Browser:
    """A signed-in client that reads the mark of its session from the page."""

    client: httpx.AsyncClient
    csrf: str = ""

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def post(self, path: str, **form: str) -> httpx.Response:
        if not self.csrf:
            page = await self.client.get("/today")
            self.csrf = page.text.split('name="csrf" value="')[1].split('"')[0]
        return await self.client.post(path, data={"csrf": self.csrf, **form})


@asynccontextmanager
async def serving(
    database_url: str,
    db: Database,
    now: datetime,
    *,
    public_url: str = "http://127.0.0.1",
    sandbox: Sandbox | None = None,
) -> AsyncGenerator[Site]:
    """The application under uvicorn, with its own connections."""
    own = Database(database_url)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        yield
        await own.close()

    given = replace(deps(own, now), public_url=public_url, sandbox=sandbox)
    api = build_api(
        ApiDeps(own, given.clock, DESK, stripe_secrets=(SECRET,), mail_secrets=(SECRET,))
    )
    pages = build_app(given, lifespan=lifespan)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        theirs = str(scope.get("path", "")).startswith(PREFIXES)
        await (api if theirs else pages)(scope, receive, send)

    async with LoopbackServer(answer) as server:
        yield Site(server.url, db, now)
