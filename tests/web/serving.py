"""The real application on loopback, over a real database, with what the wiring would give it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from html import escape

import httpx
from fastapi import FastAPI

from domain.dunning.planned import Hold, HoldReason, PlannedTouch
from domain.ledger.money import Money
from effects.actor import Actor
from effects.decide import Guard
from effects.kinds import Effect, SendEmail
from sandbox.serving import LoopbackServer
from store.engine import Database, Session
from store.people import create_sign_in_link
from store.receivables import PaymentRow
from tests.web.seeding import POLICY, user
from web.app import build_app
from web.deps import Candidate, Sandbox, Setting, WebDeps

KEY = b"k" * 32


async def enter_payment(
    session: Session,
    *,
    key: str,
    customer_id: int | None,
    amount: Money,
    received_on: date,
    payer_name: str,
    reference: str,
    by: Actor,
    now: datetime,
) -> int:
    row = PaymentRow(
        source="manual",
        source_id=key,
        customer_id=customer_id,
        currency=amount.currency,
        amount_minor=amount.minor,
        unapplied_minor=amount.minor,
        received_on=received_on,
        payer_name=payer_name,
        reference=reference,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return row.id


async def revise_mail(
    session: Session, effect: SendEmail, *, subject: str, text: str, now: datetime
) -> Mapping[str, object]:
    return {"subject": subject, "text": text, "html": f"<p>{escape(text)}</p>"}


def recheck(session: Session, now: datetime) -> Guard:
    async def guard(effect: Effect) -> Sequence[str]:
        wrong = isinstance(effect, SendEmail) and "9,999.00" in effect.text
        return ("9,999.00 USD is no amount of this customer",) if wrong else ()

    return guard


async def candidates(session: Session, payment_id: int) -> Sequence[Candidate]:
    lines = (("INV-2000", Money(123_450, "EUR")),)
    reasons = ("The amount is equal to the open balance", "The payer's name is known")
    return (Candidate("c1", "INV-2000, exact amount", lines, reasons),)


async def choose_candidate(
    session: Session, *, payment_id: int, choice: str, by: Actor, now: datetime
) -> str | None:
    return None if choice == "c1" else "This invoice was paid in the meantime."


async def next_touches(
    session: Session, ids: Sequence[int], now: datetime
) -> Mapping[int, PlannedTouch | Hold]:
    until = now + timedelta(days=3)
    return {i: Hold(HoldReason.GAP, "last mail on 9 Mar 2026", until) for i in ids}


def deps(database: Database, now: datetime) -> WebDeps:
    return WebDeps(
        db=database,
        clock=lambda: now,
        policy=POLICY,
        secret_key=KEY,
        public_url="http://127.0.0.1",
        enter_payment=enter_payment,
        revise_mail=revise_mail,
        recheck=recheck,
        erp_link=lambda kind, i: f"https://erp.example/{kind}/{i}",
        candidates=candidates,
        choose_candidate=choose_candidate,
        next_touches=next_touches,
        why_not=None,
        company="Example Seller Inc.",
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
        return f"{self.url}/sign-in?token={secret}"

    @asynccontextmanager
    async def signed_in(self, role: str) -> AsyncGenerator[Browser]:
        async with httpx.AsyncClient(base_url=self.url) as client:
            token = (await self.link(role)).split("token=")[1]
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
    app = build_app(given, lifespan=lifespan)
    async with LoopbackServer(app) as server:
        yield Site(server.url, db, now)
