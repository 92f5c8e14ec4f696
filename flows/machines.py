"""Mail that machines wrote: absences wait, a person sees what matters, nothing is promised."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from domain.dunning import said_contacts, said_numbers
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
# Ticket systems mark what people write in them as automatic too; of what matters nothing is lost.
_NOTED = frozenset(
    {
        Intent.BOUNCE,
        Intent.OUT_OF_OFFICE,
        Intent.REMITTANCE_ADVICE,
        Intent.IN_PROCESS,
        Intent.ACKNOWLEDGEMENT,
        Intent.OTHER,
    }
)

# What makes us do less is told even where the reader only guesses it.
_STRICT = frozenset(list(Intent)[: list(Intent).index(Intent.ALREADY_PAID) + 1])


async def case_of(session: Session, desk: Desk, arrival: Arrival) -> Case | None:
    """The customer a machine's mail is of, or the first it may be of."""
    ids = (arrival.customer_id, *perhaps(arrival.where))
    first = next((i for i in ids if i is not None), None)
    return await load_case(session, desk, first, arrival.now) if first is not None else None


@dataclass(frozen=True, slots=True)
class Heard:
    """What rules read in a machine's mail. `alarms` stop, as if a person had written them, and
    never give; what is `told` a person has to know."""

    alarms: frozenset[Intent] = frozenset()
    told: frozenset[Intent] = frozenset()


def heard(arrival: Arrival, kind: AutoReply, case: Case) -> Heard:
    """What matters in a machine's mail; nothing in a receipt."""
    if kind.receipt:
        return Heard()
    mail = arrival.mail
    found = read_rules(
        mail.new_text[:_READ], case.account, case.today, case.calendar, subject=mail.subject
    )
    kinds = found.kinds()
    alarms = kinds & _ALARMS if found.certain else kinds & {Intent.INSOLVENCY_NOTICE}
    told = kinds - _NOTED if found.certain else kinds & _STRICT
    return Heard(alarms) if kind.out_of_office or kind.left else Heard(alarms, told)


async def take(
    session: Session,
    arrival: Arrival,
    kind: AutoReply,
    told: tuple[Case, Heard, SenderTrust],
    touchpoint_id: int,
) -> None:
    """Nobody there reads: wait until somebody does. Who has left is not written to again.

    `told` are the case, what was heard in the mail, and how far its sender is proven. What a
    machine says again about the same invoices is put before a person once.
    """
    case, said, level = told
    if level is SenderTrust.STRANGER and arrival.customer_id is not None:
        await _ask_once(session, arrival, touchpoint_id, case, "forged")
        return
    named = next((intent.value for intent in Intent if intent in said.told), "")
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
    text = arrival.mail.new_text[:_READ]
    named = said_numbers.read(f"{arrival.mail.subject}\n{text}", case.account).known
    words = "|".join((_DIGITS.sub("", text.casefold()), *named))
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
