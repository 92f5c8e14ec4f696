"""The chat.completions endpoint of a scripted model, as an ASGI application."""

from __future__ import annotations

import asyncio
import hmac
import json

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.model.script import Call, Fail, Fenced, Hang, Json, Nonsense, Say, Script, Step


def build_model_app(script: Script, *, api_key: str = "") -> Starlette:
    """An OpenAI-compatible server; with `api_key` it refuses everybody else."""

    async def completions(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        if api_key and not hmac.compare_digest(given.encode(), f"Bearer {api_key}".encode()):
            return _error(401, "Incorrect API key provided")
        body: Json = await request.json()
        return await _answer(script.next(body), body)

    return Starlette(
        routes=[Route("/v1/chat/completions", completions, methods=["POST"])],
    )


async def _answer(step: Step, request: Json) -> Response:
    match step:
        case Fail(status, retry_after):
            headers = {} if retry_after is None else {"retry-after": str(retry_after)}
            return _error(status, "The sandbox was told to fail", headers)
        case Hang(seconds):
            await asyncio.sleep(seconds)
            return _error(503, "The sandbox woke up")
        case Nonsense():
            return JSONResponse({"hello": "world"})
        case Say(text, cut_off):
            return _completion(request, {"content": text}, "length" if cut_off else "stop")
        case Fenced(name, arguments):
            said = json.dumps({"name": name, "arguments": arguments})
            return _completion(request, {"content": f"```json\n{said}\n```"}, "stop")
        case Call(name, arguments):
            return _completion(request, {"content": None, **_call(name, arguments)}, "tool_calls")


def _call(name: str, arguments: Json | str) -> dict[str, object]:
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    function = {"name": name, "arguments": text}
    return {"tool_calls": [{"id": "call_1", "type": "function", "function": function}]}


def _completion(request: Json, message: dict[str, object], finish: str) -> Response:
    prompt = len(json.dumps(request.get("messages"))) // 4
    written = len(str(message.get("content") or "")) // 4 + 1
    return JSONResponse(
        {
            "id": "chatcmpl-sandbox",
            "object": "chat.completion",
            "created": 0,
            "model": request.get("model"),
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", **message},
                    "finish_reason": finish,
                    "logprobs": None,
                }
            ],
            "usage": {
                "prompt_tokens": prompt,
                "completion_tokens": written,
                "total_tokens": prompt + written,
            },
        }
    )


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    content = {"error": {"message": message, "type": "sandbox", "param": None, "code": None}}
    return JSONResponse(content, status, headers)
