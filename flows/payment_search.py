"""Money that a customer says was sent: looked for among receipts, matched in thought only."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.dunning.actions import FindPayment
from domain.matching.explain import as_json
from flows.cash.inputs import decided
from flows.cash.matching import inputs_of
from flows.desk import Desk
from store import payment_search
from store.engine import Session
from store.receivables import PaymentRow

_AROUND, _BACK = timedelta(days=7), timedelta(days=60)
_MOST = 5


async def search(
    session: Session, desk: Desk, customer_id: int, action: FindPayment, now: datetime
) -> list[dict[str, object]]:
    """Receipts that may be the payment, likeliest first, with what matching says of each.

    Nothing is written: neither a match nor a receipt changes by being looked at.
    """
    since = min((day - _AROUND for day in action.paid_on), default=(now - _BACK).date())
    rows = await payment_search.candidates(session, customer_id, since)
    ranked = sorted(rows, key=lambda row: (-_score(row, action, customer_id), row.id))
    likely = [row for row in ranked if _score(row, action, customer_id) > 0][:_MOST]
    return [await _told(session, desk, row, action, customer_id) for row in likely]


def _score(row: PaymentRow, action: FindPayment, customer_id: int) -> int:
    """Amount and reference prove more than a day; a stranger's money needs one of both."""
    amount = action.amount
    same = amount is not None and (row.amount_minor, row.currency) == (
        amount.minor,
        amount.currency,
    )
    named = len(action.reference) > 3 and _folded(action.reference) in _folded(
        f"{row.reference} {row.number} {row.raw}"
    )
    near = any(abs(row.received_on - day) <= _AROUND for day in action.paid_on)
    own = row.customer_id == customer_id
    if not own and not (same or named):
        return 0
    return 4 * named + 3 * same + 2 * own + near


async def _told(
    session: Session, desk: Desk, row: PaymentRow, action: FindPayment, customer_id: int
) -> dict[str, object]:
    told: dict[str, object] = {
        "payment_id": row.id,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "received_on": row.received_on.isoformat(),
        "reference": row.reference[:140],
        "state": row.state,
        "likely": _score(row, action, customer_id),
    }
    if row.state in ("received", "waiting"):
        told["match"] = as_json(decided(await inputs_of(session, desk, row)))
    return told


def _folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
