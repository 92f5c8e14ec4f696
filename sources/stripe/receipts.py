"""Money that came in through Stripe, read from Stripe's own objects.

A payment by card or debit is told by two objects, the payment intent and its charge; a bank
transfer by one, the cash balance transaction that funded the customer's balance. What is paid out
of that balance later is no new money.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from domain.ledger.errors import LedgerError
from domain.matching.receipt import (
    AccountScheme,
    Channel,
    PayerAccount,
    Reference,
    ReferenceKind,
)
from sources.arrived import Arrived
from sources.stripe.amounts import money_of

SOURCE = "stripe"
_LONGEST = 1_000
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, LedgerError, OverflowError, OSError)
_CHANNELS = {
    "us_bank_account": Channel.ACH,
    "ach_debit": Channel.ACH,
    "sepa_debit": Channel.DIRECT_DEBIT,
    "bacs_debit": Channel.DIRECT_DEBIT,
    "au_becs_debit": Channel.DIRECT_DEBIT,
    "acss_debit": Channel.DIRECT_DEBIT,
    "card": Channel.CARD,
    "link": Channel.CARD,
}
_FROM_BALANCE = "customer_balance"
_KEPT = (
    "id",
    "object",
    "amount",
    "amount_received",
    "net_amount",
    "currency",
    "created",
    "customer",
    "description",
    "metadata",
    "status",
    "type",
    "payment_intent",
    "funded",
)
# Keys of metadata that say by name what they hold; others are never read as an id.
_ERP_KEYS = ("netsuite_invoice_id", "netsuite_internal_id", "netsuite_id")


@dataclass(frozen=True, slots=True)
class NoReceipt:
    """No new money came and stayed. `refunded`: it came, and went back or is contested.

    `paid_from_balance`: it is paid with a bank transfer that is a receipt of its own.
    """

    reason: str
    refunded: bool = False
    paid_from_balance: bool = False


def read_receipt(thing: Mapping[str, Any]) -> Arrived | NoReceipt:
    """The receipt that a charge or payment intent, read from Stripe, stands for.

    Both objects of one payment give the same `source_id`: the payment intent's id where there is
    one, else the charge's. The amount is what the customer paid: Stripe's fee is the seller's.
    """
    try:
        if thing["object"] == "payment_intent":
            return _from_intent(thing)
        return _from_charge(thing)
    except _UNREADABLE as error:
        return NoReceipt(f"Stripe's answer is not understood: {type(error).__name__} {error}"[:200])


def read_transfer(thing: Mapping[str, Any]) -> Arrived | NoReceipt:
    """The receipt that a cash balance transaction stands for, if it brought money."""
    try:
        if thing["type"] != "funded":
            return NoReceipt(f"the cash balance was {str(thing['type'])[:60]}, not funded")
        return _from_transfer(thing)
    except _UNREADABLE as error:
        return NoReceipt(f"Stripe's answer is not understood: {type(error).__name__} {error}"[:200])


def with_references(arrived: Arrived, more: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Its references and more, each once, in a stable order."""
    return tuple(dict.fromkeys((*arrived.references, *more)))


def references_of(thing: Mapping[str, Any]) -> tuple[Reference, ...]:
    """What an object says about invoices: description, metadata, the number it carries itself."""
    metadata = thing.get("metadata")
    known = metadata if isinstance(metadata, Mapping) else {}
    found: list[Reference] = []
    for key, value in sorted((str(k), str(v)) for k, v in known.items()):
        if key.lower() in _ERP_KEYS:
            found.append(Reference(ReferenceKind.OBJECT, value.strip()[:100]))
        elif "invoice" in key.lower() or key.lower() in ("reference", "po_number"):
            found.append(Reference(ReferenceKind.REMITTANCE, value.strip()[:_LONGEST]))
    named = (thing.get("number"), thing.get("client_reference_id"), thing.get("description"))
    texts = [str(text).strip()[:_LONGEST] for text in named if text]
    found.extend(Reference(ReferenceKind.LABEL, text) for text in texts)
    return tuple(dict.fromkeys(ref for ref in found if ref.text))


def day_of(stamp: object) -> date:
    """A Stripe time stamp as the day in UTC. Raises ValueError, OverflowError, OSError."""
    if type(stamp) is not int:
        raise ValueError("a time stamp is no whole number")
    return datetime.fromtimestamp(stamp, tz=UTC).date()


