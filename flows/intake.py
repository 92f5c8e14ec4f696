"""Mail that arrived: parsed, attached to a customer and thread, on the timeline once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.dunning.actions import SenderTrust
from domain.dunning.calendar import zone_named
from flows import machines
from flows.arrival import Arrival, Where, ask, perhaps, unattached
from flows.bounces import take_bounce, take_complaint
from flows.conversations import withdraw
from flows.desk import Desk
from flows.facts import Case, load_case
from flows.followups import KEEPER, retire_for_reply
from flows.lookalikes import imitated
from flows.our_words import without_our_words
from flows.threads import related
from flows.unread import ask_about, set_aside
from sources.mail.attach import (
    Attached,
    KnownContact,
    KnownThread,
    MatchedBy,
    answered_ids,
    bounce_tokens,
    match_bounce,
    match_thread,
    reply_tokens,
)
from sources.mail.message import AutoReply, Bounce, Complaint, InboundMail, SetAside
from sources.mail.trust import trust
from store import inbox, senders
from store.engine import Session
from store.inbox import SourceEventRow
from store.touchpoints import TouchpointRow, add_touchpoint, by_message_ids

_EXCERPT, _BODY = 280, 100_000
_PERHAPS_THEIRS = "a mail that may be theirs waits for a person"


@dataclass(frozen=True, slots=True)
class HumanReply:
    """A person wrote: what a reader and a decision need.

    `related`: the mail is of another thread and only names an invoice of this customer. `also`
    are other customers whose invoices it names, at whom its sender is on file too.
    """

    event_id: int
    touchpoint_id: int
    thread_id: int | None
    case: Case
    mail: InboundMail
    trust: SenderTrust
    related: bool = False
    also: tuple[int, ...] = ()

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


async def take_in(
    session: Session, desk: Desk, event_id: int, now: datetime
) -> HumanReply | Finished:
    """Parse a stored mail, attach it, and put it on the timeline. Safe to repeat."""
    row = await inbox.source_event(session, event_id)
    if row is None or row.state != "pending":
        return Finished("known")
    mail = await desk.read_mail(row.body, row.received_at, desk.authserv_id)
    if isinstance(mail, SetAside):
        told = f"{mail.reason.value} {mail.detail}".strip()[:500]
        await inbox.settle(session, row.id, state="quarantined", detail=told, now=now)
        await ask_about(session, set_aside(row.id, row.body, mail.reason), now)
        return Finished("quarantined")
    if _ours(mail, desk):
        await inbox.settle(session, row.id, state="handled", detail="our own mail", now=now)
        return Finished("own")
    mail = await without_our_words(session, mail)
    arrival = await _arrived(session, row, mail, now)
    touchpoint_id = await _touch(session, arrival)
    if touchpoint_id is None:
        return await _finish(session, arrival, "known before", "known")
    return await _sort(session, desk, arrival, touchpoint_id)


async def _arrived(
    session: Session, row: SourceEventRow, mail: InboundMail, now: datetime
) -> Arrival:
    """A mail and where it belongs; where a person said whose it is, there."""
    said = row.headers.get("customer_id")
    if isinstance(said, int):
        return Arrival(row, mail, Attached(said, MatchedBy.PERSON), now)
    where, on_file = await _attach(session, mail)
    where, side, also = await related(session, mail, where, on_file)
    return Arrival(row, mail, where, now, related=side, also=also)


def _ours(mail: InboundMail, desk: Desk) -> bool:
    """Whether we sent it ourselves, under a tagged address or not: answering it would go round."""
    local, _, domain = mail.sender.partition("@")
    return f"{local.partition('+')[0]}@{domain}" == desk.mailbox.address.lower()


async def _sort(
    session: Session, desk: Desk, arrival: Arrival, touchpoint_id: int
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
            if not await _by_machine(session, desk, arrival, mail.kind, touchpoint_id):
                return await _finish(session, arrival, "an automatic answer", "auto_reply")
        case _:
            pass
    case = None
    if isinstance(where, Attached):
        case = await load_case(session, desk, where.customer_id, now)
    if case is None or not isinstance(where, Attached):
        like = await imitated(session, desk, mail.sender, perhaps(where))
        warning = f"; its domain looks like {like}, and is not" if like else ""
        await ask(session, arrival, touchpoint_id, unattached(where) + warning)
        for customer_id in perhaps(where):
            await withdraw(session, customer_id, _PERHAPS_THEIRS, KEEPER, now)
        return await _finish(session, arrival, "nobody knows whose it is", "unattached")
    await retire_for_reply(session, where.customer_id, now)
    for customer_id in arrival.also:
        await withdraw(session, customer_id, _PERHAPS_THEIRS, KEEPER, now)
    return HumanReply(
        arrival.row.id,
        touchpoint_id,
        where.thread_id,
        case,
        mail,
        _level(arrival, case),
        arrival.related,
        arrival.also,
    )


def _level(arrival: Arrival, case: Case) -> SenderTrust:
    """How far the sender is proven. Who says whose a mail is does not say who wrote it."""
    mail = arrival.mail
    level = SenderTrust(int(trust(mail, [c.email for c in case.account.contacts])))
    by_person = isinstance(arrival.where, Attached) and arrival.where.by is MatchedBy.PERSON
    if by_person and mail.authentication.dmarc != "fail":
        return max(level, SenderTrust.DOMAIN)
    return level


async def _by_machine(
    session: Session, desk: Desk, arrival: Arrival, kind: AutoReply, touchpoint_id: int
) -> bool:
    """Do what follows from a machine's mail. True: it alarms, and is read like a person's."""
    case = await machines.case_of(session, desk, arrival)
    if case is None:
        return False
    said = machines.heard(arrival, kind, case)
    if said.alarms:
        return True
    told = (case, said, _level(arrival, case))
    await machines.take(session, arrival, kind, told, touchpoint_id)
    return False


async def _attach(session: Session, mail: InboundMail) -> tuple[Where, dict[int, int]]:
    """Where a mail belongs, and the contact that its sender is at each customer."""
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
        return match_bounce(mail, by_token, by_message), {}
    contacts = [
        KnownContact(row.id, row.customer_id, row.email)
        for row in await senders.contacts_near(session, mail.sender)
    ]
    where = match_thread(mail, by_token, by_message, contacts)
    same = (c for c in contacts if c.address.lower() == mail.sender)
    return where, {c.customer_id: c.contact_id for c in same}


async def _touch(session: Session, arrival: Arrival) -> int | None:
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
    found = await _added(session, row)
    if isinstance(found, TouchpointRow) and not _same_words(found, row):
        row.key = f"mail:{mail.digest}"
        found = await _added(session, row)
    return found if isinstance(found, int) else None


async def _added(session: Session, row: TouchpointRow) -> int | TouchpointRow | None:
    """The touchpoint's id, or the one that another event left under its key."""
    added = await add_touchpoint(session, row)
    if added is not None:
        return added
    known = await senders.touchpoint_by_key(session, row.key)
    return known.id if known and known.source_event_id == row.source_event_id else known


def _same_words(known: TouchpointRow, row: TouchpointRow) -> bool:
    """Whether two mails of one Message-ID are one mail: some programs use an id again."""
    if (known.from_address, known.kind) != (row.from_address, row.kind):
        return False
    return known.body_text == row.body_text or (known.subject, known.excerpt) == (
        row.subject,
        row.excerpt,
    )


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


async def _finish(session: Session, arrival: Arrival, detail: str, what: str) -> Finished:
    await inbox.settle(session, arrival.row.id, state="handled", detail=detail, now=arrival.now)
    return Finished(what)
