"""Any OpenAI-compatible server as a Brain. The only module that talks to a language model.

chat.completions is the portable path. What the server says is never trusted: calls of tools that
were not offered are dropped, JSON is validated against its schema, cut-off text is no text.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from agent.brain import Extraction, Message, ToolCall, ToolSpec, Turn, Usage, Value

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion

logger = logging.getLogger(__name__)
_FENCED = re.compile(r"\s*```(?:json)?\s*(\{.*\})\s*```\s*", re.DOTALL)
_CHARACTERS_PER_TOKEN = 3
_MOST_CALLS = 8
_PROBE = ToolSpec(
    "say_number",
    "Say a number.",
    {
        "type": "object",
        "properties": {"number": {"type": "integer"}},
        "required": ["number"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Which server and model, and what one request may cost. Times in seconds."""

    model: str
    api_key: str = field(default="", repr=False)
    base_url: str = ""
    timeout: float = 45.0
    max_retries: int = 2
    prompt_tokens: int = 12_000
    completion_tokens: int = 1_200


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the server really does, found out by asking; `detail` says what is missing."""

    reachable: bool
    tools: bool
    detail: str


@dataclass(frozen=True, slots=True)
class _Failure:
    reason: str


class OpenAIBrain:
    """A model behind `config`. `spent` adds up over its life."""

    thinks = True

    def __init__(self, config: ModelConfig) -> None:
        self.name = f"openai:{config.model}"
        self.spent = Usage()
        self._config = config
        self._known: AsyncOpenAI | None = None

    async def complete(
        self,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        *,
        deadline: float,
        most_tokens: int | None = None,
    ) -> Turn:
        """The next turn; abstains on any failure, refusal or cut-off answer."""
        options: dict[str, Any] = {"tools": [_tool(t) for t in tools]} if tools else {}
        if most_tokens is not None:
            options["max_tokens"] = min(most_tokens, self._config.completion_tokens)
        answer = await self._ask([_message(m) for m in messages], options, deadline)
        if isinstance(answer, _Failure):
            return Turn(abstained=answer.reason)
        return _turn(answer, {t.name for t in tools}, _usage(answer))

    async def extract(self, schema: type[Value], text: str, instructions: str) -> Extraction[Value]:
        """Ask once, let the model repair an invalid answer once, else abstain."""
        messages = [
            {"role": "system", "content": instructions},
            {"role": "user", "content": text},
        ]
        usage, reason = Usage(), ""
        for _ in range(2):
            answer = await self._ask(messages, _format(schema), self._config.timeout)
            if isinstance(answer, _Failure):
                return Extraction(None, usage, answer.reason)
            usage += _usage(answer)
            said = _bare(_text(answer))
            try:
                return Extraction(schema.model_validate_json(said), usage)
            except ValidationError as error:
                reason = _complaint(error)
            messages += [
                {"role": "assistant", "content": said[:4_000]},
                {"role": "user", "content": f"That is not valid: {reason} Answer again."},
            ]
        return Extraction(None, usage, f"the model's answer is not valid: {reason}")

    async def probe(self) -> Capabilities:
        """Whether the server answers, and whether an offered tool really gets called."""
        ask = Message("user", "Call say_number with 7. Do not answer in words.")
        turn = await self.complete([ask], [_PROBE], deadline=self._config.timeout)
        if turn.abstained:
            return Capabilities(reachable=False, tools=False, detail=turn.abstained)
        called = any(c.name == _PROBE.name and c.arguments.get("number") == 7 for c in turn.calls)
        detail = "" if called else "this server ignores tools"
        return Capabilities(reachable=True, tools=called, detail=detail)

    async def _ask(
        self, messages: Sequence[Mapping[str, Any]], options: Mapping[str, Any], deadline: float
    ) -> ChatCompletion | _Failure:
        import openai

        size = sum(len(m["content"] or "") for m in messages) // _CHARACTERS_PER_TOKEN
        if size > self._config.prompt_tokens:
            return _Failure("the text is too long for the token budget")
        create: Any = self._client().chat.completions.create
        try:
            async with asyncio.timeout(deadline):
                answer: ChatCompletion = await create(
                    model=self._config.model,
                    messages=messages,
                    temperature=0,
                    **{"max_tokens": self._config.completion_tokens, **options},
                )
        except (TimeoutError, openai.APITimeoutError):
            return _Failure("the model did not answer in time")
        except openai.APIStatusError as error:
            return _Failure(f"the model server answered {error.status_code}")
        except openai.OpenAIError as error:
            return _Failure(f"the model server cannot be used: {type(error).__name__}")
        if not getattr(answer, "choices", None):
            return _Failure("the model server's answer is not a completion")
        used = _usage(answer)
        self.spent += used
        logger.info("%s used %s", self.name, used.payload())
        return answer

    def _client(self) -> AsyncOpenAI:
        if self._known is None:
            from openai import AsyncOpenAI

            self._known = AsyncOpenAI(
                api_key=self._config.api_key or "none",
                base_url=self._config.base_url or None,
                timeout=self._config.timeout,
                max_retries=self._config.max_retries,
            )
        return self._known

    async def close(self) -> None:
        """Give back the connections."""
        if self._known is not None:
            await self._known.close()
            self._known = None


def _message(message: Message) -> dict[str, Any]:
    told: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.calls:
        told["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": json.dumps(dict(call.arguments))},
            }
            for call in message.calls
        ]
    return told | ({"tool_call_id": message.call_id} if message.call_id else {})


def _tool(tool: ToolSpec) -> dict[str, object]:
    return {
        "type": "function",
        "function": {
            "name": tool.name,
            "description": tool.description,
            "parameters": dict(tool.parameters),
        },
    }


def _format(schema: type[Value]) -> dict[str, Any]:
    return {
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": schema.__name__,
                "schema": schema.model_json_schema(),
                "strict": True,
            },
        }
    }


def _turn(answer: ChatCompletion, offered: set[str], usage: Usage) -> Turn:
    choice = answer.choices[0]
    calls = _calls(choice.message.tool_calls or (), offered) or _salvaged(_text(answer), offered)
    if calls:
        return Turn(calls=calls, usage=usage)
    if choice.finish_reason == "length":
        return Turn(usage=usage, abstained="the model's answer was cut off")
    text = _text(answer).strip()
    return Turn(text, usage=usage, abstained="" if text else "the model said nothing")


def _calls(raw: Sequence[Any], offered: set[str]) -> tuple[ToolCall, ...]:
    """Well-formed calls of offered tools; all others are as if they were not made."""
    found: list[ToolCall] = []
    for call in raw[:_MOST_CALLS]:
        function = getattr(call, "function", None)
        if function is None or function.name not in offered:
            continue
        arguments = _object(function.arguments)
        if arguments is not None:
            found.append(ToolCall(call.id, function.name, arguments))
    return tuple(found)


def _salvaged(text: str, offered: set[str]) -> tuple[ToolCall, ...]:
    """The call in an answer that is nothing but one fenced JSON object: some servers do that."""
    fenced = _FENCED.fullmatch(text)
    said = _object(fenced.group(1)) if fenced and offered else None
    name = said.get("name") if said else None
    arguments = said.get("arguments") if said else None
    if isinstance(name, str) and name in offered and isinstance(arguments, Mapping):
        return (ToolCall("salvaged", name, arguments),)
    return ()


def _object(text: str) -> Mapping[str, object] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _bare(text: str) -> str:
    """The object of an answer that is nothing but one in a fence, as some servers write it."""
    fenced = _FENCED.fullmatch(text)
    return fenced.group(1) if fenced else text


def _text(answer: ChatCompletion) -> str:
    return answer.choices[0].message.content or ""


def _usage(answer: ChatCompletion) -> Usage:
    counted = answer.usage
    if counted is None:
        return Usage(requests=1)
    return Usage(1, counted.prompt_tokens or 0, counted.completion_tokens or 0)


def _complaint(error: ValidationError) -> str:
    """What is wrong, without the offending input."""
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "the answer"
    return f"{place}: {first['msg']}."[:300]
