"""Stripe: verified webhook bodies to values, and objects read back from Stripe itself."""

from sources.stripe.reading import (
    NoReceipt,
    NotAnEvent,
    ReadStripe,
    StripeEvent,
    StripeReader,
    StripeReceipt,
    StripeUnavailable,
    money_of,
    read_event,
    read_receipt,
    stripe_reader,
)

__all__ = [
    "NoReceipt",
    "NotAnEvent",
    "ReadStripe",
    "StripeEvent",
    "StripeReader",
    "StripeReceipt",
    "StripeUnavailable",
    "money_of",
    "read_event",
    "read_receipt",
    "stripe_reader",
]
