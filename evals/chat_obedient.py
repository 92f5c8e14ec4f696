"""A model that does as it is told, for measuring: it calls what the reader would, then repeats.

It shows what a conversation costs and that the guards let an honest model speak.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from agent.command_reader import Before, Understood, read_command
from sandbox.model.script import Call, Calls, Say, Step


def obey(request: Mapping[str, Any]) -> Step:
    """The next step of an honest model for a chat.completions request."""
    messages: Sequence[Mapping[str, Any]] = request["messages"]
    results = [json.loads(m["content"]) for m in messages if m["role"] == "tool"]
    if results or not request.get("tools"):
        return Say(_repeat(results))
    context, _, said = str(messages[1]["content"]).partition("\n\n")
    known = json.loads(context.partition("Context (data): ")[2])
    offered = {tool["function"]["name"] for tool in request["tools"]}
    command = read_command(
        said, Before(tool=str(known["last_tool"]), arguments=known["last_arguments"])
    )
    calls = command.calls if isinstance(command, Understood) else ()
    wanted = [Call(c.name, dict(c.arguments)) for c in calls if c.name in offered]
    return Calls(tuple(wanted)) if wanted else Say("I can look that up when you name it.")


def _repeat(results: Sequence[Mapping[str, Any]]) -> str:
    lines = []
    for result in results:
        lines.append(str(result.get("says") or result.get("error") or ""))
        lines += [f'They wrote: "{q["words"]}"' for q in result.get("customer_words", ())]
    return "\n".join(line for line in lines if line) or "Here you are."
