"""The effects that take a posted payment back, and those that bring it again.

A journal debits receivables and credits the bank; the payment's application moves from the
invoices to it, and they are open again (what NetSuite's own guides do with returned checks).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.ledger.money import Money, total
from effects.kinds import AppliedAmount, Effect
from effects.kinds_cash import ApplyCredit, ReversePayment
from effects.kinds_journal import EntryLine, JournalPurpose, PostJournal
from effects.kinds_payments import UsedCredit
from erp.identity import external_id
from flows.cash.rates import bank_rate
from flows.cash.undoing import applied_lines
from flows.desk import Desk
from store import matching, parties
from store.effects import effect
from store.engine import Session
from store.parties import CustomerRow
from store.receipt_values import arrived_money
from store.receivables import PaymentRow

_CHARGEBACKS = ("dispute", "chargeback")
_NEVER = ("rejected", "expired", "superseded")


async def reversal_of(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    amount: Money,
    code: str,
    occasion: str,
    now: datetime,
) -> tuple[tuple[str, Effect], ...]:
    """The journal, then the payment moved onto it, then what the exchange rate left over."""
    customer = await _customer(session, row)
    stands = await applied_lines(session, row)
    purpose: JournalPurpose = "chargeback" if code.startswith(_CHARGEBACKS) else "return"
    journal = _journal(desk, row, customer, amount, purpose, occasion, now)
    reverse = ReversePayment(
        payment_id=row.id,
        payment_netsuite_id=str(row.netsuite_id),
        customer_id=customer.id,
        customer_netsuite_id=customer.netsuite_id,
        reason_code=code,
        reversed_on=now.date(),
        amount=amount,
        applications=taken_off(stands, amount, Money(row.unapplied_minor, row.currency)),
        occasion=occasion,
        journal_external_id=journal.external_id,
        waits_for=journal.key(),
        before=stands,
        number=row.number,
        exchange_rate=journal.exchange_rate,
    )
    whole = amount.minor >= row.amount_minor
    rest = await _rounding_back(session, desk, row, occasion, now) if whole else ()
    return (("reversal_journal", journal), ("reversal", reverse), *rest)


async def _rounding_back(
    session: Session, desk: Desk, row: PaymentRow, occasion: str, now: datetime
) -> tuple[tuple[str, Effect], ...]:
    """The cents of the bank's rate that were booked beside the payment, the other way round."""
    for one in await matching.effects_of(session, row.id):
        known = await effect(session, one.effect_id) if one.role == "fx_rounding" else None
        if known is None or known.state in _NEVER:
            continue
        was = PostJournal.from_payload(known.payload)
        back = replace(
            was,
            lines=tuple(
                replace(line, debit=line.credit, credit=line.debit) for line in reversed(was.lines)
            ),
            posted_on=now.date(),
            occasion=f"{occasion}:fx",
            external_id=external_id(desk.tenant, row.source, f"{occasion}:fx", "journal"),
            memo=f"return of the {was.memo}"[:200],
            waits_for=was.key(),
        )
        return (("reversal_rounding", back),)
    return ()


async def fee_of(
    session: Session, desk: Desk, row: PaymentRow, fee: Money, occasion: str, now: datetime
) -> tuple[str, Effect]:
    """What the bank charged for a return, taken to expense in the customer's company."""
    books = desk.cash
    payer = await parties.customer(session, row.customer_id) if row.customer_id else None
    bank = books.of(row.source, row.own_account)
    journal = PostJournal(
        purpose="bank_fee",
        customer_id=row.customer_id,
        customer_netsuite_id=payer.netsuite_id if payer else "",
        lines=(
            EntryLine(books.fee.netsuite_id, books.fee.name, debit=fee),
            EntryLine(bank.netsuite_id, bank.name, credit=fee),
        ),
        posted_on=now.date(),
        occasion=occasion,
        external_id=external_id(desk.tenant, row.source, f"{occasion}:bank_fee", "journal"),
        memo=f"charge for the return of {row.source} {row.source_id}"[:200],
        payment_id=row.id,
    )
    return "reversal_fee", journal


