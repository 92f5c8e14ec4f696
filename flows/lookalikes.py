"""Whether somebody we do not know writes from a domain made to be taken for one we do."""

from __future__ import annotations

from collections.abc import Sequence

from flows.desk import Desk
from sources.mail.lookalike import resembles
from store.engine import Session
from store.parties import contacts_of


async def imitated(session: Session, desk: Desk, sender: str, customer_ids: Sequence[int]) -> str:
    """The domain, ours or of one of these customers, that the sender's may be taken for."""
    addresses = [desk.mailbox.address]
    for customer_id in customer_ids:
        addresses += [row.email for row in await contacts_of(session, customer_id)]
    return resembles(sender.rpartition("@")[2], (a.rpartition("@")[2] for a in addresses))
