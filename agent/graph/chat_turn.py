"""One turn of a conversation: what was asked, what was called, what came back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent.brain import Message, ToolCall, Usage
from agent.chat import ChatRequest, Progress
from agent.tools.calling import Asking
from agent.tools.catalogue import audit_call, call_tool
from agent.tools.outcome import About, Outcome, refusal
from flows.desk import Desk
from store import pages, parties
from store.engine import Database

MOST_CALLS = 6
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Made:
    """A call and what came of it."""

    call: ToolCall
    outcome: Outcome


@dataclass(slots=True)
class Turn:
    """What lives for one turn only. Nothing of it is kept: a crash answers the message anew."""

    request: ChatRequest
    progress: Progress
    about: About
    queue: list[ToolCall] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    said: str = ""
    small: str = ""
    small_about: tuple[str, str] = ("", "")
    draft: str = ""
    sure: bool = True
    labels: tuple[str, ...] = ()
    last_tool: str = ""
    last_arguments: Mapping[str, object] = field(default_factory=dict)
    next: Literal["read", "think", "call", "check", "write"] = "write"
    by_model: bool = False
    thoughts: int = 0
    redrafts: int = 0
    spent: Usage = field(default_factory=Usage)
    failed: str = ""

    @property
    def today(self) -> date:
        """The day where the person is."""
        return self.request.now.astimezone(zone_of(self.request.zone)).date()

    @property
    def kept(self) -> dict[str, object]:
        """The last question's arguments, without names of ours that nobody said."""
        return {k: v for k, v in self.last_arguments.items() if not str(v).startswith("id:")}

    @property
    def used_up(self) -> bool:
        """Whether the calls of this turn are spent."""
        return len(self.made) >= MOST_CALLS

    def answered(self, call: ToolCall) -> Made | None:
        """The same call, when it was made in this turn already."""
        wanted = same(call.name, call.arguments)
        return next((m for m in self.made if same(m.call.name, m.call.arguments) == wanted), None)


async def begin(
    db: Database,
    request: ChatRequest,
    progress: Progress,
    about: About,
    last: tuple[str, Mapping[str, object]],
) -> Turn:
    """A turn that knows by name what the thread is about."""
    labels: list[str] = []
    async with db.read() as session:
        customer = await parties.customer(session, about.customer_id)
        invoice = await pages.invoice(session, about.invoice_id)
    labels += [customer.name] if customer is not None else []
    labels += [invoice.number] if invoice is not None else []
    named = tuple(labels)
    return Turn(request, progress, about, labels=named, last_tool=last[0], last_arguments=last[1])


def same(name: str, arguments: Mapping[str, object]) -> str:
    """What makes two calls one: the tool and its arguments, empty ones and case aside."""
    told = {k: str(v).strip().casefold() for k, v in arguments.items() if v not in ("", 0, None)}
    return f"{name}:{json.dumps(told, sort_keys=True, ensure_ascii=False)}"


async def make_call(db: Database, desk: Desk, turn: Turn, call: ToolCall) -> Outcome:
    """Make one call in a transaction of its own; the same call again is not made."""
    if turn.answered(call) is not None:
        return refusal("You asked this already; the answer stands above.")
    if turn.used_up:
        return refusal("No more calls can be made for this question.")
    await turn.progress(doing(call))
    try:
        async with asyncio.timeout(_SECONDS):
            outcome = await _called(db, desk, turn, call)
    except TimeoutError:
        outcome = refusal("This took too long and was given up; nothing was done.")
    turn.made.append(Made(call, outcome))
    if not outcome.refused:
        turn.about = outcome.about
    return outcome


async def note_refusal(db: Database, turn: Turn, call: ToolCall, why: str) -> None:
    """Put a call that a model wanted and did not get in the audit."""
    request = turn.request
    async with db.begin() as session:
        await audit_call(
            session,
            by=request.by.actor,
            thread=request.thread,
            message_id=request.message_id,
            call=(call.name, call.arguments),
            outcome=refusal(why),
            now=request.now,
        )


async def _called(db: Database, desk: Desk, turn: Turn, call: ToolCall) -> Outcome:
    request = turn.request
    async with db.begin() as session:
        asking = Asking(
            session=session,
            desk=desk,
            by=request.by,
            now=request.now,
            zone=zone_of(request.zone),
            thread=request.thread,
            message_id=request.message_id,
            said=request.text,
            about=turn.about,
        )
        return await call_tool(asking, call.name, call.arguments)


def doing(call: ToolCall) -> str:
    """What is being done, for the one who waits."""
    what = call.name.replace("_", " ")
    of = call.arguments.get("customer") or call.arguments.get("invoice") or ""
    shown = "" if str(of).startswith("id:") else str(of)[:60]
    return f"{what}: {shown} ..." if shown else f"{what} ..."


def zone_of(name: str) -> ZoneInfo:
    """The zone, UTC when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
