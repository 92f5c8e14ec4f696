"""Money of a customer that has come and that the ERP does not know yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, or_, select

from store.effects import EffectRow
from store.engine import Session
from store.receipts import postings_on_their_way
from store.receivables import PaymentRow
from store.worklist import WorkItemRow

_GIVEN_UP = ("superseded", "expired", "rejected")


@dataclass(frozen=True, slots=True)
class Arrived:
    """`paying`: invoices a posting on its way will pay. `unplaced`: a receipt waits unmatched."""

    paying: frozenset[int]
    unplaced: bool


async def arrived(session: Session, customer_id: int) -> Arrived:
    """What came from a customer and is not posted."""
    postings = await postings_on_their_way(session, [customer_id])
    paying = frozenset(line.invoice_id for posting in postings for line in posting.applications)
    return Arrived(paying, await _unplaced(session, customer_id))


async def _unplaced(session: Session, customer_id: int) -> bool:
    """A receipt not matched yet, on a person's list, or whose posting was given up."""
    asked = (
        select(WorkItemRow.id)
        .where(col(WorkItemRow.payment_id) == col(PaymentRow.id))
        .where(col(WorkItemRow.closed_at).is_(None))
        .exists()
    )
    found = await session.exec(
        select(PaymentRow.id)
        .outerjoin(EffectRow, col(EffectRow.id) == col(PaymentRow.effect_id))
        .where(col(PaymentRow.customer_id) == customer_id)
        .where(col(PaymentRow.netsuite_id).is_(None), col(PaymentRow.unapplied_minor) > 0)
        .where(
            or_(
                col(PaymentRow.state) == "received",
                (col(PaymentRow.state) == "waiting") & asked,
                (col(PaymentRow.state) == "proposed") & col(EffectRow.state).in_(_GIVEN_UP),
            )
        )
        .limit(1)
    )
    return found.first() is not None
