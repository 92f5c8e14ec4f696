"""The chat graph: read or think -> call -> check -> write. It reads and proposes, nothing else.

Between two messages the thread keeps ids and small values only: whom it is about, the last
question, and a question of ours that waits. Results and texts live for one turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from agent.brain import Brain
from agent.chat import ChatAnswer, ChatRequest, Progress
from agent.command_reader import Before, Pending, SmallTalk, Understood, read_command
from agent.graph.chat_answer import answer_of
from agent.graph.chat_turn import Made, Turn, make_call
from agent.tools.outcome import About
from flows.desk import Desk
from store.engine import Database


class ChatState(TypedDict, total=False):
    """What a thread remembers: ids, the last call, and a question that waits for its answer."""

    customer_id: int
    invoice_id: int
    tool: str
    arguments: dict[str, Any]
    pending: dict[str, Any]


Next = Literal["read", "call", "write"]


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
        graph.add_node("read", self._read)
        graph.add_node("call", self._call)
        graph.add_node("write", self._write)
        graph.add_edge(START, "read")
        graph.add_conditional_edges("read", _after_read)
        graph.add_edge("call", "write")
        graph.add_edge("write", END)
        self._graph = graph.compile(checkpointer=memory or InMemorySaver())

    async def answer(self, request: ChatRequest, *, progress: Progress) -> ChatAnswer:
        """The answer; never raises for what a person or a model says."""
        config: RunnableConfig = {"configurable": {"thread_id": request.thread}}
        known = (await self._graph.aget_state(config)).values
        about = About(known.get("customer_id", 0), known.get("invoice_id", 0))
        turn = Turn(request, progress, about)
        await self._graph.ainvoke({}, config, context=turn, durability="exit", version="v2")
        return answer_of(turn, self._brain.name)

    async def _read(self, state: ChatState, runtime: Runtime[Turn]) -> ChatState:
        turn = runtime.context
        command = read_command(turn.request.text, _before(state))
        if isinstance(command, Understood):
            turn.queue = list(command.calls)
        turn.small = command.kind if isinstance(command, SmallTalk) else ""
        return {}

    async def _call(self, state: ChatState, runtime: Runtime[Turn]) -> ChatState:
        del state
        turn = runtime.context
        while turn.queue:
            outcome = await make_call(self._db, self._desk, turn, turn.queue.pop(0))
            if outcome.asked is not None:
                turn.queue.clear()
        return {}

    async def _write(self, state: ChatState, runtime: Runtime[Turn]) -> ChatState:
        del state
        return remembered(runtime.context.made, runtime.context.about)


def _after_read(state: ChatState, runtime: Runtime[Turn]) -> Next:
    del state
    return "call" if runtime.context.queue else "write"


def _before(state: ChatState) -> Before:
    waits = state.get("pending") or {}
    pending = None
    if waits:
        choices = tuple((str(v), str(label)) for v, label in waits["choices"])
        pending = Pending(waits["tool"], waits["arguments"], waits["argument"], choices)
    return Before(pending, state.get("tool", ""), state.get("arguments", {}))


def remembered(made: Sequence[Made], about: About) -> ChatState:
    """What the thread keeps of a turn."""
    state: ChatState = {
        "customer_id": about.customer_id,
        "invoice_id": about.invoice_id,
        "pending": {},
    }
    for one in made:
        if one.outcome.asked is not None:
            asked = one.outcome.asked
            state["pending"] = {
                "tool": one.call.name,
                "arguments": dict(one.call.arguments),
                "argument": asked.argument,
                "choices": [[c.value, c.label] for c in asked.choices],
            }
        elif not one.outcome.refused:
            state["tool"], state["arguments"] = one.call.name, dict(one.call.arguments)
    return state
