"""Kept mail: what the server accepted, and the folders people read. One SQLite file."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesHeaderParser
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS accepted (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, mail_from TEXT NOT NULL,
    rcpt_tos TEXT NOT NULL, message_id TEXT NOT NULL, subject TEXT NOT NULL, raw BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS filed (
    uid INTEGER PRIMARY KEY AUTOINCREMENT, mailbox TEXT NOT NULL, folder TEXT NOT NULL,
    at TEXT NOT NULL, flags TEXT NOT NULL, message_id TEXT NOT NULL, raw BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS filed_in ON filed (mailbox, folder, uid);
CREATE TABLE IF NOT EXISTS folder (
    mailbox TEXT NOT NULL, name TEXT NOT NULL, uid_validity INTEGER NOT NULL,
    PRIMARY KEY (mailbox, name));
"""
INBOX = "INBOX"
SENT = "Sent"
_ID = re.compile(rb"<[^<>\s]{1,990}>")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A submission the server took responsibility for."""

    id: int
    at: datetime
    mail_from: str
    rcpt_tos: tuple[str, ...]
    message_id: str
    subject: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Filed:
    """A message in a folder; `flags` are IMAP system flags such as \\Seen."""

    uid: int
    at: datetime
    flags: frozenset[str]
    message_id: str
    raw: bytes


class MailStore:
    """Keeps every accepted message and the mailboxes. Used from one thread."""

    def __init__(self, path: Path | str, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)
        self._watchers: list[Callable[[], None]] = []

    def close(self) -> None:
        self._db.close()

    def accept(self, mail_from: str, rcpt_tos: tuple[str, ...], raw: bytes) -> Accepted:
        """Keep a submission before the sender is told that we have it."""
        headers = BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:65_536])
        subject = str(headers.get("Subject", ""))[:500]
        at, message_id = self._clock(), _message_id(raw)
        row = (at.isoformat(), mail_from, json.dumps(rcpt_tos), message_id, subject, raw)
        cursor = self._db.execute(
            "INSERT INTO accepted (at, mail_from, rcpt_tos, message_id, subject, raw)"
            " VALUES (?,?,?,?,?,?)",
            row,
        )
        return Accepted(
            int(cursor.lastrowid or 0), at, mail_from, rcpt_tos, message_id, subject, raw
        )

    def accepted(self, to: str = "") -> list[Accepted]:
        """Submissions in the order of arrival, or those with a recipient containing `to`."""
        rows = self._db.execute("SELECT * FROM accepted ORDER BY id").fetchall()
        found = [_accepted(row) for row in rows]
        return [m for m in found if not to or any(to.lower() in r.lower() for r in m.rcpt_tos)]

    def accepted_by_id(self, number: int) -> Accepted | None:
        row = self._db.execute("SELECT * FROM accepted WHERE id=?", (number,)).fetchone()
        return _accepted(row) if row else None

    def count_accepted(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM accepted").fetchone()[0])

    def open_mailbox(self, mailbox: str) -> None:
        """Make sure the mailbox has its folders."""
        for name in (INBOX, SENT):
            self.create_folder(mailbox, name)

    def create_folder(self, mailbox: str, name: str) -> None:
        validity = int(self._clock().timestamp())
        self._db.execute("INSERT OR IGNORE INTO folder VALUES (?,?,?)", (mailbox, name, validity))

    def folders(self, mailbox: str) -> list[str]:
        query = "SELECT name FROM folder WHERE mailbox=? ORDER BY name"
        return [row[0] for row in self._db.execute(query, (mailbox,))]

    def uid_validity(self, mailbox: str, folder: str) -> int | None:
        """None when there is no such folder."""
        query = "SELECT uid_validity FROM folder WHERE mailbox=? AND name=?"
        row = self._db.execute(query, (mailbox, folder)).fetchone()
        return int(row[0]) if row else None

    def file(
        self, mailbox: str, folder: str, raw: bytes, flags: frozenset[str] = frozenset()
    ) -> int:
        """Put a message into a folder and return its uid."""
        cursor = self._db.execute(
            "INSERT INTO filed (mailbox, folder, at, flags, message_id, raw) VALUES (?,?,?,?,?,?)",
            (mailbox, folder, self._clock().isoformat(), _flags(flags), _message_id(raw), raw),
        )
        for watcher in tuple(self._watchers):
            watcher()
        return int(cursor.lastrowid or 0)

    def uids(self, mailbox: str, folder: str) -> list[int]:
        query = "SELECT uid FROM filed WHERE mailbox=? AND folder=? ORDER BY uid"
        return [int(row[0]) for row in self._db.execute(query, (mailbox, folder))]

    def next_uid(self) -> int:
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name='filed'").fetchone()
        return int(row[0]) + 1 if row else 1

    def filed(self, mailbox: str, folder: str, uid: int) -> Filed | None:
        query = (
            "SELECT uid, at, flags, message_id, raw FROM filed"
            " WHERE mailbox=? AND folder=? AND uid=?"
        )
        row = self._db.execute(query, (mailbox, folder, uid)).fetchone()
        if row is None:
            return None
        at, flags = datetime.fromisoformat(row[1]), frozenset(row[2].split())
        return Filed(int(row[0]), at, flags, row[3], row[4])

    def has_message(self, mailbox: str, folder: str, message_id: str) -> bool:
        query = "SELECT 1 FROM filed WHERE mailbox=? AND folder=? AND message_id=?"
        with closing(self._db.execute(query, (mailbox, folder, message_id))) as cursor:
            return cursor.fetchone() is not None

    def set_flags(self, uid: int, flags: frozenset[str]) -> None:
        self._db.execute("UPDATE filed SET flags=? WHERE uid=?", (_flags(flags), uid))

    def expunge(self, uid: int) -> None:
        self._db.execute("DELETE FROM filed WHERE uid=?", (uid,))

    def watch(self, watcher: Callable[[], None]) -> Callable[[], None]:
        """Call `watcher` after every filing; returns how to stop."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)


def _message_id(raw: bytes) -> str:
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:65_536])
    found = _ID.search(str(headers.get("Message-ID", "")).encode("utf-8", "replace"))
    return found.group().decode("utf-8", "replace") if found else ""


def _flags(flags: frozenset[str]) -> str:
    return " ".join(sorted(flags))


def _accepted(row: tuple[int, str, str, str, str, str, bytes]) -> Accepted:
    number, at, mail_from, rcpt_tos, message_id, subject, raw = row
    recipients = tuple(str(r) for r in json.loads(rcpt_tos))
    return Accepted(
        number, datetime.fromisoformat(at), mail_from, recipients, message_id, subject, raw
    )
