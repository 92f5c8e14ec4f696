"""Stripe's amounts as money."""

from __future__ import annotations

from domain.ledger.money import Money, exponent

# Stripe counts these currencies in other minor units than ISO 4217 (docs.stripe.com/currencies).
_STRIPE_EXPONENTS = {"ISK": 2, "UGX": 2, "MGA": 0}


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
