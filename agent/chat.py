"""What a conversation with a colleague is made of: a request, progress, an answer.

Slack, the terminal and tests speak to the same agent through these values.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from effects.actor import Person

Progress = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What a colleague says. `thread` is the conversation ("slack:T1:C1:1700.1", "terminal:7").

    `by` is who speaks, with the role that limits what is read and proposed; `message_id` names
    this message for ever, so that the same message answered twice proposes nothing twice.
    """

    thread: str
    message_id: str
    text: str
    by: Person
    now: datetime
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Cited:
    """A record that an answer rests on: its name, and its page under our own address."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in rows; every cell is a ready string. `title` says whose, among several tables."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    """What is said back. `text` is plain text: who shows it escapes it.

    `proposed` are effects that now wait for a decision: each is shown as a card. `asks` are names
    or choices to pick from when the question was not clear. `used` are the tools that were called;
    `written_by` is the mind ("rules/1", "openai:...").
    """

    text: str
    tables: tuple[Table, ...] = ()
    cited: tuple[Cited, ...] = ()
    proposed: tuple[int, ...] = ()
    asks: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    written_by: str = "rules/1"


class Chat(Protocol):
    """The agent that answers colleagues. Reads and proposes; it can do nothing else."""

    async def answer(self, request: ChatRequest, *, progress: Progress) -> ChatAnswer:
        """The answer; never raises for what a person or a model says."""
        ...
