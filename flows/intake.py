"""Mail that arrived: parsed, attached to a customer and thread, on the timeline once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.dunning import said_contacts
from domain.dunning.actions import SenderTrust
from domain.dunning.calendar import zone_named
from domain.dunning.reply import away_until
from domain.dunning.said_payments import returns_on
from domain.dunning.standing import PauseKind
from flows.bounces import take_bounce, take_complaint
from flows.contacts import Found, note_absence, propose, retire
from flows.desk import Desk
from flows.facts import Case, load_case
from flows.followups import retire_for_reply
from flows.lookalikes import imitated
from flows.our_words import without_our_words
from flows.threads import related
from sources.mail.attach import (
    Attached,
    Candidates,
    KnownContact,
    KnownThread,
    Unmatched,
    answered_ids,
    bounce_tokens,
    match_bounce,
    match_thread,
    reply_tokens,
)
from sources.mail.message import AutoReply, Bounce, Complaint, InboundMail, SetAside
from sources.mail.trust import trust
from store import followups, inbox, senders, stops
from store.engine import Session
from store.inbox import SourceEventRow
from store.standing import HoldRow
from store.touchpoints import TouchpointRow, add_touchpoint, by_message_ids
from store.worklist import WorkItemRow, open_item

_EXCERPT, _BODY, _EXCERPT_OF_ABSENCE = 280, 100_000, 4_000
_MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class HumanReply:
    """A person wrote: what a reader and a decision need.

    `related`: the mail is of another thread and only names an invoice of this customer.
    """

    event_id: int
    touchpoint_id: int
    thread_id: int | None
    case: Case
    mail: InboundMail
    trust: SenderTrust
    related: bool = False

    @property
    def trusted(self) -> bool:
        """The sender is a known contact and proven to be it."""
        return self.trust >= SenderTrust.CONTACT

    @property
    def forged(self) -> bool:
        """Their domain says that the mail is not theirs."""
        return self.trust is SenderTrust.STRANGER

    @property
    def written_on(self) -> date:
        """The day it arrived where the customer is: what "tomorrow" in it counts from."""
        zone = zone_named(self.case.account.customer.timezone) or UTC
        return self.mail.received_at.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing is left to read in this event; `what` it was, in a word."""

    what: str


@dataclass(frozen=True, slots=True)
class _Arrival:
    row: SourceEventRow
    mail: InboundMail
    where: Attached | Candidates | Unmatched
    now: datetime
    related: bool = False

    @property
    def customer_id(self) -> int | None:
        return self.where.customer_id if isinstance(self.where, Attached) else None


async def take_in(
    session: Session, desk: Desk, event_id: int, now: datetime
) -> HumanReply | Finished:
    """Parse a stored mail, attach it, and put it on the timeline. Safe to repeat."""
    row = await inbox.source_event(session, event_id)
    if row is None or row.state != "pending":
        return Finished("known")
    mail = await desk.read_mail(row.body, row.received_at, desk.authserv_id)
    if isinstance(mail, SetAside):
        await _set_aside(session, row, f"{mail.reason.value} {mail.detail}".strip(), now)
        return Finished("quarantined")
    if _ours(mail, desk):
        await inbox.settle(session, row.id, state="handled", detail="our own mail", now=now)
        return Finished("own")
    mail = await without_our_words(session, mail)
    where, side = await related(session, mail, await _attach(session, mail))
    arrival = _Arrival(row, mail, where, now, related=side)
    touchpoint_id = await _touch(session, arrival)
    if touchpoint_id is None:
        return await _finish(session, arrival, "known before", "known")
    return await _sort(session, desk, arrival, touchpoint_id)


def _ours(mail: InboundMail, desk: Desk) -> bool:
    """Whether we sent it ourselves, under a tagged address or not: answering it would go round."""
    local, _, domain = mail.sender.partition("@")
    return f"{local.partition('+')[0]}@{domain}" == desk.mailbox.address.lower()


