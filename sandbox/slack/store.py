"""What was said in the workspace: messages, App Homes and open views, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

Json = dict[str, Any]
_SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
    channel TEXT NOT NULL, ts TEXT NOT NULL, thread TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (channel, ts));
CREATE INDEX IF NOT EXISTS message_thread ON message (channel, thread, ts);
CREATE TABLE IF NOT EXISTS home (member TEXT PRIMARY KEY, view TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS view (
    id TEXT PRIMARY KEY, member TEXT NOT NULL, body TEXT NOT NULL, open INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS latest (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""


class SlackStore:
    """Messages keep the order in which they were said. Used from one thread."""

    def __init__(self, path: Path | str, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        self._db.close()

    def now(self) -> datetime:
        return self._clock()

    def next_number(self, name: str, at_least: int = 1) -> int:
        """A number never given before under this name."""
        found = self._db.execute("SELECT value FROM latest WHERE name = ?", (name,)).fetchone()
        number = max(at_least, (found[0] if found else 0) + 1)
        self._db.execute("INSERT OR REPLACE INTO latest VALUES (?, ?)", (name, number))
        return number

    def next_ts(self) -> str:
        """Slack's time stamp of a new message: unique and rising within the workspace."""
        micros = int(self._clock().timestamp() * 1_000_000)
        number = self.next_number("ts", micros)
        return f"{number // 1_000_000}.{number % 1_000_000:06d}"

    def add(self, channel: str, message: Json, thread: str = "") -> Json:
        """Keep a message; it gets its `ts`."""
        kept = {**message, "ts": self.next_ts(), "type": "message"}
        if thread:
            kept["thread_ts"] = thread
        self._db.execute(
            "INSERT INTO message VALUES (?, ?, ?, ?)",
            (channel, kept["ts"], thread or kept["ts"], json.dumps(kept)),
        )
        return kept

    def put(self, channel: str, ts: str, message: Json) -> None:
        """Replace a message in place."""
        self._db.execute(
            "UPDATE message SET body = ? WHERE channel = ? AND ts = ?",
            (json.dumps(message), channel, ts),
        )

    def message(self, channel: str, ts: str) -> Json | None:
        found = self._db.execute(
            "SELECT body FROM message WHERE channel = ? AND ts = ?", (channel, ts)
        ).fetchone()
        return json.loads(found[0]) if found else None

    def messages(self, channel: str, limit: int = 400) -> list[Json]:
        """Everything said in a channel, threads included, oldest first."""
        found = self._db.execute(
            "SELECT body FROM message WHERE channel = ? ORDER BY ts DESC LIMIT ?", (channel, limit)
        )
        return [json.loads(row[0]) for row in found][::-1]

    def thread(self, channel: str, ts: str) -> list[Json]:
        """A thread, its first message included, oldest first."""
        found = self._db.execute(
            "SELECT body FROM message WHERE channel = ? AND thread = ? ORDER BY ts", (channel, ts)
        )
        return [json.loads(row[0]) for row in found]

    def publish(self, member: str, view: Json) -> None:
        """The App Home of a member from now on."""
        self._db.execute("INSERT OR REPLACE INTO home VALUES (?, ?)", (member, json.dumps(view)))

    def home(self, member: str) -> Json | None:
        found = self._db.execute("SELECT view FROM home WHERE member = ?", (member,)).fetchone()
        return json.loads(found[0]) if found else None

    def open_view(self, member: str, view: Json) -> Json:
        """Show a modal to a member; it gets its id."""
        kept = {**view, "id": f"V{self.next_number('view'):06d}"}
        self._db.execute(
            "INSERT INTO view VALUES (?, ?, ?, 1)", (kept["id"], member, json.dumps(kept))
        )
        return kept

    def view(self, view_id: str) -> tuple[str, Json] | None:
        """Who has a view open, and the view; None if it is closed or never was."""
        found = self._db.execute(
            "SELECT member, body FROM view WHERE id = ? AND open = 1", (view_id,)
        ).fetchone()
        return (found[0], json.loads(found[1])) if found else None

    def put_view(self, view_id: str, view: Json) -> Json:
        """Replace what an open view shows."""
        kept = {**view, "id": view_id}
        self._db.execute("UPDATE view SET body = ? WHERE id = ?", (json.dumps(kept), view_id))
        return kept

    def close_view(self, view_id: str) -> None:
        self._db.execute("UPDATE view SET open = 0 WHERE id = ?", (view_id,))

    def views_of(self, member: str) -> list[Json]:
        """The open modals of a member, oldest first."""
        found = self._db.execute(
            "SELECT body FROM view WHERE member = ? AND open = 1 ORDER BY id", (member,)
        )
        return [json.loads(row[0]) for row in found]
