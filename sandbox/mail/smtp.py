"""The submission server: authenticated SMTP that keeps what it accepts, and fails on request."""

from __future__ import annotations

import asyncio
import hmac
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from sandbox.mail.faults import Fault, FaultPlan
from sandbox.mail.store import SENT, Accepted, MailStore

HOST_NAME = "mx.larkfield.example"
_SIZE_LIMIT = 26_214_400
_REFUSALS = {
    "550": "550 5.1.1 No such user here",
    "451": "451 4.3.0 Temporary failure, try again later",
    "452": "452 4.3.1 Insufficient system storage",
}


@dataclass(frozen=True, slots=True)
class Login:
    """Who may submit mail and read it."""

    username: str
    password: str

    def matches(self, username: str, password: str) -> bool:
        """Constant-time in the password."""
        same = hmac.compare_digest(self.password.encode(), password.encode())
        return username == self.username and same


class Submission:
    """aiosmtpd's hooks: authentication, refusals, and keeping the message."""

    def __init__(
        self,
        store: MailStore,
        login: Login,
        faults: FaultPlan,
        arrived: Callable[[Accepted], None],
    ) -> None:
        self._store = store
        self._login = login
        self._faults = faults
        self._arrived = arrived
        hooks = {"MAIL": self._on_mail, "RCPT": self._on_rcpt, "DATA": self._on_data}
        for verb, hook in hooks.items():
            setattr(self, f"handle_{verb}", hook)

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        """Check PLAIN and LOGIN credentials."""
        if mechanism not in ("LOGIN", "PLAIN") or not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        username = data.login.decode("utf-8", "replace")
        password = data.password.decode("utf-8", "replace")
        return AuthResult(success=self._login.matches(username, password), handled=False)

    async def _on_mail(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Ok"

    async def _on_rcpt(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _opts: list[str]
    ) -> str:
        fault = self._faults.take("rcpt", address)
        if fault is not None:
            fault.strike()
            return _REFUSALS.get(fault.do, _REFUSALS["451"])
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def _on_data(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        fault = self._faults.take("data", " ".join(envelope.rcpt_tos))
        if fault is None:
            return f"250 2.0.0 Ok: queued as {self._keep(envelope)}"
        return await self._misbehave(server, envelope, fault)

    async def _misbehave(self, server: SMTP, envelope: Envelope, fault: Fault) -> str:
        if fault.do in _REFUSALS:
            return _REFUSALS[fault.do]
        if fault.do == "kill" and fault.moment == "before":
            fault.strike()
            return await _hang_up(server)
        queued = self._keep(envelope)
        fault.strike()
        if fault.do == "kill" and fault.moment == "during":
            return f"250 2.0.0 Ok: queued as {queued}"
        if fault.do == "hang" or (fault.moment == "after" and fault.do == "kill"):
            await asyncio.sleep(fault.seconds)
        return await _hang_up(server)

    def _keep(self, envelope: Envelope) -> str:
        """Store, file the sender's copy, pass it on. Returns the queue id."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        message = self._store.accept(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw)
        self._store.file(self._login.username, SENT, raw, frozenset({"\\Seen"}))
        self._arrived(message)
        return f"L{message.id:06d}"


async def _hang_up(server: SMTP) -> str:
    transport = server.transport
    if isinstance(transport, asyncio.Transport):
        transport.abort()
    await asyncio.sleep(0)
    raise asyncio.CancelledError


class _HangUp(asyncio.Protocol):
    """A connection that is closed as soon as it is made."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.abort()


async def serve_smtp(
    listening: socket.socket, submission: Submission, faults: FaultPlan
) -> asyncio.Server:
    """Listen on a bound socket, in the running loop."""
    loop = asyncio.get_running_loop()

    def connection() -> asyncio.Protocol:
        fault = faults.take("connect")
        if fault is not None:
            fault.strike()
            if fault.moment != "during":
                return _HangUp()
        return SMTP(
            submission,
            data_size_limit=_SIZE_LIMIT,
            hostname=HOST_NAME,
            ident="Larkfield ESMTP",
            authenticator=submission.authenticate,
            auth_require_tls=False,
            loop=loop,
        )

    return await loop.create_server(connection, sock=listening)
