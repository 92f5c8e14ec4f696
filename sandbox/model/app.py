"""The chat.completions endpoint of a scripted model, as an ASGI application."""

from __future__ import annotations

import asyncio
import hmac

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.model.script import (
    Call,
    Calls,
    Deaf,
    Fail,
    Fenced,
    Hang,
    Json,
    Nonsense,
    Overflow,
    Refuse,
    Say,
    Script,
    Slow,
    Step,
)
from sandbox.model.wire import Message, called, completion, error, fenced, streamed


def build_model_app(script: Script, *, api_key: str = "") -> Starlette:
    """An OpenAI-compatible server; with `api_key` it refuses everybody else."""

    async def completions(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        if api_key and not hmac.compare_digest(given.encode(), f"Bearer {api_key}".encode()):
            return error(401, "Incorrect API key provided")
        body: Json = await request.json()
        return await _answer(script.next(body), body)

    return Starlette(
        routes=[Route("/v1/chat/completions", completions, methods=["POST"])],
    )


async def _answer(step: Step, request: Json) -> Response:
    match step:
        case Fail(status, retry_after):
            headers = {} if retry_after is None else {"retry-after": str(retry_after)}
            return error(status, "The sandbox was told to fail", headers)
        case Overflow(most):
            words = f"This model's maximum context length is {most} tokens."
            return error(400, words, code="context_length_exceeded")
        case Hang(seconds):
            await asyncio.sleep(seconds)
            return error(503, "The sandbox woke up")
        case Slow(seconds, then):
            await asyncio.sleep(seconds)
            return await _answer(then, request)
        case Nonsense():
            return JSONResponse({"hello": "world"})
        case Say() | Call() | Calls() | Fenced() | Deaf() | Refuse():
            return _said(_message(step), request)


def _message(step: Say | Call | Calls | Fenced | Deaf | Refuse) -> Message:
    match step:
        case Say(text, cut_off):
            return Message({"content": text}, "length" if cut_off else "stop")
        case Deaf(text):
            return Message({"content": text}, "stop")
        case Refuse(reason):
            return Message({"content": None, "refusal": reason}, "stop")
        case Fenced(name, arguments):
            return Message({"content": fenced(name, arguments)}, "stop")
        case Call():
            return Message({"content": None, **called([step])}, "tool_calls")
        case Calls(calls):
            return Message({"content": None, **called(calls)}, "tool_calls")


def _said(message: Message, request: Json) -> Response:
    if request.get("stream") is True:
        return streamed(request, message)
    return completion(request, message)
