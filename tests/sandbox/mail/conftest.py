"""A mail server on free loopback ports, with its faults within reach."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.mail.faults import FaultPlan
from sandbox.mail.imap import serve_imap
from sandbox.mail.smtp import Login, Submission, serve_smtp
from sandbox.mail.store import Accepted, MailStore
from sandbox.sockets import listen

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LOGIN = Login("ar@seller.example", "open sesame")


@dataclass(frozen=True)
class MailServer:
    smtp_port: int
    imap_port: int
    store: MailStore
    faults: FaultPlan
    arrived: list[Accepted]


@pytest.fixture
async def mail(tmp_path: Path) -> AsyncIterator[MailServer]:
    store, faults = MailStore(tmp_path / "mail.db", lambda: NOW), FaultPlan()
    arrived: list[Accepted] = []
    store.open_mailbox(LOGIN.username)
    smtp_socket, imap_socket = listen(0), listen(0)
    ports = smtp_socket.getsockname()[1], imap_socket.getsockname()[1]
    submission = Submission(store, LOGIN, faults, arrived.append)
    smtp = await serve_smtp(smtp_socket, submission, faults)
    imap = await serve_imap(imap_socket, store, LOGIN)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(store.close)
        stack.callback(imap.close)
        stack.callback(smtp.close)
        yield MailServer(*ports, store, faults, arrived)
