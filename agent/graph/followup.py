"""The follow-up graph: facts -> draft -> guard -> redraft once -> template -> propose or give up.

A second draft is asked for once, and only while both fit into the budget of tokens. It runs inside
one job of the customer's lane and keeps ids and small values in its state. There is nothing to
resume: approval waits in the gate and not in the graph, so no node interrupts and no checkpoint is
kept. After a crash the job runs the graph again from the start; the proposal's key makes that
harmless. Each node reads the facts anew in its own transaction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypedDict

from langgraph.graph import END, START, StateGraph

from agent.brain import Brain, Message, Usage
from agent.prompting import render
from agent.tools.account_facts import Brief, account_facts
from agent.tools.propose_email import Draft, leave_to_person, propose_email
from domain.dunning.facts import Violation
from effects.propose import Proposed
from flows.desk import Desk
from flows.followups import Blocked, Quiet
from store.engine import Database

_MOST_DRAFTS = 2
_MOST_TOKENS, _ANSWER_TOKENS, _WISH_TOKENS = 3_000, 450, 250
_DEADLINE = 60.0
_MOST_TOLD = 5


class FollowUpState(TypedDict, total=False):
    """What travels between nodes. `outcome` ends the run: quiet, proposed or blocked."""

    customer_id: int
    now: datetime
    brief: dict[str, Any]
    body: str | None
    drafts: int
    prompt_hash: str
    spent: Usage
    violations: list[str]
    blocked: Blocked | None
    outcome: str
    reason: str
    effect_id: int


Next = Literal["draft", "template", "give_up", "__end__"]


class FollowUpGraph:
    """Runs the graph for one customer at a time; safe to run again."""

    def __init__(self, db: Database, desk: Desk, brain: Brain) -> None:
        self._db, self._desk, self._brain = db, desk, brain
        graph = StateGraph(FollowUpState)
        graph.add_node("facts", self._facts)
        graph.add_node("draft", self._draft)
        graph.add_node("template", self._template)
        graph.add_node("offer", self._offer)
        graph.add_node("give_up", self._give_up)
        graph.add_edge(START, "facts")
        graph.add_conditional_edges("facts", self._after_facts)
        graph.add_edge("draft", "offer")
        graph.add_edge("template", "offer")
        graph.add_conditional_edges("offer", self._after_offer)
        graph.add_edge("give_up", END)
        self._graph = graph.compile()

    async def run(self, customer_id: int, now: datetime) -> FollowUpState:
        """Carry a customer's follow-up as far as it may go without a person."""
        start: FollowUpState = {"customer_id": customer_id, "now": now, "drafts": 0}
        output = await self._graph.ainvoke(start, version="v2")
        state: FollowUpState = output.value
        return state

    async def _facts(self, state: FollowUpState) -> FollowUpState:
        async with self._db.begin() as session:
            found = await account_facts(session, self._desk, state["customer_id"], state["now"])
        if isinstance(found, Quiet):
            return {"outcome": "quiet", "reason": found.reason}
        return {"brief": found.payload() if isinstance(found, Brief) else {}}

    def _after_facts(self, state: FollowUpState) -> Next:
        if "outcome" in state:
            return "__end__"
        return "draft" if self._brain.thinks else "template"

    async def _draft(self, state: FollowUpState) -> FollowUpState:
        prompt = render("followup", **state["brief"])
        ask = (Message("system", prompt.text), Message("user", _wish(state)))
        turn = await self._brain.complete(ask, (), deadline=_DEADLINE, most_tokens=_ANSWER_TOKENS)
        spent = state.get("spent", Usage()) + turn.usage
        if turn.abstained:
            reason = turn.abstained
            return {"body": None, "drafts": _MOST_DRAFTS, "reason": reason, "spent": spent}
        drafts = state["drafts"] + 1
        return {"body": turn.text, "drafts": drafts, "prompt_hash": prompt.hash, "spent": spent}

    async def _template(self, state: FollowUpState) -> FollowUpState:
        del state
        return {"body": None, "drafts": _MOST_DRAFTS}

    async def _offer(self, state: FollowUpState) -> FollowUpState:
        draft = self._draft_of(state)
        async with self._db.begin() as session:
            found = await propose_email(
                session, self._desk, state["customer_id"], draft, state["now"]
            )
        if isinstance(found, Quiet):
            return {"outcome": "quiet", "reason": found.reason}
        if isinstance(found, Proposed):
            return {"outcome": "proposed", "effect_id": found.effect_id, "blocked": None}
        told = [_told(v) for v in found.violations[:_MOST_TOLD]]
        return {"violations": told, "blocked": found}

    def _draft_of(self, state: FollowUpState) -> Draft:
        evidence: dict[str, object] = {}
        if "spent" in state:
            evidence = {"usage": state["spent"].payload(), "refused": state.get("violations", [])}
        if state["body"] is None:
            reason = state.get("reason", "")
            return Draft(evidence=evidence | ({"no_draft": reason} if reason else {}))
        return Draft(state["body"], self._brain.name, state["prompt_hash"], evidence)

    def _after_offer(self, state: FollowUpState) -> Next:
        if "outcome" in state:
            return "__end__"
        if state["body"] is None:
            return "give_up"
        spent = state.get("spent", Usage())
        again = spent.prompt_tokens + _WISH_TOKENS + _ANSWER_TOKENS
        dear = spent.tokens + again > _MOST_TOKENS
        hopeless = not state.get("violations") or state["drafts"] >= _MOST_DRAFTS
        return "template" if dear or hopeless else "draft"

    async def _give_up(self, state: FollowUpState) -> FollowUpState:
        blocked = state["blocked"]
        if blocked is not None:
            async with self._db.begin() as session:
                await leave_to_person(
                    session, self._desk, state["customer_id"], blocked, state["now"]
                )
        return {"outcome": "blocked", "reason": "guard"}


def _wish(state: FollowUpState) -> str:
    """What stays the same in both prompts comes first, so a server may keep it."""
    violations = state.get("violations", [])
    if not violations:
        return "Write the paragraphs."
    return render("followup_redraft", violations=violations).text


def _told(violation: Violation) -> str:
    return f"{violation.kind.value}: {violation.detail}"[:120]
