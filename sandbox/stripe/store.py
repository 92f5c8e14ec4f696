"""Stripe's side of the world: objects by id, newest last, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sandbox.courier import Courier
from sandbox.stripe import movements
from sandbox.stripe.movements import Transfer
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

    def fund(self, transfer: Transfer) -> str:
        """A bank transfer reaches a customer's cash balance; the transaction's id."""
        made = movements.funded(transfer, self._clock(), transfer.amount)
        self._keep(made)
        self._tell(f"{made['object']}.created", made)
        return str(made["id"])

    def send_back(self, transaction_id: str, kind: str) -> str:
        """A bank transfer goes back: `kind` as movements.transfer_back says."""
        funded = self._known("customer_cash_balance_transaction", transaction_id)
        made = movements.transfer_back(funded, kind, self._clock())
        self._keep(made)
        self._tell(f"{made['object']}.created", made)
        return str(made["id"])

    def refund(self, charge_id: str, amount: int, key: str) -> str:
        """Give back a part of a charge, or all of it; the refund's id."""
        paid, at = self._known("charge", charge_id), self._clock()
        made = movements.refund(paid, amount, key, at)
        before = int(str(paid["amount_refunded"]))
        self._keep(
            {
                **paid,
                "amount_refunded": before + amount,
                "refunded": before + amount == paid["amount"],
            },
            made,
            movements.moved({**made, "currency": paid["currency"]}, -amount, "refund", at),
        )
        self._tell("refund.created", made)
        self._tell("charge.refunded", self._known("charge", charge_id))
        return str(made["id"])

    def fail_refund(self, refund_id: str) -> None:
        """The bank did not take the refund: the money is ours again."""
        made = {**self._known("refund", refund_id), "status": "failed"}
        self._keep(made)
        self._tell("refund.failed", made)

    def dispute(self, charge_id: str) -> str:
        """The payer contests a charge, and its money is withdrawn; the dispute's id."""
        paid = self._known("charge", charge_id)
        made = movements.dispute(paid, self._clock())
        self._keep({**paid, "disputed": True}, made)
        self._tell("charge.dispute.created", made)
        self._tell("charge.dispute.funds_withdrawn", made)
        return str(made["id"])

    def win(self, dispute_id: str) -> None:
        """A dispute is decided for us: the money is reinstated."""
        known, at = self._known("dispute", dispute_id), self._clock()
        back = movements.moved(known, int(str(known["amount"])), "dispute_reversal", at)
        withdrawn = known["balance_transactions"]
        rows = [*withdrawn, back] if isinstance(withdrawn, list) else [back]
        made = {**known, "status": "won", "balance_transactions": rows}
        self._keep(made)
        self._tell("charge.dispute.funds_reinstated", made)
        self._tell("charge.dispute.closed", made)

    def fail_late(self, charge_id: str, code: str = "insufficient_funds") -> None:
        """A debit that had succeeded comes back unpaid days later."""
        made = {**self._known("charge", charge_id), "status": "failed", "paid": False}
        made["failure_code"] = code
        intent = {**self._known("payment_intent", str(made["payment_intent"]))}
        intent["status"] = "requires_payment_method"
        self._keep(made, intent)
        self._tell("charge.failed", made)
        self._tell("payment_intent.payment_failed", intent)

    def pay_out(self, key: str, charge_ids: list[str], trace: str) -> str:
        """Send the net of some charges to the bank; the payout's id."""
        charges = [self._known("charge", charge_id) for charge_id in charge_ids]
        names = [str(charge["balance_transaction"]) for charge in charges]
        rows = [self._known("balance_transaction", name) for name in names]
        net = sum(int(str(row["net"])) for row in rows)
        currency = str(rows[0]["currency"])
        made = movements.payout(key, net, currency, trace, self._clock())
        own = movements.moved(made, -net, "payout", self._clock())
        self._keep(made, *({**row, "payout": made["id"]} for row in (*rows, own)))
        self._tell("payout.paid", made)
        self._tell("payout.reconciliation_completed", made)
        return str(made["id"])

    def fail_payout(self, payout_id: str) -> None:
        """The bank sends a payout back, days after it was paid."""
        made = {**self._known("payout", payout_id), "status": "failed"}
        made["failure_code"] = "account_closed"
        self._keep(made)
        self._tell("payout.failed", made)

    def bill(self, invoice: Json, charge_id: str) -> None:
        """Say that a charge paid an invoice of Stripe's own."""
        paid = self._known("charge", charge_id)
        intent = self._known("payment_intent", str(paid["payment_intent"]))
        made = movements.invoice_payment(str(invoice["id"]), intent, self._clock())
        self._keep(invoice, made)
        self._tell("invoice_payment.paid", made)

    def check_out(self, charge_id: str, reference: str) -> None:
        """Say that a charge was made on a checkout page opened for `reference`."""
        paid = self._known("charge", charge_id)
        intent = self._known("payment_intent", str(paid["payment_intent"]))
        made = movements.checkout_session(intent, reference, self._clock())
        self._keep(made)
        self._tell("checkout.session.completed", made)

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

    def _known(self, kind: str, object_id: str) -> Json:
        found = self.get(kind, object_id)
        if found is None:
            raise LookupError(f"no {kind} {object_id}")
        return found

    def _keep(self, *things: Json) -> None:
        """Put new objects and new states of known ones."""
        statement = (
            "INSERT INTO object (id, kind, body) VALUES (?,?,?)"
            " ON CONFLICT (id) DO UPDATE SET body=excluded.body"
        )
        self._db.execute("BEGIN IMMEDIATE")
        for thing in things:
            self._db.execute(statement, (thing["id"], thing["object"], json.dumps(thing)))
        self._db.execute("COMMIT")

    def _tell(self, kind: str, subject: Json) -> None:
        at = self._clock()
        news = event(kind, {**subject, "id": subject["id"]}, at)
        news["id"] = stripe_id("evt", f"{kind}:{subject['id']}:{subject.get('status')}")
        self._keep(news)
        self._courier.hand_in(CHANNEL, json.dumps(news).encode())

    def _put(self, thing: Json) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO object (id, kind, body) VALUES (?,?,?)",
            (thing["id"], thing["object"], json.dumps(thing)),
        )
