"""Stripe: verified webhook bodies to values, and receipts read back from Stripe itself.

The library is loaded by the reader only: pages need the values without its 14 MB.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, exponent

_MAX_BODY = 1_000_000
_ID = re.compile(r"[a-z]{2,10}_[A-Za-z0-9_]{1,120}")
_RECEIPT_EVENTS = {"charge.succeeded": "charge", "payment_intent.succeeded": "payment_intent"}
# Stripe counts these currencies in other minor units than ISO 4217 (docs.stripe.com/currencies).
_STRIPE_EXPONENTS = {"ISK": 2, "UGX": 2, "MGA": 0}
_REVERSALS = {"charge.refunded": "charge", "charge.dispute.created": "dispute"}


@dataclass(frozen=True, slots=True)
class StripeEvent:
    """A webhook event: its id, type, and the object it is about ("charge", "ch_1")."""

    id: str
    type: str
    object_kind: str
    object_id: str
    payment_ids: tuple[str, ...] = ()

    @property
    def takes_back(self) -> bool:
        """Whether it says that money which had come goes back or is contested."""
        return self.type in _REVERSALS

    @property
    def about_receipt(self) -> bool:
        """Whether it says that money came in."""
        return self.type in _RECEIPT_EVENTS


@dataclass(frozen=True, slots=True)
class NotAnEvent:
    """The body is no Stripe event."""

    reason: str


@dataclass(frozen=True, slots=True)
class StripeReceipt:
    """Money that came in through Stripe. `source_id` is the same for every event about it."""

    source_id: str
    amount: Money
    received_on: date
    stripe_customer_id: str
    payer_name: str
    reference: str


@dataclass(frozen=True, slots=True)
class NoReceipt:
    """Stripe does not say that the money came and stayed. `refunded`: it went back."""

    reason: str
    refunded: bool = False


class ReadStripe(Protocol):
    """Reads a charge or a payment intent, with its latest charge expanded, as Stripe has it."""

    async def __call__(self, object_kind: str, object_id: str) -> Mapping[str, Any]: ...


class StripeUnavailable(Exception):
    """Stripe could not be reached or did not answer as expected."""


def read_event(body: bytes) -> StripeEvent | NotAnEvent:
    """What a webhook body says. Never raises, whatever the bytes."""
    if len(body) > _MAX_BODY:
        return NotAnEvent("the body is too large")
    try:
        raw = json.loads(body)
        event_id, event_type = raw["id"], raw["type"]
        thing = raw["data"]["object"]
        kind, object_id = thing["object"], thing["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return NotAnEvent("it is not written like a Stripe event")
    texts = (event_id, event_type, kind, object_id)
    if not all(isinstance(text, str) and 0 < len(text) <= 200 for text in texts):
        return NotAnEvent("an id or a type of it is no text")
    if not _ID.fullmatch(event_id) or not _ID.fullmatch(object_id):
        return NotAnEvent("an id of it is not written like an id of Stripe")
    expected = (_RECEIPT_EVENTS | _REVERSALS).get(event_type, kind)
    if kind != expected:
        return NotAnEvent(f"{event_type} is not about a {kind}")
    named = (thing.get("payment_intent"), thing.get("charge"), object_id)
    ids = tuple(i for i in named if isinstance(i, str) and _ID.fullmatch(i))
    return StripeEvent(event_id, event_type, kind, object_id, ids)


def read_receipt(thing: Mapping[str, Any]) -> StripeReceipt | NoReceipt:
    """The receipt that a charge or payment intent, read from Stripe, stands for.

    Both objects of one payment give the same `source_id`: the payment intent's id where there is
    one, else the charge's.
    """
    try:
        if thing["object"] == "payment_intent":
            return _from_intent(thing)
        return _from_charge(thing)
    except (KeyError, TypeError, ValueError, AttributeError, LedgerError, OverflowError) as error:
        return NoReceipt(f"Stripe's answer is not understood: {type(error).__name__} {error}"[:200])


def money_of(amount: object, currency: object) -> Money:
    """Stripe's amount as money. Raises LedgerError or ValueError when that is not exact."""
    if type(amount) is not int or not isinstance(currency, str):
        raise ValueError("an amount is no whole number")
    code = currency.upper()
    shift = exponent(code) - _STRIPE_EXPONENTS.get(code, exponent(code))
    if shift >= 0:
        return Money(amount * 10**shift, code)
    minor, rest = divmod(amount, 10**-shift)
    if rest:
        raise ValueError(f"{amount} is not exact in {code}")
    return Money(minor, code)


