"""Money that a bank takes back: an ACH return, a bounced check, a reversed credit."""

from __future__ import annotations

from datetime import datetime

from domain.ledger.money import Money
from flows.bank.deposits import BANK
from flows.cash.taking_back import take_back
from flows.desk import Desk
from store import receipts
from store.applied import named_in_references
from store.bank import BankLineRow
from store.engine import Session
from store.receipt_values import arrived_money
from store.receivables import PaymentRow
from store.worklist import WorkItemRow, open_item

_MOST_TRIED = 10


async def money_back(
    session: Session, desk: Desk, row: BankLineRow, now: datetime, fee: Money | None = None
) -> None:
    """Take back the receipt that a return names, if it is one of the returned amount.

    A bank returns an entry whole: another amount is another payment, and a person is asked. What
    the bank charges for it may be within the line's amount (`fee`).
    """
    row.outcome, row.state = "returned", "open"
    amount = Money(row.amount_minor, row.currency)
    if amount.minor > 0:
        row.state, row.reason = "aside", "money of ours that came back"
        await _tell(session, row, f"{amount} that had left the account came back", now)
        return
    payment = await _returned(session, row, fee)
    if payment is None:
        row.reason = "no receipt of this amount is named"
        words = f"The bank took back {-amount} ({row.return_code}); no receipt of it is known"
        await _tell(session, row, words, now)
        return
    became = await take_back(
        session,
        desk,
        source=payment.source,
        reference=payment.source_id,
        code=row.return_code,
        amount=Money(payment.amount_minor, payment.currency),
        now=now,
        occasion=f"bank_line:{row.id}",
        fee=-amount - arrived_money(payment) or None,
    )
    row.payment_id = payment.id
    row.reason = f"{row.return_code}: payment {payment.id} is taken back ({became})"[:300]


async def _returned(session: Session, row: BankLineRow, fee: Money | None) -> PaymentRow | None:
    """The receipt that a return names: of its amount, or of that without the fee in it."""
    gone = Money(-row.amount_minor, row.currency)
    charged = [gone - fee] if fee is not None and fee.currency == gone.currency else []
    for trace in row.traces[:_MOST_TRIED]:
        for payment_id in await named_in_references(session, trace):
            payment = await receipts.receipt(session, payment_id)
            if payment is not None and arrived_money(payment) in (gone, *charged):
                return payment
    return None


async def _tell(session: Session, row: BankLineRow, words: str, now: datetime) -> None:
    await open_item(
        session,
        WorkItemRow(
            key=f"bank:returned:{row.id}",
            kind="payment",
            title=words,
            detail={"bank_line_id": row.id, "returns": row.returns, "opened_by": str(BANK)},
            opened_at=now,
        ),
    )
