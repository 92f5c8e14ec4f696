"""The chat graph: read or think -> call -> check -> write. It reads and proposes, nothing else.

Between two messages the thread keeps ids and small values only: whom it is about, the last
question, and a question of ours that waits. Results and texts live for one turn. A model that
fails in any way gives way to the reader of plain English, and its words to those of the tools.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from agent.brain import Brain, ToolCall
from agent.chat import ChatAnswer, ChatRequest, Progress
from agent.command_reader import Before, Pending, SmallTalk, Understood, read_command
from agent.graph.chat_answer import answer_of
from agent.graph.chat_model import (
    answer_now,
    correction,
    made_calls,
    offered,
    opening,
    refusal_message,
    refused_call,
    result_message,
)
from agent.graph.chat_turn import Made, Turn, begin, make_call, note_refusal
from agent.grounding.check import wrong_in
from agent.tools.catalogue import acts
from agent.tools.outcome import About
from flows.desk import Desk
from flows.questions.mentioned import with_names_quoted
from store.engine import Database
from store.threads import keep_latest

_DEADLINE = 45.0
_MOST_TOKENS = 24_000
_MOST_THOUGHTS = 8
_REMEMBERED = ("customer_id", "invoice_id", "tool", "arguments", "pending", "listed")


class ChatState(TypedDict, total=False):
    """What a thread remembers: ids, the last call, what the last list named, and a question that
    waits for its answer.

    `message` is the last one answered and `was` what stood before it: a job that runs twice
    answers it as it did.
    """

    customer_id: int
    invoice_id: int
    tool: str
    arguments: dict[str, Any]
    pending: dict[str, Any]
    listed: list[str]
    message: str
    was: dict[str, Any]


Next = Literal["read", "think", "call", "check", "write"]


class ChatGraph:
    """Answers colleagues, one message of a thread at a time; safe to answer a message again."""

    def __init__(
        self,
        db: Database,
        desk: Desk,
        brain: Brain,
        memory: BaseCheckpointSaver[Any] | None = None,
    ) -> None:
        self._db, self._desk, self._brain = db, desk, brain
        graph = StateGraph(ChatState, context_schema=Turn)
        for name, node in (
            ("read", self._read),
            ("think", self._think),
            ("call", self._call),
            ("check", self._check),
            ("write", self._write),
        ):
            graph.add_node(name, node)
        graph.add_conditional_edges(START, self._begin)
        for name in ("read", "think", "call", "check"):
            graph.add_conditional_edges(name, self._after)
        graph.add_edge("write", END)
        self._kept = isinstance(memory, AsyncPostgresSaver)
        self._graph = graph.compile(checkpointer=memory or InMemorySaver())

    async def answer(self, request: ChatRequest, *, progress: Progress) -> ChatAnswer:
        """The answer; never raises for what a person or a model says."""
        config: RunnableConfig = {"configurable": {"thread_id": request.thread}}
        start = _start((await self._graph.aget_state(config)).values, request.message_id)
        about = About(start.get("customer_id", 0), start.get("invoice_id", 0))
        last = (start.get("tool", ""), start.get("arguments", {}))
        turn = await begin(self._db, request, progress, about, last)
        await self._graph.ainvoke(start, config, context=turn, durability="exit", version="v2")
        if self._kept:
            async with self._db.begin() as session:
                await keep_latest(session, request.thread)
        return answer_of(turn, self._brain.name)

    def _begin(self, state: ChatState) -> Literal["read", "think"]:
        """A model thinks first, but an answer to our own question needs none."""
        return "think" if self._brain.thinks and not state.get("pending") else "read"

    def _after(self, state: ChatState, runtime: Runtime[Turn]) -> Next:
        del state
        return runtime.context.next

    async def _read(self, state: ChatState, runtime: Runtime[Turn]) -> ChatState:
        turn = runtime.context
        async with self._db.read() as session:
            text = await with_names_quoted(session, turn.request.text)
        command = read_command(text, _before(state))
        turn.by_model, turn.draft = False, ""
        answered = state.get("pending") and isinstance(command, Understood)
        if self._brain.thinks and not turn.failed and not answered and not turn.made:
            turn.next = "think"
            return {"pending": {}}
        if isinstance(command, Understood):
            turn.queue, turn.sure = list(command.calls), command.sure
        if isinstance(command, SmallTalk):
            turn.small, turn.small_about = command.kind, (command.name, command.invoice)
        turn.next = "call" if turn.queue else "write"
        return {}

    async def _think(self, state: ChatState, runtime: Runtime[Turn]) -> ChatState:
        turn = runtime.context
        if not turn.messages:
            turn.messages = opening(self._desk, turn)
        turn.thoughts += 1
        last = turn.used_up or turn.redrafts or turn.thoughts >= _MOST_THOUGHTS
        tools = () if last or turn.spent.prompt_tokens > _MOST_TOKENS else offered(turn)
        await turn.progress("thinking ...")
        said = await self._brain.complete(turn.messages, tools, deadline=_DEADLINE)
        turn.spent += said.usage
        turn.by_model = not said.abstained
        if said.abstained:
            return self._failed(turn, said.abstained)
        if said.calls:
            turn.queue, turn.next = list(said.calls), "call"
            return {}
        turn.draft, turn.next = said.text, "check"
        if not turn.made and isinstance(
            read_command(turn.request.text, _before(state)), Understood
        ):
            turn.failed, turn.next = "it looked nothing up", "read"
        return {}

    def _failed(self, turn: Turn, why: str) -> ChatState:
        """Without a model's words: those of the tools, or else the reader's reading."""
        turn.failed, turn.draft = why, ""
        turn.next = "write" if turn.made else "read"
        return {}

    async def _call(self, state: ChatState, runtime: Runtime[Turn]) -> ChatState:
        del state
        turn = runtime.context
        if not turn.by_model:
            await self._obey(turn)
            return {}
        calls, turn.queue = _numbered(turn), []
        turn.messages.append(made_calls(calls))
        for call in calls:
            why = refused_call(turn, call)
            if why:
                await note_refusal(self._db, turn, call, why)
                turn.messages.append(refusal_message(call, why))
                continue
            outcome = await make_call(self._db, self._desk, turn, call)
            turn.messages.append(result_message(call, outcome))
        if turn.used_up:
            turn.messages.append(answer_now())
        turn.next = "think"
        return {}

    async def _obey(self, turn: Turn) -> None:
        while turn.queue:
            outcome = await make_call(self._db, self._desk, turn, turn.queue.pop(0))
            if outcome.asked is not None:
                turn.queue.clear()
        turn.next = "write"

    async def _check(self, state: ChatState, runtime: Runtime[Turn]) -> ChatState:
        del state
        turn = runtime.context
        outcomes = [made.outcome for made in turn.made]
        wrong = wrong_in(turn.draft, outcomes, turn.request.text)
        turn.next = "write"
        if wrong and not turn.redrafts:
            turn.redrafts, turn.next = 1, "think"
            turn.messages += correction(turn.draft, wrong)
        elif wrong:
            self._failed(turn, "its words stated what no result states")
        return {}

    async def _write(self, state: ChatState, runtime: Runtime[Turn]) -> ChatState:
        return remembered(runtime.context.made, runtime.context.about, state.get("listed", []))


def _start(known: dict[str, Any], message_id: str) -> ChatState:
    """The state in which a message is answered: where the thread stands, or stood before it."""
    if known.get("message") == message_id:
        known = known["was"]
    was = {name: known[name] for name in _REMEMBERED if name in known}
    return ChatState(
        customer_id=was.get("customer_id", 0),
        invoice_id=was.get("invoice_id", 0),
        tool=was.get("tool", ""),
        arguments=was.get("arguments", {}),
        pending=was.get("pending", {}),
        listed=was.get("listed", []),
        message=message_id,
        was=was,
    )


def _numbered(turn: Turn) -> list[ToolCall]:
    """The calls with ids of their own: some servers give every call the same."""
    return [
        replace(call, id=f"call_{turn.thoughts}_{place}") for place, call in enumerate(turn.queue)
    ]


def _before(state: ChatState) -> Before:
    waits = state.get("pending") or {}
    pending = None
    if waits:
        choices = tuple((str(v), str(label)) for v, label in waits["choices"])
        pending = Pending(waits["tool"], waits["arguments"], waits["argument"], choices)
    listed = tuple(str(one) for one in state.get("listed", []))
    about = bool(state.get("customer_id"))
    return Before(pending, state.get("tool", ""), state.get("arguments", {}), listed, about)


def remembered(made: Sequence[Made], about: About, listed: Sequence[str] = ()) -> ChatState:
    """What the thread keeps of a turn."""
    state: ChatState = {
        "customer_id": about.customer_id,
        "invoice_id": about.invoice_id,
        "pending": {},
        "listed": list(listed),
    }
    for one in made:
        if one.outcome.listed:
            state["listed"] = [choice.value for choice in one.outcome.listed]
        if one.outcome.asked is not None:
            asked = one.outcome.asked
            state["pending"] = {
                "tool": one.call.name,
                "arguments": dict(one.call.arguments),
                "argument": asked.argument,
                "choices": [[c.value, c.label] for c in asked.choices],
            }
        elif not one.outcome.refused or not acts(one.call.name):
            state["tool"], state["arguments"] = one.call.name, dict(one.call.arguments)
    return state
