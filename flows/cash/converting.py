"""Money in one currency for invoices in another: booked in theirs, at the rate the bank gave.

The ERP values such a payment at its exchange rate, which is what arrived for a unit of what is
booked; the difference to the invoices' own rates is realised gain or loss.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from domain.ledger.money import Money
from domain.matching.decision import Ambiguous, Matched, Unmatched
from domain.matching.explain import from_json
from effects.actor import Actor
from effects.audit import Entry, record
from flows.cash.acts import look_again, placeable
from flows.cash.outcomes import Acted, ActRefused
from flows.cash.rates import bank_rate, rounding
from store.engine import Session
from store.journal_facts import books_currency, worth
from store.receipt_values import arrived_money
from store.receivables import PaymentRow

_FAR = 10


async def book_in(
    session: Session, payment_id: int, booked: Money, reason: str, by: Actor, now: datetime
) -> Acted | ActRefused:
    """Book a receipt as this much of the invoices' currency; matched again, a person approves.

    What arrived takes that back.
    """
    if not reason.strip():
        return ActRefused("Say why.")
    row = await placeable(session, payment_id)
    if isinstance(row, ActRefused):
        return row
    arrived = arrived_money(row)
    wrong = "" if booked == arrived else await _wrong(session, row, arrived, booked)
    if wrong:
        return ActRefused(wrong)
    before = Money(row.amount_minor, row.currency)
    back = booked == arrived
    if row.fee_minor:
        row.fee_minor = round(Fraction(row.fee_minor * booked.minor, before.minor))
    row.currency, row.amount_minor = booked.currency, booked.minor
    row.unapplied_minor = booked.minor
    row.received_minor = None if back else arrived.minor
    row.received_currency = None if back else arrived.currency
    row.booked_by = None if back else str(by)
    rate = "" if back else bank_rate(arrived, booked)
    detail = {"before": str(before), "after": str(booked), "rate": rate, "reason": reason[:500]}
    await record(session, Entry(by, "payment.booked_in", "payment", str(row.id), detail), now)
    await look_again(session, row, "it is booked in another currency", by, now)
    return Acted(row.id)


async def _wrong(session: Session, row: PaymentRow, arrived: Money, booked: Money) -> str:
    if row.unapplied_minor != row.amount_minor:
        return "A part of it is applied already."
    if booked.currency == arrived.currency or booked.minor <= 0:
        return f"Write an amount in another currency than {arrived.currency}, or {arrived} again."
    if row.source == "stripe":
        return "Stripe has paid this out in its own currency: book it in Stripe's way."
    payer = _payer(row)
    if payer is None:
        return "Say first who paid it: its company's books decide."
    base = await books_currency(session, payer)
    if not base:
        return "The ERP has not told in which currency the company's books are."
    if base != arrived.currency:
        return f"The books are in {base}: only money that came in {base} can be booked otherwise."
    rate = bank_rate(arrived, booked)
    known = await worth(session, base, booked.currency, row.received_on)
    if known and abs(Fraction(rate) - Fraction(known)) * _FAR > Fraction(known):
        told = f"one {booked.currency} would be {rate} {base}; the ERP has {known}"
        return f"{told[:1].upper()}{told[1:]}. Look at the amount again."
    if abs(rounding(arrived, booked).minor) * 100 > arrived.minor:
        return "The amount is too small for a rate."
    return ""


def _payer(row: PaymentRow) -> int | None:
    """Who is believed to have paid it."""
    if row.customer_id is not None or not row.match.get("version"):
        return row.customer_id
    decision = from_json(row.match)
    if isinstance(decision, Matched | Ambiguous | Unmatched):
        return decision.payer.customer_id
    return None
