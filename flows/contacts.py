"""Who is written to: contacts that leave, and new ones that a person has to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.dunning.near import nearness
from domain.dunning.standing import PauseKind
from effects.actor import Actor, ActorKind, Person
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from flows.conversations import refuse
from flows.notices import Notice, tell
from store import contact_proposals, followups, parties, stops
from store.contact_proposals import ContactProposalRow
from store.engine import Session
from store.parties import ContactRow
from store.standing import HoldRow
from store.worklist import WorkItemRow, close_item, open_item

KEEPER = Actor(ActorKind.SYSTEM, "contacts")
_LONGEST_ABSENCE = timedelta(days=366)
_SENSITIVE = ("look_alike", "public", "other")


@dataclass(frozen=True, slots=True)
class Found:
    """An address that may be a contact's, where it stood and the words around it."""

    email: str
    name: str
    source: str
    quote: str
    touchpoint_id: int | None = None
    replaces: str = ""
    pauses: bool = False


async def propose(session: Session, customer_id: int, found: Found, now: datetime) -> int | None:
    """Put a contact before a person, once an address; the proposal's id if it is new."""
    known = await parties.contacts_of(session, customer_id)
    email = found.email.strip().lower()[:254]
    if any(contact.email.lower() == email for contact in known):
        return None
    near = nearness(email, [contact.email for contact in known])
    row = ContactProposalRow(
        key=f"{customer_id}:{email}",
        customer_id=customer_id,
        email=email,
        name=found.name[:200],
        source=found.source,
        quote=found.quote[:500],
        near=near.value,
        replaces=found.replaces.lower(),
        touchpoint_id=found.touchpoint_id,
        proposed_at=now,
    )
    proposal_id = await contact_proposals.add_proposal(session, row)
    if proposal_id is None:
        return None
    if found.pauses:
        await stops.add_hold(session, _hold(proposal_id, customer_id, email, now))
    await _ask(session, proposal_id, row, now)
    return proposal_id


async def retire(
    session: Session, customer_id: int, address: str, *, reason: str, now: datetime
) -> int:
    """Write to this address no more, whichever customers it is on file at; how many contacts.

    One person may look after several companies: who asks for peace means all of them.
    """
    retired = 0
    for one in sorted({customer_id, *await stops.customers_at(session, address)}):
        found = await stops.suppress(session, one, address, reason=reason, now=now)
        if found:
            detail = {"address": address, "reason": reason[:200]}
            told = Entry(KEEPER, "contact.retired", "customer", str(one), detail)
            await record(session, told, now)
            await followups.wake(session, one, now)
        retired += found
    return retired


async def note_absence(
    session: Session, customer_id: int, address: str, returns_on: date | None, now: datetime
) -> None:
    """While somebody is away the next contact is written to; a year at most is believed."""
    if returns_on is not None and now.date() < returns_on <= now.date() + _LONGEST_ABSENCE:
        await stops.mark_away(session, customer_id, address, returns_on)


async def confirm(
    session: Session, proposal_id: int, *, by: Person, how: str, now: datetime
) -> int | Refusal:
    """A person confirms a contact; its id. Of another domain only with how it was confirmed."""
    row = await _undecided(session, proposal_id, by)
    if isinstance(row, Refusal):
        return row
    if row.near in _SENSITIVE and not how.strip():
        words = "The address is of another domain: write how somebody known there confirmed it."
        return Refusal(RefusalCode.FORBIDDEN, words)
    customer = await parties.customer(session, row.customer_id)
    language = customer.language if customer is not None else "en"
    contact = ContactRow(
        customer_id=row.customer_id, name=row.name, email=row.email, language=language
    )
    row.contact_id = await contact_proposals.add_contact(session, contact)
    await _decided(session, row, "confirmed", by, how, now)
    return row.contact_id


async def refuse_contact(
    session: Session, proposal_id: int, *, by: Person, reason: str, now: datetime
) -> bool | Refusal:
    """A person refuses a contact: nothing goes there, and the pause for it ends."""
    row = await _undecided(session, proposal_id, by)
    if isinstance(row, Refusal):
        return row
    await _decided(session, row, "refused", by, reason, now)
    return True


async def propose_copied(
    session: Session,
    customer_id: int,
    addresses: Sequence[str],
    touchpoint_id: int,
    now: datetime,
    *,
    pauses: bool,
) -> int:
    """People in copy whom nobody knows; how many proposals are new."""
    known = await contact_proposals.copied_before(session, customer_id, addresses)
    new = 0
    for address in dict.fromkeys(a.lower() for a in addresses):
        if address not in known:
            found = Found(address, "", "copy", "was in copy", touchpoint_id, pauses=pauses)
            new += await propose(session, customer_id, found, now) is not None
    return new


def _hold(proposal_id: int, customer_id: int, email: str, now: datetime) -> HoldRow:
    return HoldRow(
        key=f"contact:{proposal_id}",
        customer_id=customer_id,
        reason=PauseKind.PAUSED.value,
        detail=f"a new contact waits to be confirmed: {email}"[:300],
        created_at=now,
        created_by=str(KEEPER),
    )


async def _ask(session: Session, proposal_id: int, row: ContactProposalRow, now: datetime) -> None:
    key = f"contact:{proposal_id}"
    title = f"{row.email} may be a new contact"
    detail: dict[str, object] = {
        "reason": f"new contact ({row.source}, {row.near.replace('_', ' ')})",
        "quote": row.quote,
        "proposal_id": proposal_id,
        "email": row.email,
        "near": row.near,
    }
    await open_item(
        session,
        WorkItemRow(
            key=key,
            kind="contact",
            customer_id=row.customer_id,
            touchpoint_id=row.touchpoint_id,
            title=title[:300],
            detail=detail,
            opened_at=now,
        ),
    )
    told = {"proposal_id": proposal_id, "near": row.near}
    notice = Notice(key, "contact", title, row.customer_id, work_item_key=key, detail=told)
    await tell(session, notice, now)


async def _undecided(
    session: Session, proposal_id: int, by: Person
) -> ContactProposalRow | Refusal:
    refused = refuse(by)
    if refused is not None:
        return refused
    row = await contact_proposals.locked(session, proposal_id)
    if row is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such proposal.")
    if row.state != "proposed":
        return Refusal(RefusalCode.WRONG_STATE, f"It was {row.state} already.")
    return row


async def _decided(
    session: Session, row: ContactProposalRow, state: str, by: Person, note: str, now: datetime
) -> None:
    row.state, row.note, row.decided_by, row.decided_at = state, note[:500], str(by.actor), now
    session.add(row)
    key = f"contact:{row.id}"
    await contact_proposals.end_hold(session, key, now)
    await close_item(session, key, by=str(by.actor), now=now)
    detail = {"email": row.email, "near": row.near, "note": row.note}
    told = Entry(by.actor, f"contact.{state}", "contact_proposal", str(row.id), detail)
    await record(session, told, now)
    await followups.wake(session, row.customer_id, now)
