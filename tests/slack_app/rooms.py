"""A workspace on loopback, Dunwell connected to it by Socket Mode, and a small world behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from sqlmodel import col, select

from agent.chat import ChatAnswer, ChatRequest, Progress
from effects.actor import Actor, ActorKind, Person, Role
from effects.kinds import Effect, SendEmail
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from effects.propose import Because, propose
from flows.desk import Desk
from flows.facts import load_case, snapshot
from flows.slack.channels import Mapped, map_channel
from sandbox.slack.acting import People
from sandbox.slack.app import SlackKeys, SlackServer, serving
from sandbox.slack.delivery import Delivery
from sandbox.slack.people import BOT_USER, Channel, Member
from sandbox.slack.people import People as Everybody
from sandbox.slack.store import SlackStore
from sandbox.slack.workspace import Json, Workspace
from sandbox.sockets import listen
from slack_app.client import Poster, SlackApi
from slack_app.conversing import Conversing
from slack_app.deciding import Deciding
from slack_app.mornings import Mornings
from slack_app.people import Directory
from slack_app.receiving import Receiver
from slack_app.refreshing import Cards
from slack_app.worker import SlackJobs
from store.effects import EffectRow
from store.engine import Database
from store.inbox import SourceEventRow
from store.parties import CustomerRow
from store.people import UserRow
from tests.flows.scene import NOW, Scene, desk

URL = "https://dunwell.seller.example"
PEOPLE = Everybody(
    members=(
        Member("U0COL", "Col Lector", "col@seller.example"),
        Member("U0APP", "App Rover", "app@seller.example"),
        Member("U0NEW", "New Comer", "new@seller.example"),
        Member("U0GUEST", "Gil Guest", "col@seller.example", "guest"),
        Member("U0OUT", "Odd Buyer", "app@seller.example", "external"),
        Member("U0SLY", "Sly", "app@seller.example", "unconfirmed"),
        Member(BOT_USER, "Dunwell", "", "bot"),
    ),
    channels=(
        Channel("C0AR", "ar", ("U0COL", "U0APP", "U0GUEST", BOT_USER)),
        Channel("C0ACME", "ext-acme", ("U0COL", "U0OUT", BOT_USER), shared=True),
        Channel("C0OTHER", "other", ("U0COL",)),
    ),
)
RULES = {
    kind: KindPolicy((Rule("words are read", Role.COLLECTOR),), editor_approves=True)
    for kind in ("send_email", "post_to_customer_channel")
}


class Parrot:
    """An agent that says what it was asked, and shows what it was given to show."""

    def __init__(self) -> None:
        self.heard: list[ChatRequest] = []
        self.proposes: tuple[int, ...] = ()
        self.answer_with: Callable[[ChatRequest], ChatAnswer] = lambda r: ChatAnswer(
            f"You: {r.text}"
        )

    async def answer(self, request: ChatRequest, *, progress: Progress) -> ChatAnswer:
        self.heard.append(request)
        await progress("looks it up")
        return replace(self.answer_with(request), proposed=self.proposes)


@dataclass(slots=True)
class Room:
    """Everything of one test. `work` runs what Slack brought, as the worker would."""

    scene: Scene
    space: Workspace
    people: People
    jobs: SlackJobs
    receiver: Receiver
    parrot: Parrot
    desk: Desk
    now: list[datetime] = field(default_factory=lambda: [NOW])
    page: str = ""

    @property
    def db(self) -> Database:
        return self.scene.db

    def clock(self) -> datetime:
        return self.now[0]

    async def events(self, expected: int) -> list[SourceEventRow]:
        """What is in the inbox once it is `expected`; what is being delivered is waited for."""
        for _ in range(250):
            async with self.db.read() as session:
                rows = (await session.exec(select(SourceEventRow))).all()
            if len(rows) >= expected:
                return list(rows)
            await asyncio.sleep(0.01)
        raise AssertionError(f"{len(rows)} things arrived from Slack, not {expected}")

    async def work(self, expected: int) -> None:
        """Work on everything, once it is `expected` things in all."""
        for row in sorted(await self.events(expected), key=lambda row: row.id):
            await self.jobs.event(row.id)

    def said(self, channel: str) -> list[Json]:
        """What Dunwell said in a channel."""
        return [m for m in self.space.store.messages(channel) if m.get("user") == BOT_USER]

    async def mail(self, text: str = "", **more: Any) -> int:
        """A reminder to Acme about INV-1, proposed by the agent; the effect's id."""
        customer_id = (await self.scene.all(CustomerRow))[0].id
        async with self.db.begin() as session:
            case = await load_case(session, self.desk, customer_id, self.clock())
            assert case is not None
            ids = [i.id for i in case.account.invoices]
            words = text or "Hello,\n\nINV-1 over 100.00 USD was due on 1 March 2026.\n"
            effect = SendEmail(
                customer_id=customer_id, purpose="reply", occasion=more.pop("occasion", "1"),
                thread_id=0, to=("billing@acme.example",), subject="Invoice INV-1", text=words,
                html=f"<p>{words}</p>", message_id="<1@northwind.example>",
                reply_to="ar@northwind.example", envelope_from="ar@northwind.example",
                invoice_ids=tuple(ids), facts=snapshot(case, ids),
            )  # fmt: skip
            return await self.proposed(session, effect, **more)

    async def proposed(self, session: Any, effect: Effect, by: Actor | None = None) -> int:
        agent = by or Actor(ActorKind.AGENT, "chat")
        done = await propose(
            session, effect, policy=self.desk.approval, because=Because("asked", {}), by=agent,
            now=self.clock(),
        )  # fmt: skip
        return done.effect_id

    async def state(self, effect_id: int) -> str:
        async with self.db.read() as session:
            found = await session.exec(select(EffectRow).where(col(EffectRow.id) == effect_id))
            return found.one().state

    async def shared_with_acme(self) -> int:
        """App says that #ext-acme is shared with Acme; Acme's id."""
        await self.jobs.see_channels()
        customer_id = (await self.scene.all(CustomerRow))[0].id
        by = Person(2, "App Rover", Role.APPROVER)
        async with self.db.begin() as session:
            done = await map_channel(session, "C0ACME", customer_id, by, self.clock())
        assert isinstance(done, Mapped)
        return customer_id

    def card(self, channel: str) -> Json:
        """The one message with the button Approve, or that had it."""
        cards = [m for m in self.said(channel) if any(_is_card(b) for b in m.get("blocks", []))]
        assert len(cards) == 1
        return cards[0]


