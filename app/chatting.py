"""The chat agent in a terminal, with the role of the person who sits there."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from agent.chat import Chat, ChatAnswer, ChatRequest
from app.cli.failures import Mistake
from app.clock import Clock
from app.settings import Settings
from app.wiring import assembled
from effects.actor import Person, Role
from store import people
from store.engine import Database

Say = Callable[[str], None]


@dataclass(slots=True)
class Conversation:
    """One thread of one person. Messages are numbered, so that each is answered once."""

    chat: Chat
    by: Person
    clock: Clock
    thread: str
    zone: str
    say: Say
    count: int = 0

    async def ask(self, text: str) -> ChatAnswer:
        """The answer to a message."""
        self.count += 1
        name = f"{self.thread}:{self.count}"
        now = self.clock()
        request = ChatRequest(self.thread, name, text, self.by, now, self.zone)
        return await self.chat.answer(request, progress=self._progress)

    async def _progress(self, words: str) -> None:
        self.say(words)


@asynccontextmanager
async def conversation(
    settings: Settings, url: str, email: str, zone: str, say: Say
) -> AsyncGenerator[Conversation]:
    """A conversation as the person with this address; the only person when none is named.

    Raises Mistake when it is not clear who speaks.
    """
    from agent.graph.chat import ChatGraph
    from agent.graph.memory import chat_memory
    from app.worker import brain_of

    async with assembled(settings, url) as parts, chat_memory(parts.db) as memory:
        by = await _who(parts.db, email)
        brain = brain_of(parts)
        graph = ChatGraph(parts.db, parts.desk, brain, memory)
        begun = parts.clock().isoformat()
        thread = f"terminal:{by.user_id}:{begun}"
        yield Conversation(graph, by, parts.clock, thread, zone, say)


async def _who(db: Database, email: str) -> Person:
    async with db.read() as session:
        known = [user for user in await people.users(session) if user.active]
    found = [user for user in known if user.email == email.lower()] if email else known
    if len(found) == 1:
        return Person(found[0].id, found[0].name, Role(found[0].role))
    listed = "\n".join(f"  {user.role:<12} {user.email}" for user in known)
    if email:
        raise Mistake(f"Nobody with the address {email} may sign in. These may:\n{listed}")
    if not known:
        raise Mistake("Nobody may sign in yet. Add somebody with ./dunwell people add.")
    raise Mistake(f"Say who you are with --as EMAIL:\n{listed}")
