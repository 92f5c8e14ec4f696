"""A mail on its way in: whose it may be, and how a person is asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sources.mail.attach import Attached, Candidates, Unmatched
from sources.mail.message import InboundMail
from store.engine import Session
from store.inbox import SourceEventRow
from store.worklist import WorkItemRow, open_item

Where = Attached | Candidates | Unmatched
_MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """One stored mail that was read, and where it belongs.

    `related`: it is of another thread. `also` are other customers whose invoices it names, at whom
    its sender is on file too.
    """

    row: SourceEventRow
    mail: InboundMail
    where: Where
    now: datetime
    related: bool = False
    also: tuple[int, ...] = ()

    @property
    def customer_id(self) -> int | None:
        return self.where.customer_id if isinstance(self.where, Attached) else None


def perhaps(where: Where) -> tuple[int, ...]:
    """Customers a mail may be from: they are left alone until a person has read it."""
    return () if isinstance(where, Attached) else where.customer_ids[:_MOST_CANDIDATES]


def unattached(where: Where) -> str:
    """Why a mail belongs to no customer, in words."""
    match where:
        case Candidates(customer_ids=(_,)):
            return "the sender is not on file; somebody of that domain is"
        case Candidates():
            return "the sender, or its domain, is on file at several customers"
        case Unmatched(reason=reason):
            return reason
        case _:
            return "the customer is gone"


async def ask(
    session: Session, arrival: Arrival, touchpoint_id: int, reason: str, key: str = ""
) -> None:
    """Put a mail before a person; whose it may be is left alone meanwhile. Once a `key`."""
    mail = arrival.mail
    await open_item(
        session,
        WorkItemRow(
            key=key or f"touchpoint:{touchpoint_id}",
            kind="reply",
            customer_id=arrival.customer_id,
            touchpoint_id=touchpoint_id,
            title=f"{mail.sender}: {mail.subject or 'no subject'}"[:300],
            detail={"reason": reason, "candidates": list(perhaps(arrival.where))},
            opened_at=arrival.now,
        ),
    )