async def _sort(
    session: Session, desk: Desk, arrival: _Arrival, touchpoint_id: int
) -> HumanReply | Finished:
    mail, where, now = arrival.mail, arrival.where, arrival.now
    match mail.kind:
        case Bounce():
            await take_bounce(session, mail.kind, arrival.customer_id, touchpoint_id, now)
            return await _finish(session, arrival, "a delivery report", "bounce")
        case Complaint():
            await take_complaint(session, mail.kind, arrival.customer_id, touchpoint_id, now)
            return await _finish(session, arrival, "a spam complaint", "complaint")
        case AutoReply():
            await _take_auto_reply(session, desk, arrival, mail.kind, touchpoint_id)
            return await _finish(session, arrival, "an automatic answer", "auto_reply")
        case _:
            pass
    case = None
    if isinstance(where, Attached):
        case = await load_case(session, desk, where.customer_id, now)
    if case is None or not isinstance(where, Attached):
        like = await imitated(session, desk, mail.sender, _perhaps(where))
        warning = f"; its domain looks like {like}, and is not" if like else ""
        await _ask(session, arrival, touchpoint_id, _unattached(where) + warning)
        for customer_id in _perhaps(where):
            await retire_for_reply(session, customer_id, now)
        return await _finish(session, arrival, "nobody knows whose it is", "unattached")
    await retire_for_reply(session, where.customer_id, now)
    known = [c.email for c in case.account.contacts]
    level = SenderTrust(int(trust(mail, known)))
    return HumanReply(
        arrival.row.id, touchpoint_id, where.thread_id, case, mail, level, arrival.related
    )


def _perhaps(where: Attached | Candidates | Unmatched) -> tuple[int, ...]:
    """Customers a mail may be from: they are left alone until a person has read it."""
    return () if isinstance(where, Attached) else where.customer_ids[:_MOST_CANDIDATES]


async def _take_auto_reply(
    session: Session, desk: Desk, arrival: _Arrival, kind: AutoReply, touchpoint_id: int
) -> None:
    """Nobody there reads: wait until somebody does. Who has left is not written to again."""
    customer_id, now = arrival.customer_id, arrival.now
    if kind.left:
        if customer_id is not None:
            sender, reason = arrival.mail.sender, "has left"
            await retire(session, customer_id, sender, reason=reason, now=now)
        await _ask(session, arrival, touchpoint_id, "the contact has left")
    case = await load_case(session, desk, customer_id, now) if customer_id is not None else None
    if case is None:
        return
    await _propose_named(session, case, arrival, kind, touchpoint_id)
    if not kind.out_of_office:
        return
    text = arrival.mail.new_text[:_EXCERPT_OF_ABSENCE]
    back = returns_on(text, case.today, case.calendar)
    until = away_until(back, case.today, case.calendar)
    await note_absence(session, case.customer_id, arrival.mail.sender, back, now)
    row = HoldRow(
        key=f"touchpoint:{touchpoint_id}:away",
        customer_id=case.customer_id,
        reason=PauseKind.PAUSED.value,
        detail=f"out of office: {arrival.mail.sender}"[:300],
        until_on=until,
        created_at=now,
        created_by="system:replies",
    )
    await stops.add_hold(session, row)
    await followups.wake(session, case.customer_id, now)


async def _propose_named(
    session: Session, case: Case, arrival: _Arrival, kind: AutoReply, touchpoint_id: int
) -> None:
    """Who stands in, or comes after, is put before a person; a machine's word proves nothing."""
    named = said_contacts.read(arrival.mail.new_text[:_EXCERPT_OF_ABSENCE]).new_contact
    if named is None or not named.email or named.email.lower() == arrival.mail.sender:
        return
    gone = arrival.mail.sender if kind.left else ""
    found = Found(named.email, named.name, "absence", named.span, touchpoint_id, gone)
    await propose(session, case.customer_id, found, arrival.now)


