"""Signed webhooks to the service: kept until a 2xx answer, retried with growing pauses."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import random
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sandbox.clock import real_now
from sandbox.post import post

_SCHEMA = """
CREATE TABLE IF NOT EXISTS hook (
    id INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, body BLOB NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0,
    delivered INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS hook_waiting ON hook (delivered, channel, next_at);
"""
_LONGEST_PAUSE = 30.0
_TIMEOUT = 15.0
_SHUFFLE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Channel:
    """Where one kind of webhook goes and how it is signed."""

    path: str
    header: str
    secret: str

    def signature(self, body: bytes, at: datetime) -> str:
        """`t=<unix>,v1=<hex HMAC-SHA256 of "<t>.<body>">`, the scheme Stripe uses too."""
        stamp = int(at.timestamp())
        mac = hmac.new(self.secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
        return f"t={stamp},v1={mac.hexdigest()}"


@dataclass(slots=True)
class Disorder:
    """How a channel misbehaves: extra copies of every event, and events out of order."""

    duplicates: int = 0
    shuffle: bool = False


class Courier:
    """Posts what is handed in, in order, at least once. Used from one event loop."""

    def __init__(
        self,
        path: Path | str,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
        *,
        first_pause: float = 0.5,
        seed: int = 0,
    ) -> None:
        self.service_url: str | None = None
        self.disorder = {name: Disorder() for name in channels}
        self._channels = dict(channels)
        self._clock = clock
        self._first_pause = first_pause
        self._rng = random.Random(f"courier:{seed}")
        self._news = {name: asyncio.Event() for name in channels}
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)
        self._db.execute("UPDATE hook SET next_at=0 WHERE delivered=0")

    def close(self) -> None:
        self._db.close()

    def hand_in(self, channel: str, body: bytes) -> None:
        """Keep a webhook for delivery."""
        disorder = self.disorder[channel]
        for _ in range(1 + disorder.duplicates):
            late = self._rng.random() * _SHUFFLE_SECONDS if disorder.shuffle else 0.0
            next_at = real_now().timestamp() + late if late else 0.0
            self._db.execute(
                "INSERT INTO hook (channel, body, next_at) VALUES (?,?,?)", (channel, body, next_at)
            )
        self._news[channel].set()

    def waiting(self, channel: str) -> int:
        query = "SELECT count(*) FROM hook WHERE channel=? AND delivered=0"
        return int(self._db.execute(query, (channel,)).fetchone()[0])

    def delivered(self, channel: str) -> int:
        query = "SELECT count(*) FROM hook WHERE channel=? AND delivered=1"
        return int(self._db.execute(query, (channel,)).fetchone()[0])

    def last_refusal(self, channel: str) -> str:
        """Why the newest failed attempt still waiting has failed; empty when none has."""
        query = "SELECT answer FROM hook WHERE channel=? AND delivered=0 AND attempts>0"
        row = self._db.execute(f"{query} ORDER BY id DESC", (channel,)).fetchone()
        return str(row[0]) if row else ""

    async def run(self) -> None:
        """Deliver until cancelled; the channels do not wait for each other."""
        async with asyncio.TaskGroup() as group:
            for name in self._channels:
                group.create_task(self._deliver_all(name))

    async def _deliver_all(self, name: str) -> None:
        while True:
            self._news[name].clear()
            hook = self._due(name)
            if hook is None or self.service_url is None:
                await self._rest(name)
                continue
            await self._deliver(name, *hook)

    def _due(self, name: str) -> tuple[int, bytes, int] | None:
        query = (
            "SELECT id, body, attempts FROM hook WHERE channel=? AND delivered=0 AND next_at<=?"
            " ORDER BY next_at, id LIMIT 1"
        )
        row = self._db.execute(query, (name, real_now().timestamp())).fetchone()
        return (int(row[0]), bytes(row[1]), int(row[2])) if row else None

    async def _rest(self, name: str) -> None:
        """Until something is handed in, or a tenth of a second while something waits."""
        pause = 0.1 if self.waiting(name) else None
        try:
            async with asyncio.timeout(pause):
                await self._news[name].wait()
        except TimeoutError:
            return

    async def _deliver(self, name: str, number: int, body: bytes, attempts: int) -> None:
        channel = self._channels[name]
        headers = {
            "Content-Type": "application/json",
            channel.header: channel.signature(body, self._clock()),
        }
        try:
            status = await post(f"{self.service_url}{channel.path}", headers, body, _TIMEOUT)
            accepted, text = 200 <= status < 300, f"HTTP {status}"
        except (OSError, ValueError) as error:
            accepted, text = False, type(error).__name__
        pause = min(self._first_pause * 2**attempts, _LONGEST_PAUSE)
        self._db.execute(
            "UPDATE hook SET attempts=attempts+1, delivered=?, answer=?, next_at=? WHERE id=?",
            (int(accepted), text, real_now().timestamp() + pause, number),
        )
