"""People say that an address is written to no more, or again."""

from __future__ import annotations

from datetime import datetime

from effects.actor import Person, Role, may_approve
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from flows.contacts import retire
from flows.conversations import look_again, refuse
from store import stops
from store.engine import Session
from store.erp_bulk import INACTIVE
from store.parties import ContactRow

# Their own wish is not lifted by the person who collects.
_WISHES = ("stop_contact", "marked our mail as spam")


async def silence(
    session: Session, contact_id: int, *, by: Person, reason: str, now: datetime
) -> int | Refusal:
    """Write to this address no more, at whichever customers it is on file; how many contacts."""
    row = await _contact(session, contact_id, by, reason)
    if isinstance(row, Refusal):
        return row
    if row.suppressed_at is not None:
        return Refusal(RefusalCode.WRONG_STATE, "It is not written to already.")
    detail = {"address": row.email, "reason": reason[:300]}
    told = Entry(by.actor, "contact.silenced", "contact", str(contact_id), detail)
    await record(session, told, now)
    words = " ".join(reason.split())[:200]
    silenced = await retire(session, row.customer_id, row.email, reason=words, now=now)
    await look_again(session, row.customer_id, now)
    return silenced


async def restore(
    session: Session, contact_id: int, *, by: Person, reason: str, now: datetime
) -> int | Refusal:
    """Write to this address again, wherever it was silenced with it; how many contacts.

    Who asked for peace is written to again only by an approver's word.
    """
    row = await _contact(session, contact_id, by, reason)
    if isinstance(row, Refusal):
        return row
    if row.suppressed_at is None:
        return Refusal(RefusalCode.WRONG_STATE, "It is written to already.")
    if row.suppressed_reason == INACTIVE:
        words = "It is inactive in the ERP: make it active there."
        return Refusal(RefusalCode.WRONG_STATE, words)
    if row.suppressed_reason in _WISHES and not may_approve(by.role, Role.APPROVER):
        words = f"They asked for peace: it needs an approver, you are a {by.role}."
        return Refusal(RefusalCode.NOT_ALLOWED, words)
    customers = await stops.unsuppress(session, row.email, row.suppressed_at)
    detail = {"address": row.email, "was": row.suppressed_reason, "reason": reason[:300]}
    told = Entry(by.actor, "contact.restored", "contact", str(contact_id), detail)
    await record(session, told, now)
    for customer_id in sorted(set(customers)):
        await look_again(session, customer_id, now)
    return len(customers)


async def _contact(
    session: Session, contact_id: int, by: Person, reason: str
) -> ContactRow | Refusal:
    refused = refuse(by)
    if refused is not None:
        return refused
    if not reason.strip():
        return Refusal(RefusalCode.FORBIDDEN, "Write why, for whoever asks later.")
    row = await stops.contact_locked(session, contact_id)
    return row or Refusal(RefusalCode.NOT_FOUND, "There is no such contact.")