async def _attach(session: Session, mail: InboundMail) -> Attached | Candidates | Unmatched:
    tokens = (*reply_tokens(mail), *bounce_tokens(mail))
    by_token = {
        row.token: KnownThread(row.id, row.customer_id)
        for row in await senders.threads_by_token(session, tokens)
    }
    by_message = {
        row.message_id: KnownThread(row.thread_id, row.customer_id)
        for row in await by_message_ids(session, answered_ids(mail)[:20])
        if row.message_id and row.thread_id and row.customer_id
    }
    if isinstance(mail.kind, Bounce | Complaint):
        return match_bounce(mail, by_token, by_message)
    contacts = [
        KnownContact(row.id, row.customer_id, row.email)
        for row in await senders.contacts_near(session, mail.sender)
    ]
    return match_thread(mail, by_token, by_message, contacts)


async def _touch(session: Session, arrival: _Arrival) -> int | None:
    """The touchpoint of a mail; None when another event brought the same mail."""
    mail, where = arrival.mail, arrival.where
    attached = where if isinstance(where, Attached) else None
    row = TouchpointRow(
        key=f"mail:{mail.message_id or mail.digest}"[:400],
        customer_id=arrival.customer_id,
        contact_id=attached.contact_id if attached else None,
        thread_id=attached.thread_id if attached else None,
        channel="email",
        direction="in",
        kind=kind_of(mail),
        occurred_at=mail.received_at,
        from_address=mail.sender,
        to_addresses=list(mail.recipients)[:50],
        subject=mail.subject,
        excerpt=" ".join(mail.new_text.split())[:_EXCERPT],
        body_text=mail.text[:_BODY],
        message_id=mail.message_id or None,
        source_event_id=arrival.row.id,
        written_by=mail.sender_name or mail.sender,
    )
    added = await add_touchpoint(session, row)
    if added is not None:
        return added
    known = await senders.touchpoint_by_key(session, row.key)
    return known.id if known and known.source_event_id == arrival.row.id else None


def kind_of(mail: InboundMail) -> str:
    """The touchpoint kind of an inbound mail; only "reply" was written by a person."""
    match mail.kind:
        case Bounce():
            return "bounce"
        case Complaint():
            return "complaint"
        case AutoReply():
            return "auto_reply"
        case _:
            return "reply"


async def _finish(session: Session, arrival: _Arrival, detail: str, what: str) -> Finished:
    await inbox.settle(session, arrival.row.id, state="handled", detail=detail, now=arrival.now)
    return Finished(what)


async def _set_aside(session: Session, row: SourceEventRow, why: str, now: datetime) -> None:
    await inbox.settle(session, row.id, state="quarantined", detail=why[:500], now=now)
    await open_item(
        session,
        WorkItemRow(
            key=f"event:{row.id}",
            kind="source_event",
            title=f"A mail was set aside: {why}"[:300],
            detail={"reason": why[:500], "source_event_id": row.id},
            opened_at=now,
        ),
    )


async def _ask(session: Session, arrival: _Arrival, touchpoint_id: int, reason: str) -> None:
    mail, where = arrival.mail, arrival.where
    ids = list(_perhaps(where))
    await open_item(
        session,
        WorkItemRow(
            key=f"touchpoint:{touchpoint_id}",
            kind="reply",
            customer_id=arrival.customer_id,
            touchpoint_id=touchpoint_id,
            title=f"{mail.sender}: {mail.subject or 'no subject'}"[:300],
            detail={"reason": reason, "candidates": ids},
            opened_at=arrival.now,
        ),
    )


def _unattached(where: Attached | Candidates | Unmatched) -> str:
    match where:
        case Candidates():
            return "the sender is on file at several customers"
        case Unmatched(reason=reason):
            return reason
        case _:
            return "the customer is gone"
