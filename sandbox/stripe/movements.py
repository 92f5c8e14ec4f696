"""What moves money besides a payment: transfers, refunds, disputes, payouts, late failures.

The shapes are Stripe's (API 2026-10-28.endive); the keys are those of its published fixtures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sandbox.stripe.objects import Buyer, Json, stripe_id


@dataclass(frozen=True, slots=True)
class Transfer:
    """A bank transfer into a customer's cash balance; `reference` is what the payer typed."""

    key: str
    buyer: Buyer
    amount: int
    currency: str
    reference: str = ""
    sender: str = ""
    network: str = "domestic_wire_us"


def funded(transfer: Transfer, at: datetime, balance: int) -> Json:
    details = {"network": transfer.network, "sender_name": transfer.sender or transfer.buyer.name}
    return _cash_balance(
        transfer.key,
        transfer.buyer.stripe_id,
        transfer.amount,
        transfer.currency,
        at,
        {
            "type": "funded",
            "funded": {
                "bank_transfer": {
                    "reference": transfer.reference or None,
                    "type": "us_bank_transfer",
                    "us_bank_transfer": details,
                }
            },
            "ending_balance": balance,
        },
    )


def transfer_back(of: Json, kind: str, at: datetime) -> Json:
    """`kind`: return_initiated, funding_reversed (money leaves) or return_canceled."""
    amount = _whole(of, "net_amount")
    net = amount if kind == "return_canceled" else -amount
    body: Json = {"type": kind, "ending_balance": 0}
    key, owner, currency = f"{kind}:{of['id']}", str(of["customer"]), str(of["currency"])
    return _cash_balance(key, owner, net, currency, at, body)


def _cash_balance(key: str, owner: str, net: int, currency: str, at: datetime, body: Json) -> Json:
    return {
        "id": stripe_id("ccsbtxn", key),
        "object": "customer_cash_balance_transaction",
        "created": int(at.timestamp()),
        "currency": currency.lower(),
        "customer": owner,
        "customer_account": None,
        "livemode": False,
        "net_amount": net,
        **body,
    }


def refund(charge: Json, amount: int, key: str, at: datetime) -> Json:
    return {
        "id": stripe_id("re", key),
        "object": "refund",
        "amount": amount,
        "balance_transaction": stripe_id("txn", f"re:{key}"),
        "charge": charge["id"],
        "created": int(at.timestamp()),
        "currency": charge["currency"],
        "customer": charge["customer"],
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": "requested_by_customer",
        "status": "succeeded",
    }


def dispute(charge: Json, at: datetime) -> Json:
    """A dispute that withdraws the whole charge."""
    return {
        "id": stripe_id("dp", str(charge["id"])),
        "object": "dispute",
        "amount": charge["amount"],
        "balance_transactions": [moved(charge, -_whole(charge, "amount"), "dispute", at)],
        "charge": charge["id"],
        "created": int(at.timestamp()),
        "currency": charge["currency"],
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": "product_not_received",
        "status": "needs_response",
    }


def moved(subject: Json, amount: int, kind: str, at: datetime, fee: int = 0) -> Json:
    """A balance transaction about an object; `amount` is negative when money leaves."""
    return {
        "id": stripe_id("txn", f"{kind}:{subject['id']}:{amount}"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": int(at.timestamp()),
        "created": int(at.timestamp()),
        "currency": subject["currency"],
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [],
        "net": amount - fee,
        "reporting_category": kind,
        "source": subject["id"],
        "status": "available",
        "type": kind if kind in ("payout", "refund") else "adjustment",
    }


def payout(key: str, amount: int, currency: str, trace: str, at: datetime) -> Json:
    return {
        "id": stripe_id("po", key),
        "object": "payout",
        "amount": amount,
        "arrival_date": int(at.timestamp()),
        "automatic": True,
        "balance_transaction": stripe_id("txn", f"po:{key}"),
        "created": int(at.timestamp()),
        "currency": currency.lower(),
        "description": "STRIPE PAYOUT",
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "reconciliation_status": "completed",
        "source_type": "card",
        "status": "paid",
        "trace_id": {"status": "supported", "value": trace},
        "type": "bank_account",
    }


def checkout_session(intent: Json, reference: str, at: datetime) -> Json:
    return {
        "id": stripe_id("cs", str(intent["id"])),
        "object": "checkout.session",
        "amount_total": intent["amount"],
        "client_reference_id": reference or None,
        "created": int(at.timestamp()),
        "currency": intent["currency"],
        "customer": intent["customer"],
        "invoice": None,
        "livemode": False,
        "metadata": {},
        "mode": "payment",
        "payment_intent": intent["id"],
        "payment_status": "paid",
        "status": "complete",
    }


def invoice(buyer: Buyer, number: str, amount: int, metadata: dict[str, str], at: datetime) -> Json:
    return {
        "id": stripe_id("in", number),
        "object": "invoice",
        "amount_due": amount,
        "amount_paid": amount,
        "amount_remaining": 0,
        "created": int(at.timestamp()),
        "currency": buyer.currency.lower(),
        "customer": buyer.stripe_id,
        "description": None,
        "livemode": False,
        "metadata": metadata,
        "number": number,
        "status": "paid",
    }


def invoice_payment(invoice_id: str, intent: Json, at: datetime) -> Json:
    return {
        "id": stripe_id("inpay", f"{invoice_id}:{intent['id']}"),
        "object": "invoice_payment",
        "amount_paid": intent["amount"],
        "amount_requested": intent["amount"],
        "created": int(at.timestamp()),
        "currency": intent["currency"],
        "invoice": invoice_id,
        "is_default": True,
        "livemode": False,
        "payment": {"payment_intent": intent["id"], "type": "payment_intent"},
        "status": "paid",
    }


def _whole(thing: Json, name: str) -> int:
    found = thing[name]
    if not isinstance(found, int):
        raise TypeError(name)
    return found