def _from_charge(charge: Mapping[str, Any]) -> Arrived | NoReceipt:
    if charge["status"] != "succeeded" or not charge.get("paid", True):
        return NoReceipt(f"the charge is {charge['status']}")
    if _went_back(charge):
        return NoReceipt(_went_back(charge), refunded=True)
    amount = money_of(charge.get("amount_captured", charge["amount"]), charge["currency"])
    return _arrived(charge, charge, str(charge.get("payment_intent") or charge["id"]), amount.minor)


def _from_intent(intent: Mapping[str, Any]) -> Arrived | NoReceipt:
    if intent["status"] != "succeeded":
        return NoReceipt(f"the payment intent is {intent['status']}")
    charge = intent.get("latest_charge")
    details = charge if isinstance(charge, Mapping) else intent
    if _went_back(details):
        return NoReceipt(_went_back(details), refunded=True)
    amount = money_of(intent["amount_received"], intent["currency"])
    return _arrived(intent, details, str(intent["id"]), amount.minor)


def _went_back(charge: Mapping[str, Any]) -> str:
    if charge.get("amount_refunded", 0):
        return "the charge was refunded"
    return "the charge is disputed" if charge.get("disputed") else ""


def _arrived(
    thing: Mapping[str, Any], charge: Mapping[str, Any], source_id: str, minor: int
) -> Arrived | NoReceipt:
    method = _method(charge) or _method(thing)
    if method == _FROM_BALANCE:
        told = "it is paid from the customer's cash balance; the bank transfer is the receipt"
        return NoReceipt(told, paid_from_balance=True)
    if minor <= 0:
        return NoReceipt("no money came in")
    amount = money_of(0, thing["currency"])
    billing = charge.get("billing_details") or {}
    on = day_of(charge["created"])
    return Arrived(
        source=SOURCE,
        source_id=source_id,
        amount=type(amount)(minor, amount.currency),
        booked_on=on,
        value_on=on,
        account=SOURCE,
        channel=_CHANNELS.get(method, Channel.CARD),
        type_code=method,
        payer_name=str(billing.get("name") or "")[:200],
        payer_accounts=_payer(thing.get("customer")),
        references=tuple(dict.fromkeys((*references_of(thing), *references_of(charge)))),
        raw=_raw(thing),
    )


def _method(thing: Mapping[str, Any]) -> str:
    details = thing.get("payment_method_details")
    if isinstance(details, Mapping):
        return str(details.get("type") or "")
    kinds = thing.get("payment_method_types")
    return str(kinds[0]) if isinstance(kinds, list) and len(kinds) == 1 else ""


def _payer(customer: object) -> tuple[PayerAccount, ...]:
    if not isinstance(customer, str) or not customer:
        return ()
    return (PayerAccount(AccountScheme.STRIPE_CUSTOMER, customer[:200]),)


def _from_transfer(thing: Mapping[str, Any]) -> Arrived | NoReceipt:
    amount = money_of(thing["net_amount"], thing["currency"])
    if amount.minor <= 0:
        return NoReceipt("no money came in")
    transfer = thing["funded"]["bank_transfer"]
    details = transfer.get(transfer["type"])
    known = details if isinstance(details, Mapping) else {}
    said = str(transfer.get("reference") or "").strip()[:_LONGEST]
    on = day_of(thing["created"])
    network = str(known.get("network") or transfer["type"])
    return Arrived(
        source=SOURCE,
        source_id=str(thing["id"]),
        amount=amount,
        booked_on=on,
        value_on=on,
        account=SOURCE,
        channel=Channel.ACH if network == "ach" else Channel.STRIPE_TRANSFER,
        type_code=network[:60],
        payer_name=str(known.get("sender_name") or "")[:200],
        payer_accounts=_payer(thing.get("customer")),
        references=(Reference(ReferenceKind.REMITTANCE, said),) if said else (),
        raw=_raw(thing),
    )


def _raw(thing: Mapping[str, Any]) -> str:
    """What Stripe said, without what identifies a card or a person beyond the payer's name."""
    told = {name: thing[name] for name in _KEPT if name in thing}
    return json.dumps(told, sort_keys=True, default=str)[:4000]
