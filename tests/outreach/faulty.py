"""A mail server that misbehaves on request, and keeps what it really took."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import warnings
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class FaultyServer:
    """The running server. `bodies` are the messages whose final dot arrived."""

    port: int = 0
    bodies: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    mail_answer: str = ""
    rcpt_answers: dict[str, str] = field(default_factory=dict)
    data_answer: str = "250 2.0.0 queued as X1"
    after_dot: str = ""
    password: str = ""
    tls: ssl.SSLContext | None = None
    wrapped: bool = False

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if self.mail_answer:
            return self.mail_answer
        envelope.mail_from = address
        self.senders.append(address)
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        answer = self.rcpt_answers.get(address, "250 OK")
        if answer == "cut":
            _abort(server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.bodies.append(envelope.content)
        if self.after_dot == "cut":
            _abort(server)
        if self.after_dot == "hang":
            await asyncio.sleep(30)
        return self.data_answer

    def authenticate(self, *attempt: object) -> AuthResult:
        data = attempt[-1]
        right = isinstance(data, LoginPassword) and data.password == self.password.encode()
        return AuthResult(success=right, handled=False)


def _abort(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


@asynccontextmanager
async def faulty_server(**faults: Any) -> AsyncGenerator[FaultyServer]:
    """Run a server on a free port of the loopback interface."""
    handler = FaultyServer(**faults)
    sessions: list[SMTP] = []

    def protocol() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            sessions.append(_session(handler))
        return sessions[-1]

    wrapped = handler.tls if handler.wrapped else None
    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=wrapped)
    handler.port = server.sockets[0].getsockname()[1]
    try:
        yield handler
    finally:
        server.close()
        for session in sessions:
            if session.transport is not None:
                _abort(session)
        await server.wait_closed()
        await asyncio.gather(*(_ended(session) for session in sessions))


def _session(handler: FaultyServer) -> SMTP:
    """One session; aiosmtpd warns about passwords without TLS, which loopback needs not."""
    return SMTP(
        handler,
        authenticator=handler.authenticate,
        auth_required=bool(handler.password),
        auth_require_tls=False,
        tls_context=None if handler.wrapped else handler.tls,
        loop=asyncio.get_running_loop(),
    )


async def _ended(session: SMTP) -> None:
    task = session._handler_coroutine
    with contextlib.suppress(asyncio.CancelledError, ConnectionError):
        if task is not None:
            task.cancel()
            await task
