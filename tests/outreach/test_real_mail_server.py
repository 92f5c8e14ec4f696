"""Sending, answering and bouncing through Postfix and Dovecot."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outreach.envelope import Envelope, Sent
from outreach.mailer import Security, SmtpAccount, send
from outreach.message import Mailbox, Outgoing, build
from sources.mail.attach import bounce_tokens, reply_tokens
from sources.mail.imap import (
    Batch,
    Cursor,
    Fetched,
    ImapAccount,
    fetch_new,
    find_sent,
    wait_for_mail,
)
from sources.mail.message import Bounce, Human, InboundMail
from sources.mail.parse import parse
from tests.outreach.mailserver import (
    ARCHIVE,
    BUYER,
    PASSWORD,
    SELLER,
    MailServer,
    MailServerMissing,
    check,
    running_mail_server,
)

pytestmark = [pytest.mark.mailserver, pytest.mark.timeout(60)]

AT = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
BOX = Mailbox(SELLER, "Halden Robotics")
TOKEN = "abcdefghij234567"
OUTLOOK = "<" + "AM0PR04MB5412" + "0A1B2C3D" * 7 + "@AM0PR04MB5412.eurprd04.prod.outlook.example>"
MAIL = Outgoing(
    mailbox=BOX,
    to=(BUYER,),
    subject="Payment overdue: invoice INV-1",
    text="INV-1: 1,234.50 USD\n.\nKind regards\n",
    html="<p>INV-1: 1,234.50 USD</p>",
    message_id="<m1@seller.example>",
    reply_to=BOX.reply_address(TOKEN),
    sent_at=AT,
)


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with running_mail_server() as running:
        yield running


def mailbox(server: MailServer, user: str, folder: str = "INBOX") -> ImapAccount:
    return ImapAccount("127.0.0.1", server.imap_port, user, PASSWORD, "none", folder, timeout=10)


async def deliver(server: MailServer, mail: Outgoing, sender: str = "") -> None:
    account = SmtpAccount("127.0.0.1", server.smtp_port, Security.NONE, timeout=10)
    envelope = Envelope(sender or BOX.bounce_address(TOKEN), mail.to)
    outcome = await send(account, envelope, build(mail))
    assert isinstance(outcome, Sent), outcome
    assert outcome.reply.startswith("250 2.0.0 Ok: queued")


async def arrived(
    server: MailServer, user: str, message_id: str = "", cursor: Cursor | None = None
) -> tuple[InboundMail, Batch]:
    """The newest mail of a mailbox, once one with this id (or any after the cursor) is there."""
    for _ in range(400):
        batch = await fetch_new(mailbox(server, user), cursor, most=100)
        for fetched in reversed(batch.mails):
            assert isinstance(fetched, Fetched)
            mail = parse(fetched.raw, fetched.received_at)
            assert isinstance(mail, InboundMail)
            if not message_id or mail.message_id == message_id:
                return mail, batch
        await asyncio.sleep(0.02)
    raise AssertionError(server.log())


async def test_a_reminder_arrives_and_its_answer_comes_back_to_the_thread(
    server: MailServer,
) -> None:
    await deliver(server, MAIL)
    received, _ = await arrived(server, BUYER, MAIL.message_id)
    assert received.text.strip() == MAIL.text.strip()
    assert received.reply_to == BOX.reply_address(TOKEN)
    answer = Outgoing(
        mailbox=Mailbox(BUYER, "Dana"),
        to=(received.reply_to,),
        subject=f"Re: {received.subject}",
        text=f"We pay on Friday.\n\nOn 10 Mar 2026, AR <{SELLER}> wrote:\n> {received.text}",
        html="<p>We pay on Friday.</p>",
        message_id=OUTLOOK,
        reply_to=BUYER,
        sent_at=AT,
        in_reply_to=received.message_id,
        references=(received.message_id,),
    )
    await deliver(server, answer, sender=BUYER)
    reply, _ = await arrived(server, SELLER, OUTLOOK)
    assert reply.kind == Human()
    assert reply.new_text == "We pay on Friday."
    assert reply_tokens(reply) == (TOKEN,)
    assert reply.in_reply_to == MAIL.message_id


async def test_a_long_outlook_id_survives_a_whole_round_trip(server: MailServer) -> None:
    assert len(OUTLOOK) >= 100
    mail = replace(
        MAIL, message_id="<m2@seller.example>", in_reply_to=OUTLOOK, references=("<m1@x.example>",)
    )
    await deliver(server, mail)
    received, _ = await arrived(server, BUYER, mail.message_id)
    assert received.in_reply_to == OUTLOOK
    assert received.references == ("<m1@x.example>", OUTLOOK)


async def test_an_unknown_recipient_comes_back_as_a_bounce_to_its_token(
    server: MailServer,
) -> None:
    mail = replace(MAIL, message_id="<m3@seller.example>", to=("gone@buyer.example",))
    before = (await fetch_new(mailbox(server, SELLER), None, most=100)).cursor
    await deliver(server, mail)
    report, _ = await arrived(server, SELLER, cursor=before)
    assert isinstance(report.kind, Bounce)
    (recipient,) = report.kind.recipients
    assert (recipient.address, recipient.status, recipient.hard) == (
        "gone@buyer.example",
        "5.1.1",
        True,
    )
    assert report.kind.original_id == mail.message_id
    assert bounce_tokens(report) == (TOKEN,)


async def test_what_the_server_accepted_is_found_by_its_message_id(server: MailServer) -> None:
    mail = replace(MAIL, message_id="<m4@seller.example>")
    archive = mailbox(server, ARCHIVE)
    assert not await find_sent(archive, mail.message_id, "INBOX")
    await deliver(server, mail)
    await arrived(server, ARCHIVE, mail.message_id)
    assert await find_sent(archive, mail.message_id, "INBOX")
    assert not await find_sent(archive, "<m@seller.example>", "INBOX")


async def test_the_cursor_continues_where_it_stopped_and_survives_renumbering(
    server: MailServer,
) -> None:
    for number in range(3):
        await deliver(server, replace(MAIL, message_id=f"<c{number}@seller.example>"))
        await arrived(server, BUYER, f"<c{number}@seller.example>")
    account = mailbox(server, BUYER)
    everything = await fetch_new(account, None, most=100)
    first = await fetch_new(account, None, most=1)
    assert first.more
    assert len(first.mails) == 1
    rest = await fetch_new(account, first.cursor, most=100)
    assert (*first.mails, *rest.mails) == everything.mails
    assert (await fetch_new(account, rest.cursor)).mails == ()
    assert (await fetch_new(account, rest.cursor)).cursor == rest.cursor
    renumbered = Cursor(rest.cursor.uid_validity + 1, rest.cursor.last_uid)
    assert (await fetch_new(account, renumbered, most=100)).mails == everything.mails


async def test_fetching_leaves_the_mailbox_unread(server: MailServer) -> None:
    await deliver(server, replace(MAIL, message_id="<u1@seller.example>"))
    await arrived(server, BUYER, "<u1@seller.example>")
    first = await fetch_new(mailbox(server, BUYER), None, most=100)
    assert first.mails == (await fetch_new(mailbox(server, BUYER), None, most=100)).mails
    seen = [path.name for path in (server.folder / "mail" / BUYER).rglob("*:2,*S*")]
    assert seen == []


async def test_waiting_ends_when_mail_comes(server: MailServer) -> None:
    waiting = asyncio.create_task(wait_for_mail(mailbox(server, SELLER), 20))
    mail = replace(MAIL, to=(SELLER,), message_id="<w1@seller.example>")
    await deliver(server, mail)
    await arrived(server, SELLER, mail.message_id)
    for number in range(100):
        if waiting.done():
            break
        await deliver(server, replace(mail, message_id=f"<w{number + 2}@seller.example>"))
        await asyncio.sleep(0.05)
    assert await waiting


def test_why_it_cannot_run_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(MailServerMissing, match="dovecot and postfix not found: install them with"):
        check(str(tmp_path), 0)
    with pytest.raises(MailServerMissing, match="run these tests as root"):
        check("/usr/sbin:/usr/bin", 1000)
