"""What a model is told in a conversation, and what is made of what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from agent.brain import Message, ToolCall, ToolSpec
from agent.graph.chat_answer import words_of
from agent.graph.chat_turn import Turn
from agent.grounding.groups import known_from
from agent.grounding.provenance import Said, invented
from agent.prompting import render
from agent.tools.catalogue import TOOLS
from agent.tools.outcome import Outcome
from flows.desk import Desk

_LONGEST_RESULT = 4_000
_LONGEST_MESSAGE = 4_000
_MOST_ROWS = 10
_ADDRESS = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,250}\.[a-zA-Z]{2,20}")
_NOW_ANSWER = "No more calls. Answer now in words, from the results above only."


def opening(desk: Desk, turn: Turn) -> list[Message]:
    """The first messages: what is stable first, so that servers can cache it."""
    rules = render("chat", company=desk.sender.company)
    request = turn.request
    context = {
        "today": turn.today.isoformat(),
        "person": request.by.name,
        "role": request.by.role.value,
        "talking_about": list(turn.labels),
        "last_tool": turn.last_tool,
        "last_arguments": turn.kept,
    }
    told = json.dumps(context, ensure_ascii=False)
    said = request.text[:_LONGEST_MESSAGE]
    return [
        Message("system", rules.text),
        Message("user", f"Context (data): {told}\n\n{said}"),
    ]


def offered(turn: Turn) -> tuple[ToolSpec, ...]:
    """Tools for this message: reads the role may do, and acts that the message asks for."""
    role, said = turn.request.by.role, turn.request.text
    return tuple(tool.spec() for tool in TOOLS.values() if tool.offered_for(role, said))


def refused_call(turn: Turn, call: ToolCall) -> str:
    """Why a call is not made, in words that repeat no value; empty when it may be."""
    tool = TOOLS.get(call.name)
    if tool is None or not tool.offered_for(turn.request.by.role, turn.request.text):
        return "This tool is not offered for this question."
    if turn.answered(call) is not None:
        return "You asked this already; the answer stands above."
    if turn.used_up:
        return _NOW_ANSWER
    said = Said(
        turn.request.text,
        turn.today,
        turn.labels,
        known_from(made.outcome for made in turn.made),
        turn.kept,
    )
    wrong = invented(tool, call.arguments, said)
    if wrong:
        names = ", ".join(sorted(wrong))
        return f"The person did not say this: {names}. Leave it empty or ask them."
    return ""


def result_message(call: ToolCall, outcome: Outcome) -> Message:
    """A result as data: plain words, the first rows, and strangers' words under their own name.

    Mail addresses stay here: no question needs them answered.
    """
    body: dict[str, object] = {"ok": not outcome.refused, "says": outcome.text}
    if outcome.tables:
        body["tables"] = [
            {"columns": t.columns, "rows": t.rows[:_MOST_ROWS], "more": t.more}
            for t in outcome.tables
        ]
    if outcome.quotes:
        body["customer_words"] = [
            {"who": "the customer", "day": q.on.isoformat(), "words": q.words}
            for q in outcome.quotes
        ]
    if outcome.acts:
        body["happened"] = [act.words for act in outcome.acts]
    if outcome.asked is not None:
        body["question"] = words_of(outcome)
        body["choices"] = [choice.label for choice in outcome.asked.choices]
    text = _ADDRESS.sub("[address]", json.dumps(body, ensure_ascii=False))[:_LONGEST_RESULT]
    return Message("tool", text, call_id=call.id)


def refusal_message(call: ToolCall, why: str) -> Message:
    """A call that was not made, with the reason."""
    return Message("tool", json.dumps({"ok": False, "error": why}), call_id=call.id)


def made_calls(calls: Sequence[ToolCall]) -> Message:
    """The model's own message that made these calls, as it is sent back to it."""
    return Message("assistant", "", calls=tuple(calls))


def answer_now() -> Message:
    """The end of calling."""
    return Message("user", _NOW_ANSWER)


def correction(draft: str, wrong: Sequence[str]) -> list[Message]:
    """What was wrong with a draft, once."""
    lines = "\n".join(f"- {one}" for one in wrong)
    return [
        Message("assistant", draft[:_LONGEST_MESSAGE]),
        Message(
            "user",
            "That cannot be said:\n"
            f"{lines}\nAnswer again, only with what the results state, letter by letter.",
        ),
    ]
