"""The shapes of Stripe's objects (API 2026-10-28.endive), as far as a receivables reader looks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

API_VERSION = "2026-10-28.endive"
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who pays, as Stripe knows it."""

    stripe_id: str
    name: str
    email: str
    currency: str
    country: str
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment to be made: `amount` in minor units of `currency`; `key` makes it unique."""

    key: str
    buyer: Buyer
    amount: int
    currency: str
    description: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    method: str = "card"


def stripe_id(prefix: str, key: str) -> str:
    """The id of the object made for `key`: the same key, the same id."""
    return f"{prefix}_{hashlib.sha256(f'{prefix}:{key}'.encode()).hexdigest()[:24]}"


def customer(buyer: Buyer, at: datetime) -> Json:
    return {
        "id": buyer.stripe_id,
        "object": "customer",
        "address": {"country": buyer.country},
        "balance": 0,
        "created": int(at.timestamp()),
        "currency": buyer.currency.lower(),
        "delinquent": False,
        "description": None,
        "email": buyer.email,
        "livemode": False,
        "metadata": dict(buyer.metadata),
        "name": buyer.name,
        "phone": None,
    }


def charge(receipt: Receipt, at: datetime) -> Json:
    key, buyer = receipt.key, receipt.buyer
    return {
        "id": stripe_id("ch", key),
        "object": "charge",
        "amount": receipt.amount,
        "amount_captured": receipt.amount,
        "amount_refunded": 0,
        "balance_transaction": stripe_id("txn", key),
        "billing_details": {
            "address": {"country": buyer.country},
            "email": buyer.email,
            "name": buyer.name,
            "phone": None,
        },
        "captured": True,
        "created": int(at.timestamp()),
        "currency": receipt.currency.lower(),
        "customer": buyer.stripe_id,
        "description": receipt.description or None,
        "disputed": False,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": dict(receipt.metadata),
        "outcome": {"network_status": "approved_by_network", "type": "authorized"},
        "paid": True,
        "payment_intent": stripe_id("pi", key),
        "payment_method": stripe_id("pm", f"{buyer.stripe_id}:{receipt.method}"),
        "payment_method_details": {"type": receipt.method, receipt.method: {}},
        "receipt_email": buyer.email,
        "refunded": False,
        "statement_descriptor": None,
        "status": "succeeded",
    }


def payment_intent(receipt: Receipt, at: datetime) -> Json:
    key = receipt.key
    return {
        "id": stripe_id("pi", key),
        "object": "payment_intent",
        "amount": receipt.amount,
        "amount_capturable": 0,
        "amount_received": receipt.amount,
        "capture_method": "automatic",
        "created": int(at.timestamp()),
        "currency": receipt.currency.lower(),
        "customer": receipt.buyer.stripe_id,
        "description": receipt.description or None,
        "latest_charge": stripe_id("ch", key),
        "livemode": False,
        "metadata": dict(receipt.metadata),
        "payment_method": stripe_id("pm", f"{receipt.buyer.stripe_id}:{receipt.method}"),
        "payment_method_types": [receipt.method],
        "receipt_email": receipt.buyer.email,
        "status": "succeeded",
    }


def balance_transaction(receipt: Receipt, at: datetime) -> Json:
    fee = receipt.amount * 29 // 1000 + 30
    created = int(at.timestamp())
    return {
        "id": stripe_id("txn", receipt.key),
        "object": "balance_transaction",
        "amount": receipt.amount,
        "available_on": created + 2 * 86_400,
        "created": created,
        "currency": receipt.currency.lower(),
        "description": receipt.description or None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [
            {
                "amount": fee,
                "currency": receipt.currency.lower(),
                "description": "Stripe processing fees",
                "type": "stripe_fee",
            }
        ],
        "net": receipt.amount - fee,
        "reporting_category": "charge",
        "source": stripe_id("ch", receipt.key),
        "status": "pending",
        "type": "charge",
    }


def event(kind: str, subject: Json, at: datetime) -> Json:
    """One per object and kind: `evt_` ids are as stable as the objects they tell about."""
    return {
        "id": stripe_id("evt", f"{kind}:{subject['id']}"),
        "object": "event",
        "api_version": API_VERSION,
        "created": int(at.timestamp()),
        "data": {"object": subject},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