def taken_off(
    stands: tuple[AppliedAmount, ...], amount: Money, unapplied: Money
) -> tuple[AppliedAmount, ...]:
    """What comes off each invoice: unapplied money goes first, then the latest due."""
    left = amount.minor - min(unapplied.minor, amount.minor)
    found: list[AppliedAmount] = []
    for line in reversed(stands):
        share = min(left, line.amount.minor)
        if share > 0:
            part = Money(share, line.amount.currency)
            found.append(AppliedAmount(line.invoice_id, line.netsuite_id, line.number, part))
            left -= share
    return tuple(reversed(found))


async def won_of(
    session: Session, desk: Desk, row: PaymentRow, amount: Money, occasion: str, now: datetime
) -> tuple[tuple[str, Effect], ...]:
    """The journal that brings the money again, and its application to what was opened."""
    customer = await _customer(session, row)
    journal = _journal(desk, row, customer, amount, "chargeback_won", f"{occasion}:won", now)
    lines = _within(await _reopened(session, row), amount)
    if not lines:
        return (("won_journal", journal),)
    applied = total((line.amount for line in lines), amount.currency)
    applying = ApplyCredit(
        customer_id=customer.id,
        customer_netsuite_id=customer.netsuite_id,
        credit=UsedCredit("journal", 0, "", "", applied),
        applications=lines,
        occasion=f"{occasion}:won",
        applied_on=now.date(),
        external_id=external_id(desk.tenant, row.source, f"{occasion}:won", "application"),
        credit_external_id=journal.external_id,
        ar_account_netsuite_id=desk.cash.receivable.netsuite_id,
        waits_for=journal.key(),
        memo="the dispute was won",
    )
    return (("won_journal", journal), ("won_applied", applying))


async def _reopened(session: Session, row: PaymentRow) -> tuple[AppliedAmount, ...]:
    """What the reversal that was carried out took off the invoices."""
    for one in await matching.effects_of(session, row.id):
        known = await effect(session, one.effect_id) if one.role == "reversal" else None
        if known is not None and known.state == "done":
            return ReversePayment.from_payload(known.payload).applications
    return ()


def _within(lines: tuple[AppliedAmount, ...], amount: Money) -> tuple[AppliedAmount, ...]:
    return taken_off(lines, amount, Money.zero(amount.currency))


def _journal(
    desk: Desk,
    row: PaymentRow,
    customer: CustomerRow,
    amount: Money,
    purpose: JournalPurpose,
    occasion: str,
    now: datetime,
) -> PostJournal:
    books = desk.cash
    bank = books.of(row.source, row.own_account)
    again = purpose == "chargeback_won"
    debit, credit = (None, amount) if again else (amount, None)
    ours = EntryLine(
        books.receivable.netsuite_id,
        books.receivable.name,
        debit=debit,
        credit=credit,
        entity_netsuite_id=customer.netsuite_id,
    )
    theirs = EntryLine(bank.netsuite_id, bank.name, debit=credit, credit=debit)
    return PostJournal(
        purpose=purpose,
        customer_id=customer.id,
        customer_netsuite_id=customer.netsuite_id,
        lines=(theirs, ours) if again else (ours, theirs),
        posted_on=now.date(),
        occasion=occasion,
        external_id=external_id(desk.tenant, row.source, f"{occasion}:{purpose}", "journal"),
        memo=f"{purpose.replace('_', ' ')} of {row.source} {row.source_id}"[:200],
        payment_id=row.id,
        exchange_rate=_rate(row),
    )


def _rate(row: PaymentRow) -> str:
    """The bank takes back what it gave, where that was in another currency."""
    if row.received_minor is None:
        return ""
    return bank_rate(arrived_money(row), Money(row.amount_minor, row.currency))


async def _customer(session: Session, row: PaymentRow) -> CustomerRow:
    found = await parties.customer(session, row.customer_id or 0)
    if found is None:
        raise LookupError(f"customer {row.customer_id} vanished")
    return found
