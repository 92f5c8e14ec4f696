"""Verified webhook bodies to values: they only say which object to look at."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_MAX_BODY = 1_000_000
_ID = re.compile(r"[a-z]{2,10}_[A-Za-z0-9_]{1,120}")
_OBJECTS = {
    "charge": ("succeeded", "pending", "failed", "refunded", "updated"),
    "payment_intent": (
        "succeeded",
        "partially_funded",
        "processing",
        "payment_failed",
        "canceled",
    ),
    "invoice_payment": ("paid",),
    "invoice": ("paid", "overpaid"),
    "refund": ("created", "updated", "failed"),
    "payout": (
        "created",
        "paid",
        "failed",
        "canceled",
        "updated",
        "reconciliation_completed",
    ),
    "customer_cash_balance_transaction": ("created",),
}
_DISPUTES = ("created", "updated", "funds_withdrawn", "funds_reinstated", "closed")
_KINDS = {f"{kind}.{what}": kind for kind, whats in _OBJECTS.items() for what in whats}
_KINDS |= {f"charge.dispute.{what}": "dispute" for what in _DISPUTES}
_KINDS |= {
    "charge.refund.updated": "refund",
    "checkout.session.completed": "checkout.session",
    "checkout.session.async_payment_succeeded": "checkout.session",
}
USED_EVENTS = tuple(sorted(_KINDS))


@dataclass(frozen=True, slots=True)
class StripeEvent:
    """A webhook event: its id, type, and the object it is about ("charge", "ch_1").

    `owner` is the customer that the object belongs to, where Stripe finds the object by both.
    """

    id: str
    type: str
    object_kind: str
    object_id: str
    owner: str = ""

    @property
    def used(self) -> bool:
        """Whether it is about money that came, comes back, or leaves for the bank."""
        return self.type in _KINDS


@dataclass(frozen=True, slots=True)
class NotAnEvent:
    """The body is no Stripe event."""

    reason: str


def read_event(body: bytes) -> StripeEvent | NotAnEvent:
    """What a webhook body says. Never raises, whatever the bytes."""
    if len(body) > _MAX_BODY:
        return NotAnEvent("the body is too large")
    try:
        raw = json.loads(body)
        event_id, event_type = raw["id"], raw["type"]
        thing = raw["data"]["object"]
        kind, object_id, owner = thing["object"], thing.get("id", ""), thing.get("customer")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return NotAnEvent("it is not written like a Stripe event")
    texts = (event_id, event_type, kind)
    if not all(isinstance(text, str) and 0 < len(text) <= 200 for text in texts):
        return NotAnEvent("an id or a type of it is no text")
    if _KINDS.get(event_type, kind) != kind:
        return NotAnEvent(f"{event_type} is not about a {kind}")
    if not _ID.fullmatch(event_id) or (event_type in _KINDS and not _is_id(object_id)):
        return NotAnEvent("an id of it is not written like an id of Stripe")
    named = object_id if _is_id(object_id) else ""
    return StripeEvent(event_id, event_type, kind, named, owner if _is_id(owner) else "")


def _is_id(found: object) -> bool:
    return isinstance(found, str) and _ID.fullmatch(found) is not None
