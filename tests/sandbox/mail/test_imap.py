"""The mailbox read by IMAPClient and imaplib."""

from __future__ import annotations

import asyncio
import imaplib
from datetime import UTC, datetime

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from sandbox.mail.store import INBOX, SENT
from tests.sandbox.mail.conftest import LOGIN, NOW, MailServer

RAW = b"From: a@b.example\r\nSubject: %s\r\nMessage-ID: <%s@b.example>\r\n\r\nH\xc3\xa4llo\r\n"


def client(mail: MailServer) -> IMAPClient:
    imap = IMAPClient("127.0.0.1", port=mail.imap_port, ssl=False, timeout=10)
    imap.login(LOGIN.username, LOGIN.password)
    return imap


def put(mail: MailServer, name: bytes, folder: str = INBOX) -> int:
    return mail.store.file(LOGIN.username, folder, RAW % (name, name))


async def test_reads_new_mail_without_marking_it(mail: MailServer) -> None:
    first, second = put(mail, b"one"), put(mail, b"two")

    def read() -> None:
        with client(mail) as imap:
            chosen = imap.select_folder("INBOX", readonly=True)
            assert chosen[b"EXISTS"] == 2
            assert chosen[b"UIDVALIDITY"] == int(NOW.timestamp())
            assert imap.search(["UNSEEN"]) == [first, second]
            assert imap.search(["UID", f"{second}:*"]) == [second]
            got = imap.fetch([second], ["FLAGS", "RFC822.SIZE", "INTERNALDATE", "BODY.PEEK[]"])
            assert got[second][b"BODY[]"] == RAW % (b"two", b"two")
            assert got[second][b"RFC822.SIZE"] == len(RAW % (b"two", b"two"))
            assert got[second][b"FLAGS"] == ()
            moment = got[second][b"INTERNALDATE"]
            assert moment.astimezone(UTC) == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
            assert imap.search(["UNSEEN"]) == [first, second]

    await asyncio.to_thread(read)


async def test_finds_a_sent_message_by_its_id(mail: MailServer) -> None:
    uid = put(mail, b"abc", SENT)
    put(mail, b"other", SENT)

    def look() -> None:
        with client(mail) as imap:
            imap.select_folder("Sent", readonly=True)
            assert imap.search(["HEADER", "Message-ID", "<abc@b.example>"]) == [uid]
            assert imap.search(["HEADER", "Message-ID", "<nothing@b.example>"]) == []
            assert imap.search(["NOT", "HEADER", "Message-ID", "<abc@b.example>"]) == [uid + 1]
            assert imap.search(["OR", "SUBJECT", "abc", "SUBJECT", "other"]) == [uid, uid + 1]
            assert [f[2] for f in imap.list_folders()] == ["INBOX", "Sent"]

    await asyncio.to_thread(look)


async def test_appends_flags_and_expunges(mail: MailServer) -> None:
    def change() -> None:
        with client(mail) as imap:
            imap.append("INBOX", RAW % (b"x", b"x"), flags=[b"\\Seen"])
            imap.select_folder("INBOX")
            (uid,) = imap.search(["SEEN"])
            assert imap.add_flags([uid], [b"\\Deleted"])[uid] == (b"\\Deleted", b"\\Seen")
            imap.expunge()
            assert imap.search(["ALL"]) == []
            assert imap.folder_status("INBOX", ["MESSAGES"])[b"MESSAGES"] == 0

    await asyncio.to_thread(change)


async def test_pushes_news_to_an_idle_client(mail: MailServer) -> None:
    loop = asyncio.get_running_loop()

    def wait() -> list[object]:
        with client(mail) as imap:
            imap.select_folder("INBOX", readonly=True)
            imap.idle()
            loop.call_soon_threadsafe(put, mail, b"late")
            news = imap.idle_check(timeout=10)
            imap.idle_done()
            assert len(imap.search(["ALL"])) == 1
            return list(news)

    assert (1, b"EXISTS") in await asyncio.to_thread(wait)


async def test_body_sets_seen_and_imaplib_is_served_too(mail: MailServer) -> None:
    put(mail, b"one")

    def read() -> None:
        imap = imaplib.IMAP4("127.0.0.1", mail.imap_port)
        imap.login(LOGIN.username, LOGIN.password)
        imap.select("INBOX")
        assert imap.search(None, "UNSEEN") == ("OK", [b"1"])
        status, data = imap.fetch("1", "(BODY[HEADER.FIELDS (SUBJECT)])")
        assert status == "OK"
        assert isinstance(data[0], tuple)
        assert data[0][1] == b"Subject: one\r\n\r\n"
        assert imap.search(None, "UNSEEN") == ("OK", [b""])
        imap.logout()

    await asyncio.to_thread(read)


async def test_strangers_and_nonsense_are_turned_away(mail: MailServer) -> None:
    def try_things() -> None:
        imap = IMAPClient("127.0.0.1", port=mail.imap_port, ssl=False, timeout=10)
        with pytest.raises(LoginError):
            imap.login(LOGIN.username, "guess")
        with pytest.raises(IMAPClientError):
            imap.select_folder("INBOX")
        imap.login(LOGIN.username, LOGIN.password)
        with pytest.raises(IMAPClientError):
            imap.select_folder("Nowhere")
        imap.select_folder("INBOX")
        with pytest.raises(IMAPClientError):
            imap.search(["FROBNICATE"])
        imap.logout()

    await asyncio.to_thread(try_things)
