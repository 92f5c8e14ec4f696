"""Money of a customer that has come and that the ERP does not know yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from store.effects import EffectRow
from store.engine import Session
from store.followups import waits_for_person
from store.receipts import postings_on_their_way
from store.receivables import PaymentRow
from store.worklist import WorkItemRow

_GIVEN_UP = ("superseded", "expired", "rejected")


@dataclass(frozen=True, slots=True)
class Arrived:
    """`paying`: invoices a posting on its way will pay. `unplaced`: a receipt waits unmatched.

    `reply_waits`: a mail that is, or may be, theirs is on the worklist.
    """

    paying: frozenset[int]
    unplaced: bool
    reply_waits: bool = False


async def arrived(session: Session, customer_id: int) -> Arrived:
    """What came from a customer and is not posted."""
    postings = await postings_on_their_way(session, [customer_id])
    paying = frozenset(line.invoice_id for posting in postings for line in posting.applications)
    asked = select(_unplaced(customer_id), waits_for_person(customer_id))
    unplaced, reply_waits = (await session.exec(asked)).one()
    return Arrived(paying, unplaced, reply_waits)


def _unplaced(customer_id: int) -> ColumnElement[bool]:
    """A receipt not matched yet, on a person's list, or whose posting was given up."""
    asked = (
        select(WorkItemRow.id)
        .where(col(WorkItemRow.payment_id) == col(PaymentRow.id))
        .where(col(WorkItemRow.closed_at).is_(None))
        .exists()
    )
    return (
        select(PaymentRow.id)
        .outerjoin(EffectRow, col(EffectRow.id) == col(PaymentRow.effect_id))
        .where(col(PaymentRow.customer_id) == customer_id)
        .where(col(PaymentRow.netsuite_id).is_(None), col(PaymentRow.unapplied_minor) > 0)
        .where(
            or_(
                col(PaymentRow.state).in_(("received", "parked")),
                (col(PaymentRow.state) == "waiting") & asked,
                (col(PaymentRow.state) == "proposed") & col(EffectRow.state).in_(_GIVEN_UP),
            )
        )
        .exists()
    )
