"""What debtors remember over a restart: what they mean to do, have read and have paid."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS task (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, debtor_id INTEGER NOT NULL,
    content TEXT NOT NULL, due_at INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS task_waiting ON task (done, due_at);
CREATE TABLE IF NOT EXISTS paid (
    claim_id INTEGER NOT NULL, amount INTEGER NOT NULL, task_id INTEGER NOT NULL,
    PRIMARY KEY (claim_id, task_id));
CREATE TABLE IF NOT EXISTS transfer (
    task_id INTEGER PRIMARY KEY, debtor_id INTEGER NOT NULL, amount INTEGER NOT NULL,
    currency TEXT NOT NULL, reference TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS said (
    task_id INTEGER NOT NULL, debtor_id INTEGER NOT NULL, address TEXT NOT NULL,
    meaning TEXT NOT NULL, claims TEXT NOT NULL, day TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (task_id, meaning));
CREATE TABLE IF NOT EXISTS letters (debtor_id INTEGER PRIMARY KEY, seen INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """Something a debtor means to do: "read" a mail or "pay" claims."""

    kind: str
    debtor_id: int
    content: dict[str, object]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """A plan with its number."""

    id: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money sent to the seller's bank; nobody tells the service, a person enters it."""

    debtor_id: int
    amount: int
    currency: str
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What a debtor meant by a mail: about which claims, and the day it named if it promised."""

    debtor_id: int
    address: str
    meaning: str
    claim_ids: tuple[int, ...]
    on: date | None
    at: datetime


class Memory:
    """One SQLite file. Used from one thread."""

    def __init__(self, path: Path | str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        self._db.close()

    def is_new(self) -> bool:
        """Whether nothing was ever planned."""
        return self._db.execute("SELECT 1 FROM task LIMIT 1").fetchone() is None

    def plan(self, plans: list[Plan]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._insert(plans)
        self._db.execute("COMMIT")

    def due(self, now: datetime) -> Task | None:
        """The task that has been due the longest."""
        query = (
            "SELECT id, kind, debtor_id, content, due_at FROM task WHERE done=0 AND due_at<=?"
            " ORDER BY due_at, id LIMIT 1"
        )
        row = self._db.execute(query, (_millis(now),)).fetchone()
        if row is None:
            return None
        due_at = datetime.fromtimestamp(row[4] // 1000, UTC)
        return Task(int(row[0]), Plan(row[1], int(row[2]), json.loads(row[3]), due_at))

    def finish(self, task: Task, following: list[Plan]) -> None:
        """Mark a task done and keep what follows from it, together."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("UPDATE task SET done=1 WHERE id=?", (task.id,))
        if task.plan.kind == "read":
            self._db.execute(
                "INSERT INTO letters VALUES (?,1) ON CONFLICT DO UPDATE SET seen=seen+1",
                (task.plan.debtor_id,),
            )
        self._insert(following)
        self._db.execute("COMMIT")

    def letters_seen(self, debtor_id: int) -> int:
        query = "SELECT seen FROM letters WHERE debtor_id=?"
        row = self._db.execute(query, (debtor_id,)).fetchone()
        return int(row[0]) if row else 0

    def waiting(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM task WHERE done=0").fetchone()[0])

    def paid(self, claim_id: int) -> int:
        query = "SELECT coalesce(sum(amount), 0) FROM paid WHERE claim_id=?"
        return int(self._db.execute(query, (claim_id,)).fetchone()[0])

    def record_paid(self, task_id: int, amounts: dict[int, int]) -> None:
        rows = [(claim_id, amount, task_id) for claim_id, amount in amounts.items()]
        self._db.executemany("INSERT OR IGNORE INTO paid VALUES (?,?,?)", rows)

    def payments(self) -> list[dict[int, int]]:
        """What each payment was for, oldest first: minor units by claim."""
        found: dict[int, dict[int, int]] = {}
        query = "SELECT task_id, claim_id, amount FROM paid ORDER BY task_id, claim_id"
        for task_id, claim_id, amount in self._db.execute(query):
            found.setdefault(task_id, {})[claim_id] = amount
        return list(found.values())

    def record_transfer(self, task_id: int, transfer: Transfer) -> None:
        row = (transfer.debtor_id, transfer.amount, transfer.currency, transfer.reference)
        self._db.execute(
            "INSERT OR IGNORE INTO transfer VALUES (?,?,?,?,?,?)",
            (task_id, *row, int(transfer.at.timestamp())),
        )

    def transfers(self) -> list[Transfer]:
        query = "SELECT debtor_id, amount, currency, reference, at FROM transfer ORDER BY at"
        return [
            Transfer(row[0], row[1], row[2], row[3], datetime.fromtimestamp(row[4], UTC))
            for row in self._db.execute(query)
        ]

    def record_said(self, task_id: int, said: Said) -> None:
        day = said.on.isoformat() if said.on else ""
        claims = json.dumps(said.claim_ids)
        self._db.execute(
            "INSERT OR IGNORE INTO said VALUES (?,?,?,?,?,?,?)",
            (task_id, said.debtor_id, said.address, said.meaning, claims, day, _millis(said.at)),
        )

    def said(self) -> list[Said]:
        """Everything debtors said of their own accord, oldest first."""
        query = "SELECT debtor_id, address, meaning, claims, day, at FROM said ORDER BY at, task_id"
        return [
            Said(
                row[0],
                row[1],
                row[2],
                tuple(json.loads(row[3])),
                date.fromisoformat(row[4]) if row[4] else None,
                datetime.fromtimestamp(row[5] // 1000, UTC),
            )
            for row in self._db.execute(query)
        ]

    def _insert(self, plans: list[Plan]) -> None:
        self._db.executemany(
            "INSERT INTO task (kind, debtor_id, content, due_at) VALUES (?,?,?,?)",
            [(p.kind, p.debtor_id, json.dumps(p.content), _millis(p.due_at)) for p in plans],
        )


def _millis(at: datetime) -> int:
    return int(at.timestamp()) * 1000 + at.microsecond // 1000
