"""Fetching mail by IMAP from where we stopped, and looking for what we sent.

The folder is never changed: no flags, no deletion. What was fetched is remembered by the cursor.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from sources.mail.glimpse import HEAD_BYTES

_Answer = TypeVar("_Answer")
_MAX_BYTES = 25 * 1024 * 1024
_MOST_TOGETHER = 50 * 1024 * 1024


class MailboxUnavailable(ConnectionError):
    """The mailbox cannot be read."""


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """A mailbox. `security` is none, starttls or tls; `timeout` is seconds for each answer.

    `ca_file` names the certificate authority of a private mail server; empty means the system's.
    """

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    security: str = "tls"
    folder: str = "INBOX"
    timeout: float = 30.0
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder was read. A new `uid_validity` means that uids mean other mails now.

    Mail that the server received before the day `since` is never fetched.
    """

    uid_validity: int
    last_uid: int = 0
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One raw mail and when the server received it."""

    uid: int
    raw: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Oversized:
    """A mail that is too large to fetch; it stays in the folder for a person. `head` begins it."""

    uid: int
    size: int
    received_at: datetime
    head: bytes = b""


@dataclass(frozen=True, slots=True)
class Batch:
    """New mails in order, the cursor to store with them, and whether there are more."""

    mails: tuple[Fetched | Oversized, ...]
    cursor: Cursor
    more: bool = False


async def fetch_new(account: ImapAccount, cursor: Cursor | None, *, most: int = 20) -> Batch:
    """Mails after `cursor`, oldest first, at most `most` or 50 MB. Raises MailboxUnavailable.

    If the server has renumbered the folder everything is fetched again: the caller stores each
    mail once by its digest.
    """
    return await _in_thread(account, lambda client: _fetch_new(client, account, cursor, most))


async def find_sent(account: ImapAccount, message_id: str, folder: str) -> bool:
    """Whether `folder` holds a mail with this Message-ID. Raises MailboxUnavailable."""
    return await _in_thread(account, lambda client: _find(client, message_id, folder))


async def wait_for_mail(account: ImapAccount, seconds: float) -> bool:
    """Whether something happened in the folder within `seconds`. Raises MailboxUnavailable.

    `seconds` must stay under 29 minutes, after which servers may hang up (RFC 2177). A server
    that cannot say (no IDLE) is answered for with True at once: the caller polls.
    """
    return await _in_thread(account, lambda client: _wait(client, account.folder, seconds))


async def _in_thread(account: ImapAccount, ask: Callable[[Any], _Answer]) -> _Answer:
    def run() -> _Answer:
        try:
            with _session(account) as client:
                return ask(client)
        except (IMAPClientError, OSError, ValueError) as error:
            raise MailboxUnavailable(f"{account.host}:{account.port}: {_words(error)}") from error

    return await asyncio.to_thread(run)


def _words(error: Exception) -> str:
    said = error.args[0] if error.args and isinstance(error.args[0], bytes) else str(error)
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{type(error).__name__} {' '.join(text.split())}"[:300]


@contextlib.contextmanager
def _session(account: ImapAccount) -> Generator[Any]:
    context = ssl.create_default_context(cafile=account.ca_file or None)
    client = IMAPClient(
        account.host,
        port=account.port,
        ssl=account.security == "tls",
        ssl_context=context if account.security == "tls" else None,
        timeout=account.timeout,
    )
    try:
        client.normalise_times = False
        if account.security == "starttls":
            client.starttls(context)
        client.login(account.username, account.password)
        yield client
    finally:
        with contextlib.suppress(IMAPClientError, OSError):
            client.logout()


def _fetch_new(client: Any, account: ImapAccount, cursor: Cursor | None, most: int) -> Batch:
    status = client.select_folder(account.folder, readonly=True)
    validity = int(status[b"UIDVALIDITY"])
    since = cursor.since if cursor else None
    known = cursor is not None and cursor.uid_validity == validity
    last = cursor.last_uid if cursor and known else 0
    # "n:*" always names the last mail, even if its uid is below n (RFC 3501 section 6.4.8).
    wanted: list[object] = ["UID", f"{last + 1}:*"]
    found = client.search([*wanted, "SINCE", since] if since else wanted)
    uids = sorted(uid for uid in found if uid > last)
    mails: list[Fetched | Oversized] = []
    for uid in uids[:most]:
        mails += _fetch(client, uid)
        last = uid
        if sum(len(mail.raw) for mail in mails if isinstance(mail, Fetched)) > _MOST_TOGETHER:
            break
    more = bool(uids) and last != uids[-1]
    return Batch(tuple(mails), Cursor(validity, last, since), more)


def _fetch(client: Any, uid: int) -> list[Fetched | Oversized]:
    """One mail; nothing if it was deleted in between."""
    described = client.fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
    if described is None:
        return []
    size = int(described[b"RFC822.SIZE"])
    received_at = described[b"INTERNALDATE"].astimezone(UTC)
    if size > _MAX_BYTES:
        found = client.fetch([uid], [f"BODY.PEEK[HEADER]<0.{HEAD_BYTES}>"]).get(uid, {})
        head = bytes(found.get(b"BODY[HEADER]<0>") or b"")
        return [Oversized(uid, size, received_at, head)]
    content = client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {})
    raw = content.get(b"BODY[]")
    return [Fetched(uid, bytes(raw), received_at)] if raw is not None else []


def _find(client: Any, message_id: str, folder: str) -> bool:
    client.select_folder(folder, readonly=True)
    return bool(client.search(["HEADER", "Message-ID", message_id]))


def _wait(client: Any, folder: str, seconds: float) -> bool:
    if not client.has_capability("IDLE"):
        return True
    client.select_folder(folder, readonly=True)
    client.idle()
    try:
        return bool(client.idle_check(timeout=seconds))
    finally:
        client.idle_done()
