"""The reply graph: take in -> read -> decide and act.

Taking in and acting are one transaction each; the reading between them holds no connection, so a
slow model blocks nothing. A crash anywhere leaves the event pending and the job runs again:
touchpoint, promise, holds, work item and answer are unique by key. Remittance that a mail carries
is read by a job of its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypedDict

from langgraph.graph import END, START, StateGraph

from agent.brain import Brain
from agent.extract import read_reply
from domain.dunning.reply import Reading
from flows.desk import Desk
from flows.remittance_mail import after_arrival, after_reply
from flows.replies import Finished, HumanReply, act, take_in
from store.engine import Database


class ReplyState(TypedDict, total=False):
    """What travels between nodes. `actions` are the names of what was done."""

    event_id: int
    now: datetime
    reply: HumanReply
    reading: Reading
    outcome: str
    actions: list[str]


class ReplyGraph:
    """Runs the graph for one inbound mail at a time; safe to run again."""

    def __init__(self, db: Database, desk: Desk, brain: Brain) -> None:
        self._db, self._desk, self._brain = db, desk, brain
        graph = StateGraph(ReplyState)
        graph.add_node("take_in", self._take_in)
        graph.add_node("read", self._read)
        graph.add_node("act", self._act)
        graph.add_edge(START, "take_in")
        graph.add_conditional_edges("take_in", _after_take_in)
        graph.add_edge("read", "act")
        graph.add_edge("act", END)
        self._graph = graph.compile()

    async def run(self, event_id: int, now: datetime) -> ReplyState:
        """Work off one stored mail."""
        start: ReplyState = {"event_id": event_id, "now": now}
        output = await self._graph.ainvoke(start, version="v2")
        state: ReplyState = output.value
        return state

    async def _take_in(self, state: ReplyState) -> ReplyState:
        async with self._db.begin() as session:
            found = await take_in(session, self._desk, state["event_id"], state["now"])
            if isinstance(found, Finished):
                await after_arrival(session, state["event_id"], found)
        if isinstance(found, Finished):
            return {"outcome": found.what}
        return {"reply": found}

    async def _read(self, state: ReplyState) -> ReplyState:
        reply = state["reply"]
        reading = await read_reply(
            self._brain,
            reply.mail.new_text,
            reply.case.account,
            reply.written_on,
            reply.case.calendar,
            sender=reply.mail.sender,
            subject=reply.mail.subject,
            attachments=tuple(file.filename for file in reply.mail.attachments),
            mask_names=reply.case.policy.mask_names,
        )
        return {"reading": reading}

    async def _act(self, state: ReplyState) -> ReplyState:
        async with self._db.begin() as session:
            actions = await act(session, self._desk, state["reply"], state["reading"], state["now"])
            await after_reply(session, self._desk, state["reply"], state["reading"])
        return {"outcome": "acted", "actions": [type(action).__name__ for action in actions]}


def _after_take_in(state: ReplyState) -> Literal["read", "__end__"]:
    return "__end__" if "outcome" in state else "read"
