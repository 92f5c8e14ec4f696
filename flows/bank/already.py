"""Money on a statement that is known in another form: a payout, a person's entry, another file.

What is named by a reference is settled. What only has the same amount in the same days is held
for a person: money must neither be counted twice nor be lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ledger.money import Money
from flows.bank.deposits import in_words
from flows.bank.rows import same_account, share_a_word
from store import bank, payouts
from store.bank import BankLineRow
from store.engine import Session
from store.payouts import PayoutRow
from store.worklist import WorkItemRow, open_item

_EARLY, _LATE = timedelta(days=1), timedelta(days=4)
_ENTERED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """The money is known in another form; `twin`: the line of another format that told it."""

    twin: BankLineRow | None = None


async def already_known(session: Session, row: BankLineRow, now: datetime) -> Told | None:
    """Whether a line's money is known already; the line is marked with what it is then."""
    twin = await _twin(session, row)
    if twin is not None:
        row.settled_by_id, row.state, row.outcome = twin.id, "aside", "known"
        row.reason = f"the same movement as in a file of {twin.format}"
        return Told(twin)
    if row.amount_minor <= 0 or row.role == "return":
        return None
    if await _payout(session, row, now) or await _entered(session, row, now):
        return Told()
    return None


async def _twin(session: Session, row: BankLineRow) -> BankLineRow | None:
    """A line of another format that no other line of this format was taken for."""
    others = [one for one in await bank.alike(session, row) if _may_be(row, one)]
    told = await bank.told_by(session, [one.id for one in others]) if others else []
    taken = {one.settled_by_id for one in told if one.format == row.format and one.id != row.id}
    free = [one for one in others if one.id not in taken]
    return min(free, key=lambda one: (not set(one.traces) & set(row.traces), one.id), default=None)


def _may_be(row: BankLineRow, other: BankLineRow) -> bool:
    """Whether neither the account nor the payer speaks against one movement told twice."""
    if not same_account(other.account, row.account):
        return False
    named = bool(row.payer_name and other.payer_name)
    return not named or share_a_word(row.payer_name, other.payer_name)


async def _payout(session: Session, row: BankLineRow, now: datetime) -> bool:
    written = [*row.traces, *(trace.lower() for trace in row.traces)]
    traced = await payouts.payouts_traced(session, written)
    open_ones = [one for one in traced if one.bank_line_id in (None, row.id)]
    if len(open_ones) == 1 and open_ones[0].currency == row.currency:
        await is_payout(session, row, open_ones[0], now)
        return True
    arriving = await payouts.payouts_arriving(
        session,
        currency=row.currency,
        amount_minor=row.amount_minor,
        first=row.booked_on - _LATE,
        last=row.booked_on + _EARLY,
    )
    if not arriving:
        return False
    told = f"{row.payer_name} {row.text}".upper()
    if len(arriving) == 1 and arriving[0].source.upper() in told:
        await is_payout(session, row, arriving[0], now)
    else:
        await _hold(session, row, f"payout {arriving[0].source_id}", now)
    return True


async def is_payout(session: Session, row: BankLineRow, payout: PayoutRow, now: datetime) -> None:
    """The line is this payout's; what it differs by is told a person."""
    difference = row.amount_minor - payout.amount_minor
    payout.bank_line_id = row.id
    session.add(payout)
    row.payout_id, row.outcome, row.difference_minor = payout.id, "payout", difference
    row.state = "difference" if difference else "matched"
    row.reason = f"payout {payout.source_id}"
    if difference:
        amount, differs = Money(row.amount_minor, row.currency), Money(difference, row.currency)
        words = f"Payout {payout.source_id} came as {amount}, {in_words(differs)} than announced"
        await _item(session, row, f"bank:difference:{row.id}", words, now)


async def _entered(session: Session, row: BankLineRow, now: datetime) -> bool:
    """A receipt that a person entered before the bank told it."""
    entered = await bank.entered_by_hand(
        session,
        row.currency,
        row.amount_minor,
        row.booked_on - _ENTERED,
        row.booked_on + _ENTERED,
    )
    named = [one for one in entered if one.source_id.upper() in row.traces]
    if named:
        payment = named[0]
        payment.bank_line_id = row.id
        session.add(payment)
        row.payment_id, row.outcome, row.state = payment.id, "receipt", "matched"
        row.difference_minor, row.reason = 0, f"entered by hand as {payment.source_id}"
        return True
    if entered:
        await _hold(session, row, f"payment {entered[0].source_id}, entered by hand", now)
    return bool(entered)


async def _hold(session: Session, row: BankLineRow, what: str, now: datetime) -> None:
    row.state, row.outcome, row.reason = "open", "held", f"may be {what}"
    amount = Money(row.amount_minor, row.currency)
    words = f"{amount} from the bank may be {what}: say whether it is"
    await _item(session, row, f"bank:held:{row.id}", words, now)


async def _item(session: Session, row: BankLineRow, key: str, words: str, now: datetime) -> None:
    await open_item(
        session,
        WorkItemRow(
            key=key,
            kind="payment",
            title=words,
            detail={"bank_line_id": row.id, "reason": row.reason},
            opened_at=now,
        ),
    )
