"""Our SMTP and IMAP clients against the mail server that the demo uses."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outreach.envelope import Envelope, Sent
from outreach.mailer import Security, SmtpAccount, send
from outreach.message import Mailbox, Outgoing, build
from sandbox.mail.faults import FaultPlan
from sandbox.mail.imap import serve_imap
from sandbox.mail.smtp import Login, Submission, serve_smtp
from sandbox.mail.store import INBOX, SENT, MailStore
from sandbox.sockets import listen
from sources.mail.imap import (
    Cursor,
    Fetched,
    ImapAccount,
    MailboxUnavailable,
    fetch_new,
    find_sent,
    wait_for_mail,
)

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
BOX = Mailbox("ar@seller.example", "Halden Robotics")
LOGIN = Login(BOX.address, "open sesame")
MAIL = Outgoing(
    mailbox=BOX,
    to=("dana@corvel.example",),
    subject="Invoice INV-1",
    text="INV-1: 100.00 USD\n",
    html="<p>INV-1: 100.00 USD</p>",
    message_id="<m1@seller.example>",
    reply_to=BOX.reply_address("abcdefgh23456727"),
    sent_at=NOW,
)


@dataclass(frozen=True)
class World:
    store: MailStore
    smtp: SmtpAccount
    imap: ImapAccount


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    store, faults = MailStore(tmp_path / "mail.db", lambda: NOW), FaultPlan()
    store.open_mailbox(LOGIN.username)
    smtp_socket, imap_socket = listen(0), listen(0)
    smtp_port, imap_port = smtp_socket.getsockname()[1], imap_socket.getsockname()[1]
    submission = Submission(store, LOGIN, faults, lambda _message: None)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(store.close)
        for server in (
            await serve_smtp(smtp_socket, submission, faults),
            await serve_imap(imap_socket, store, LOGIN),
        ):
            stack.callback(server.close)
        name, word = LOGIN.username, LOGIN.password
        yield World(
            store,
            SmtpAccount("127.0.0.1", smtp_port, Security.NONE, name, word, timeout=5),
            ImapAccount("127.0.0.1", imap_port, name, word, "none", timeout=5),
        )


async def test_what_was_sent_is_found_in_the_sent_folder(world: World) -> None:
    assert not await find_sent(world.imap, MAIL.message_id, SENT)
    envelope = Envelope(BOX.bounce_address("abcdefgh23456727"), MAIL.to)
    assert isinstance(await send(world.smtp, envelope, build(MAIL)), Sent)
    assert await find_sent(world.imap, MAIL.message_id, SENT)
    assert not await find_sent(world.imap, "<m2@seller.example>", SENT)


async def test_new_mail_is_fetched_once_in_order(world: World) -> None:
    raws = [b"Message-ID: <%d@x.example>\r\n\r\nhi" % n for n in range(5)]
    for raw in raws[:3]:
        world.store.file(LOGIN.username, INBOX, raw)
    first = await fetch_new(world.imap, None, most=2)
    second = await fetch_new(world.imap, first.cursor, most=2)
    assert [
        mail.raw for mail in (*first.mails, *second.mails) if isinstance(mail, Fetched)
    ] == raws[:3]
    assert (first.more, second.more) == (True, False)
    for raw in raws[3:]:
        world.store.file(LOGIN.username, INBOX, raw)
    third = await fetch_new(world.imap, second.cursor)
    assert [mail.raw for mail in third.mails if isinstance(mail, Fetched)] == raws[3:]
    received = third.mails[0].received_at
    assert abs(received - NOW) < timedelta(seconds=2)
    today, later = (Cursor(0, 0, NOW.date() + timedelta(days=n)) for n in (0, 1))
    assert len((await fetch_new(world.imap, today)).mails) == 5
    assert (await fetch_new(world.imap, later)).mails == ()


async def test_waiting_ends_without_mail_too(world: World) -> None:
    assert not await wait_for_mail(world.imap, 0.2)


async def test_a_mailbox_that_cannot_be_read_is_one_kind_of_error(
    world: World, free_port: int
) -> None:
    away = ImapAccount("127.0.0.1", free_port, "a", "b", "none", timeout=1)
    locked = ImapAccount("127.0.0.1", world.imap.port, LOGIN.username, "hunter2", "none", timeout=5)
    plain = ImapAccount("127.0.0.1", world.imap.port, "a", "b", "tls", timeout=1)
    for account in (away, locked, plain):
        with pytest.raises(MailboxUnavailable) as raised:
            await fetch_new(account, None)
        assert "hunter2" not in str(raised.value)
    with pytest.raises(MailboxUnavailable):
        await find_sent(world.imap, "<m1@seller.example>", "No such folder")