def _from_charge(charge: Mapping[str, Any]) -> StripeReceipt | NoReceipt:
    if charge["status"] != "succeeded" or not charge.get("paid", True):
        return NoReceipt(f"the charge is {charge['status']}")
    if _went_back(charge):
        return NoReceipt(_went_back(charge), refunded=True)
    amount = money_of(charge.get("amount_captured", charge["amount"]), charge["currency"])
    return _receipt(charge, charge, str(charge.get("payment_intent") or charge["id"]), amount)


def _went_back(charge: Mapping[str, Any]) -> str:
    if charge.get("amount_refunded", 0):
        return "the charge was refunded"
    return "the charge is disputed" if charge.get("disputed") else ""


def _from_intent(intent: Mapping[str, Any]) -> StripeReceipt | NoReceipt:
    if intent["status"] != "succeeded":
        return NoReceipt(f"the payment intent is {intent['status']}")
    charge = intent.get("latest_charge")
    details = charge if isinstance(charge, Mapping) else intent
    if _went_back(details):
        return NoReceipt(_went_back(details), refunded=True)
    amount = money_of(intent["amount_received"], intent["currency"])
    return _receipt(intent, details, intent["id"], amount)


def _receipt(
    thing: Mapping[str, Any], charge: Mapping[str, Any], source_id: str, amount: Money
) -> StripeReceipt | NoReceipt:
    if amount.minor <= 0:
        return NoReceipt("no money came in")
    billing = charge.get("billing_details") or {}
    return StripeReceipt(
        source_id=source_id,
        amount=amount,
        received_on=datetime.fromtimestamp(charge["created"], tz=UTC).date(),
        stripe_customer_id=str(thing.get("customer") or "")[:200],
        payer_name=str(billing.get("name") or "")[:200],
        reference=_reference(thing),
    )


def _reference(thing: Mapping[str, Any]) -> str:
    """The words that may name invoices: the description, and metadata keys about invoices."""
    metadata = thing.get("metadata") or {}
    named = [str(value) for key, value in sorted(metadata.items()) if "invoice" in key.lower()]
    return " ".join([str(thing.get("description") or ""), *named]).strip()[:1000]


class StripeReader:
    """Reads from Stripe with the official client; `base` replaces Stripe's own address."""

    def __init__(self, api_key: str, *, base: str = "", timeout: int = 20) -> None:
        import stripe

        self._http = stripe.HTTPXClient(timeout=timeout)
        self._client = stripe.StripeClient(
            api_key,
            http_client=self._http,
            base_addresses={"api": base} if base else {},
            max_network_retries=2,
        )

    async def __call__(self, object_kind: str, object_id: str) -> Mapping[str, Any]:
        """The object as Stripe has it now. Raises StripeUnavailable."""
        from stripe import StripeError

        api = self._client.v1
        try:
            if object_kind == "payment_intent":
                found: Any = await api.payment_intents.retrieve_async(
                    object_id, {"expand": ["latest_charge"]}
                )
            else:
                found = await api.charges.retrieve_async(object_id)
        except StripeError as error:
            raise StripeUnavailable(type(error).__name__) from error
        answer: Mapping[str, Any] = found.to_dict()
        return answer

    async def close(self) -> None:
        """Give back the connections."""
        http: Any = self._http
        await http.close_async()


def stripe_reader(api_key: str, *, base: str = "", timeout: int = 20) -> StripeReader:
    """A reader of the account that `api_key` belongs to."""
    return StripeReader(api_key, base=base, timeout=timeout)
