"""A payout that is told after the bank booked it: its line is found, and is no receipt."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.ledger.money import Money
from domain.matching.decision import NotReceiptKind
from flows.bank.already import is_payout
from flows.bank.deposits import BANK, is_free
from store import bank, receipts
from store.bank import BankLineRow
from store.engine import Session
from store.payouts import PayoutRow
from store.worklist import WorkItemRow, close_item, open_item

_EARLY, _LATE = timedelta(days=1), timedelta(days=4)


async def payout_told(session: Session, payout: PayoutRow, now: datetime) -> None:
    """Find the line that a payout arrived on, by its trace or by amount, days and name.

    A receipt that was made of the line is none any more; one that is posted or approved is a
    person's work.
    """
    if payout.bank_line_id is not None or payout.amount_minor <= 0:
        return
    line = await _line(session, payout)
    if line is None:
        return
    await receipts.take_turns(session)
    known = await receipts.receipt(session, line.payment_id) if line.payment_id else None
    if known is not None and known.state != "not_a_receipt":
        if not await is_free(session, known, now):
            await _ask(session, payout, line, now)
            return
        known.state, known.not_a_receipt = "not_a_receipt", NotReceiptKind.PAYOUT
        session.add(known)
        await close_item(session, f"payment:{known.id}", by=str(BANK), now=now)
    await close_item(session, f"bank:held:{line.id}", by=str(BANK), now=now)
    await is_payout(session, line, payout, now)
    session.add(line)


async def _line(session: Session, payout: PayoutRow) -> BankLineRow | None:
    first, last = payout.arrives_on - _EARLY, payout.arrives_on + _LATE
    if payout.trace:
        traced = await bank.lines_traced(session, payout.currency, payout.trace.upper())
        if len(traced) == 1:
            return traced[0]
    alike = await bank.unexplained(
        session, payout.currency, first, last, amount_minor=payout.amount_minor
    )
    service = payout.source.upper()
    named = [one for one in alike if service in f"{one.payer_name} {one.text}".upper()]
    free = [one for one in named if one.payout_id is None]
    return free[0] if len(free) == 1 else None


async def _ask(session: Session, payout: PayoutRow, line: BankLineRow, now: datetime) -> None:
    amount = Money(line.amount_minor, line.currency)
    words = f"{amount} was posted as a payment, and is payout {payout.source_id}"
    await open_item(
        session,
        WorkItemRow(
            key=f"bank:payout:{payout.id}",
            kind="payment",
            payment_id=line.payment_id,
            title=words,
            detail={"bank_line_id": line.id, "payout_id": payout.id},
            opened_at=now,
        ),
    )
