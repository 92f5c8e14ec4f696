"""Stripe's side of the world: objects by id, newest last, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sandbox.courier import Courier
from sandbox.stripe.objects import (
    Buyer,
    Json,
    Receipt,
    balance_transaction,
    charge,
    customer,
    event,
    payment_intent,
    stripe_id,
)

CHANNEL = "stripe"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS object_kind ON object (kind, seq);
"""


class StripeStore:
    """Keeps the objects and tells the service about payments. Used from one thread."""

    def __init__(self, path: Path | str, clock: Callable[[], datetime], courier: Courier) -> None:
        self._clock = clock
        self._courier = courier
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        self._db.close()

    def pay(self, receipt: Receipt) -> str:
        """Take a payment and return the charge's id; a key known already changes nothing."""
        charge_id = stripe_id("ch", receipt.key)
        if self.get("charge", charge_id) is not None:
            return charge_id
        at = self._clock()
        made = (charge(receipt, at), payment_intent(receipt, at))
        told = (
            event("payment_intent.succeeded", made[1], at),
            event("charge.succeeded", made[0], at),
        )
        self._db.execute("BEGIN IMMEDIATE")
        self._put(customer(receipt.buyer, at))
        for thing in (*made, balance_transaction(receipt, at), *told):
            self._put(thing)
        self._db.execute("COMMIT")
        for news in told:
            self._courier.hand_in(CHANNEL, json.dumps(news).encode())
        return charge_id

    def know(self, buyers: list[Buyer]) -> None:
        """Make customers known; those known already stay as they are."""
        at = self._clock()
        self._db.execute("BEGIN IMMEDIATE")
        for buyer in buyers:
            self._put(customer(buyer, at))
        self._db.execute("COMMIT")

    def get(self, kind: str, object_id: str) -> Json | None:
        query = "SELECT body FROM object WHERE kind=? AND id=?"
        row = self._db.execute(query, (kind, object_id)).fetchone()
        return json.loads(row[0]) if row else None

    def newest_first(self, kind: str) -> list[Json]:
        query = "SELECT body FROM object WHERE kind=? ORDER BY seq DESC"
        return [json.loads(row[0]) for row in self._db.execute(query, (kind,))]

    def count(self, kind: str) -> int:
        query = "SELECT count(*) FROM object WHERE kind=?"
        return int(self._db.execute(query, (kind,)).fetchone()[0])

    def _put(self, thing: Json) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO object (id, kind, body) VALUES (?,?,?)",
            (thing["id"], thing["object"], json.dumps(thing)),
        )
