"""Mail that machines wrote: absences wait, a person sees what matters, nothing is promised."""

from __future__ import annotations

import hashlib
import re

from domain.dunning import said_contacts
from domain.dunning.actions import SenderTrust
from domain.dunning.reading import Intent
from domain.dunning.reading_rules import read_rules
from domain.dunning.reply import away_until
from domain.dunning.said_payments import returns_on
from domain.dunning.standing import PauseKind
from flows.arrival import Arrival, ask, perhaps
from flows.contacts import Found, note_absence, propose, retire
from flows.desk import Desk
from flows.facts import Case, load_case
from sources.mail.message import AutoReply
from store import followups, senders, stops
from store.engine import Session
from store.standing import HoldRow

_READ = 4_000
_DIGITS = re.compile(r"[\d\W_]+")
_ALARMS = frozenset({Intent.LEGAL_THREAT, Intent.INSOLVENCY_NOTICE, Intent.BANK_DETAILS_CHANGE})
# What portals and ticket systems tell of an invoice, and nobody may overlook.
_TOLD = (
    Intent.STOP_CONTACT,
    Intent.WRONG_PERSON,
    Intent.DISPUTE,
    Intent.ALREADY_PAID,
    Intent.CREDIT_REQUEST,
    Intent.SUBMISSION_REQUIREMENT,
    Intent.PROMISE_TO_PAY,
)


async def case_of(session: Session, desk: Desk, arrival: Arrival) -> Case | None:
    """The customer a machine's mail is of, or the first it may be of."""
    ids = (arrival.customer_id, *perhaps(arrival.where))
    first = next((i for i in ids if i is not None), None)
    return await load_case(session, desk, first, arrival.now) if first is not None else None


def heard(arrival: Arrival, kind: AutoReply, case: Case) -> frozenset[Intent]:
    """What the rules read in a machine's mail that a person has to know; nothing in a receipt."""
    if kind.receipt:
        return frozenset()
    mail = arrival.mail
    found = read_rules(
        mail.new_text[:_READ], case.account, case.today, case.calendar, subject=mail.subject
    )
    kinds = found.kinds()
    alarms = kinds & _ALARMS if found.certain else kinds & {Intent.INSOLVENCY_NOTICE}
    return alarms if kind.out_of_office or kind.left else alarms | kinds & frozenset(_TOLD)


def alarming(kinds: frozenset[Intent]) -> bool:
    """Whether it is to be treated as if a person had written it: it stops, and never gives."""
    return bool(kinds & _ALARMS)


async def take(
    session: Session,
    arrival: Arrival,
    kind: AutoReply,
    told: tuple[Case, frozenset[Intent], SenderTrust],
    touchpoint_id: int,
) -> None:
    """Nobody there reads: wait until somebody does. Who has left is not written to again.

    `told` are the case, what was heard in the mail, and how far its sender is proven. What the
    same machine says again is put before a person once.
    """
    case, kinds, level = told
    if level is SenderTrust.STRANGER and arrival.customer_id is not None:
        await _ask_once(session, arrival, touchpoint_id, case, "forged")
        return
    named = next((intent.value for intent in _TOLD if intent in kinds), "")
    if kind.left:
        await _left(session, arrival, case, level, touchpoint_id)
    elif named:
        await _ask_once(session, arrival, touchpoint_id, case, f"a machine wrote: {named}")
    if arrival.customer_id is None:
        return
    await _propose_named(session, case, arrival, kind, touchpoint_id)
    if kind.out_of_office:
        await _wait(session, case, arrival, touchpoint_id)


async def _ask_once(
    session: Session, arrival: Arrival, touchpoint_id: int, case: Case, reason: str
) -> None:
    words = _DIGITS.sub("", arrival.mail.new_text[:_READ].casefold())
    seen = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]
    key = f"machine:{case.customer_id}:{seen}"
    await ask(session, arrival, touchpoint_id, reason, key)


async def _left(
    session: Session, arrival: Arrival, case: Case, level: SenderTrust, touchpoint_id: int
) -> None:
    if level >= SenderTrust.CONTACT and arrival.customer_id is not None:
        sender, now = arrival.mail.sender, arrival.now
        await retire(session, case.customer_id, sender, reason="has left", now=now)
    await ask(session, arrival, touchpoint_id, "the contact has left")


async def _wait(session: Session, case: Case, arrival: Arrival, touchpoint_id: int) -> None:
    """Reminders wait if it is the one we write to; of people in copy only the absence is noted."""
    text, sender = arrival.mail.new_text[:_READ], arrival.mail.sender
    back = returns_on(text, case.today, case.calendar)
    await note_absence(session, case.customer_id, sender, back, arrival.now)
    await followups.wake(session, case.customer_id, arrival.now)
    if await _only_copied(session, case, sender):
        return
    row = HoldRow(
        key=f"touchpoint:{touchpoint_id}:away",
        customer_id=case.customer_id,
        reason=PauseKind.PAUSED.value,
        detail=f"out of office: {sender}"[:300],
        until_on=away_until(back, case.today, case.calendar),
        created_at=arrival.now,
        created_by="system:replies",
    )
    await stops.add_hold(session, row)


async def _only_copied(session: Session, case: Case, sender: str) -> bool:
    """Whether our last mail was to another contact. Who is no contact reads for one, perhaps."""
    addressed = await senders.last_addressed(session, case.customer_id)
    on_file = any(contact.email.lower() == sender for contact in case.account.contacts)
    return on_file and bool(addressed) and addressed.lower() != sender


async def _propose_named(
    session: Session, case: Case, arrival: Arrival, kind: AutoReply, touchpoint_id: int
) -> None:
    """Who stands in, or comes after, is put before a person; a machine's word proves nothing."""
    named = said_contacts.read(arrival.mail.new_text[:_READ]).new_contact
    if named is None or not named.email or named.email.lower() == arrival.mail.sender:
        return
    gone = arrival.mail.sender if kind.left else ""
    found = Found(named.email, named.name, "absence", named.span, touchpoint_id, gone)
    await propose(session, case.customer_id, found, arrival.now)
