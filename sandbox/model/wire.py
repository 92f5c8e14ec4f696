"""How an OpenAI-compatible server writes its answers: whole, in a stream, or as an error."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from sandbox.model.script import Call, Json

_PIECE = 12


@dataclass(frozen=True, slots=True)
class Message:
    """The assistant's message and why it ended."""

    body: Mapping[str, Any]
    finish: str


def called(calls: Sequence[Call]) -> dict[str, object]:
    """Calls as the protocol writes them."""
    return {
        "tool_calls": [
            {
                "id": f"call_{n}",
                "type": "function",
                "function": {"name": call.name, "arguments": _text(call.arguments)},
            }
            for n, call in enumerate(calls, 1)
        ]
    }


def fenced(name: str, arguments: Json) -> str:
    """A call as one fenced JSON object."""
    return f"```json\n{json.dumps({'name': name, 'arguments': dict(arguments)})}\n```"


def _text(arguments: Json | str) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments)


def completion(request: Json, message: Message) -> Response:
    """The answer as one object."""
    return JSONResponse(
        {
            **_head(request, "chat.completion"),
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", **message.body},
                    "finish_reason": message.finish,
                    "logprobs": None,
                }
            ],
            "usage": _usage(request, message),
        }
    )


def streamed(request: Json, message: Message) -> Response:
    """The answer as server-sent events: pieces of the text or of the calls, the end, the usage."""

    async def events() -> AsyncGenerator[str]:
        yield _event(request, {"role": "assistant"}, None)
        for delta in _deltas(message.body):
            yield _event(request, delta, None)
        yield _event(request, {}, message.finish)
        last = {
            **_head(request, "chat.completion.chunk"),
            "choices": [],
            "usage": _usage(request, message),
        }
        yield f"data: {json.dumps(last)}\n\n"
        yield "data: [DONE]\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


def _deltas(body: Mapping[str, Any]) -> list[dict[str, object]]:
    text = str(body.get("content") or "")
    found: list[dict[str, object]] = [
        {"content": text[at : at + _PIECE]} for at in range(0, len(text), _PIECE)
    ]
    if body.get("refusal"):
        found.append({"refusal": body["refusal"]})
    for index, call in enumerate(body.get("tool_calls", ())):
        arguments = call["function"]["arguments"]
        begin = {**call, "index": index, "function": {**call["function"], "arguments": ""}}
        found.append({"tool_calls": [begin]})
        found += [
            {
                "tool_calls": [
                    {"index": index, "function": {"arguments": arguments[at : at + _PIECE]}}
                ]
            }
            for at in range(0, len(arguments), _PIECE)
        ]
    return found


def _event(request: Json, delta: Mapping[str, object], finish: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    body = {**_head(request, "chat.completion.chunk"), "choices": [choice]}
    return f"data: {json.dumps(body)}\n\n"


def _head(request: Json, kind: str) -> dict[str, object]:
    return {"id": "chatcmpl-sandbox", "object": kind, "created": 0, "model": request.get("model")}


def _usage(request: Json, message: Message) -> dict[str, int]:
    prompt = len(json.dumps([request.get("messages"), request.get("tools")])) // 4
    written = len(json.dumps(message.body)) // 4 + 1
    return {
        "prompt_tokens": prompt,
        "completion_tokens": written,
        "total_tokens": prompt + written,
    }


def error(
    status: int, message: str, headers: dict[str, str] | None = None, *, code: str | None = None
) -> Response:
    """An error as servers word it."""
    content = {"error": {"message": message, "type": "sandbox", "param": None, "code": code}}
    return JSONResponse(content, status, headers)