def _is_card(block: Json) -> bool:
    return str(block.get("block_id", "")).startswith("card-")


def text_of(message: Json) -> str:
    """Every word of a message, in order."""
    words: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("text"), str):
                words.append(part["text"])
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(message.get("blocks", []))
    return "\n".join(words)


def buttons_of(message: Json) -> list[str]:
    """The action ids of a message."""
    blocks = message.get("blocks", [])
    return [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]


@asynccontextmanager
async def room(db: Database, folder: Path, *, connected: bool = True) -> AsyncGenerator[Room]:
    """Acme owes INV-1; Col collects, App approves; Dunwell is connected."""
    scene, now = Scene(db), [NOW]
    await _world(scene)
    store = SlackStore(folder / "slack.db", lambda: now[0])
    space = Workspace(PEOPLE, store, Delivery(lambda: now[0], "signing", retry_after=(0.01,)))
    server = SlackServer(space, SlackKeys("xoxb-1", "xapp-1", "page"))
    listening = listen(0)
    async with serving(server, listening):
        port = listening.getsockname()[1]
        made = _put_together(db, scene, space, server, f"http://127.0.0.1:{port}/api/", now)
        made.page = f"http://127.0.0.1:{port}/?token=page"
        handler: Any = AsyncSocketModeHandler(
            made.receiver.app(), "xapp-1", web_client=made.jobs.api.client
        )
        if connected:
            await handler.connect_async()
            for _ in range(200):
                if space.delivery.connected:
                    break
                await asyncio.sleep(0.01)
        try:
            yield made
        finally:
            await made.receiver.close()
            await handler.close_async()
    store.close()


async def _world(scene: Scene) -> None:
    users = [("col", "Col Lector", "collector"), ("app", "App Rover", "approver")]
    await scene.add(
        *(UserRow(email=f"{m}@seller.example", name=n, role=r, created_at=NOW) for m, n, r in users)
    )
    customer_id = await scene.customer("Acme")
    await scene.invoice(customer_id, "INV-1 100.00 USD due 2026-03-01")


def _put_together(
    db: Database, scene: Scene, space: Workspace, server: SlackServer, url: str,
    now: list[datetime],
) -> Room:  # fmt: skip
    def clock() -> datetime:
        return now[0]

    api, parrot = SlackApi.of("xoxb-1", url, 5), Parrot()
    poster, directory = Poster(db, api), Directory(db, api)
    cards = Cards(db, poster, URL, b"k" * 32, clock)
    here = replace(desk(), approval=ApprovalPolicy("test", {**desk().approval.kinds, **RULES}))
    jobs = SlackJobs(
        db=db,
        api=api,
        conversing=Conversing(db, parrot, poster, directory, cards, URL, clock),
        deciding=Deciding(db, api, here, directory, cards, clock),
        cards=cards,
        mornings=Mornings(db, poster, directory, "C0AR", 8, "UTC", URL, clock),
        clock=clock,
    )
    receiver = Receiver(db, api, clock, "signing")
    return Room(scene, space, server.people, jobs, receiver, parrot, here, now)
