"""The loopback server answers, stops, and can cut a connection without answering."""

from __future__ import annotations

import socket

import httpx
import pytest

from sandbox.serving import LoopbackServer, Receive, Scope, Send, drop_connection


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """Say hello, or hang up on /drop."""
    if scope["type"] != "http":
        return
    if scope["path"] == "/drop":
        await drop_connection(send)
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


def test_answers_on_loopback_and_stops() -> None:
    with LoopbackServer(hello) as server:
        assert server.url == f"http://127.0.0.1:{server.port}"
        assert httpx.get(server.url).text == "hello"
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)


async def test_is_an_async_context_manager_too() -> None:
    async with LoopbackServer(hello) as server, httpx.AsyncClient() as client:
        assert (await client.get(server.url)).text == "hello"


def test_a_dropped_connection_gives_no_response() -> None:
    with LoopbackServer(hello) as server:
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{server.url}/drop")
        assert httpx.get(server.url).text == "hello"


def test_a_taken_port_is_refused_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            LoopbackServer(hello, port=taken.getsockname()[1])
