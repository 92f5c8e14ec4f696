"""Which customer and conversation a mail belongs to. Pure: the flow loads what is compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sources.mail.message import Bounce, InboundMail

_TAGGED = re.compile(r"[^@\s]{1,200}\+([tb])\.([a-z2-7]{8,64})@")
# Anyone can have an address there: sharing such a domain with a contact says nothing.
_PUBLIC_LIST = """
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.de yahoo.fr
yahoo.es yahoo.co.uk aol.com icloud.com me.com mac.com gmx.de gmx.net gmx.com web.de t-online.de
proton.me protonmail.com mail.com zoho.com orange.fr free.fr wanadoo.fr laposte.net qq.com
163.com 126.com mail.ru yandex.ru
"""
_PUBLIC = frozenset(_PUBLIC_LIST.split())


class MatchedBy(StrEnum):
    """What a match rests on, strongest first."""

    REPLY_ADDRESS = "reply_address"
    REFERENCE = "reference"
    SENDER = "sender"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class KnownThread:
    """A conversation of ours with a customer."""

    thread_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class KnownContact:
    """An address on file at a customer."""

    contact_id: int
    customer_id: int
    address: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The mail belongs to this customer. Without `contact_id` only the domain is known."""

    customer_id: int
    by: MatchedBy
    thread_id: int | None = None
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sender is on file at several customers: a person must choose."""

    customer_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Nobody we know wrote this, or somebody who may not speak for `customer_ids` it names."""

    reason: str
    customer_ids: tuple[int, ...] = ()


def reply_tokens(mail: InboundMail) -> tuple[str, ...]:
    """Tokens of conversations in the addresses the mail was sent to."""
    return _tokens(mail.recipients, "t")


def bounce_tokens(mail: InboundMail) -> tuple[str, ...]:
    """Tokens of mails of ours in the addresses a delivery report was sent to."""
    return _tokens(mail.recipients, "b")


def answered_ids(mail: InboundMail) -> tuple[str, ...]:
    """Message ids the mail says it answers or reports on, nearest first."""
    original = mail.kind.original_id if isinstance(mail.kind, Bounce) else ""
    ids = (original, mail.in_reply_to, *reversed(mail.references))
    return tuple(dict.fromkeys(identifier for identifier in ids if identifier))


def match_thread(
    mail: InboundMail,
    by_token: Mapping[str, KnownThread],
    by_message_id: Mapping[str, KnownThread],
    contacts: Iterable[KnownContact],
) -> Attached | Candidates | Unmatched:
    """Token and allowed sender, else a reference and allowed sender, else the sender alone.

    `by_token` and `by_message_id` are what the store knows of `reply_tokens` and `answered_ids`;
    `contacts` are those with the sender's address or domain. A sender is allowed for a customer
    if the address is on file there, or shares a private domain with one that is. Machines answer
    to the address that delivery reports go to (RFC 3834 section 4).
    """
    known = tuple(contacts)
    claims: list[tuple[MatchedBy, KnownThread]] = [
        (MatchedBy.REPLY_ADDRESS, by_token[token])
        for token in (*reply_tokens(mail), *bounce_tokens(mail))
        if token in by_token
    ]
    claims += [
        (MatchedBy.REFERENCE, by_message_id[identifier])
        for identifier in answered_ids(mail)
        if identifier in by_message_id
    ]
    for by, thread in claims:
        allowed, contact_id = _allowed(mail.sender, thread.customer_id, known)
        if allowed:
            return Attached(thread.customer_id, by, thread.thread_id, contact_id)
    claimed = tuple(dict.fromkeys(thread.customer_id for _, thread in claims))
    return _by_sender(mail.sender, known, claimed)


def match_bounce(
    mail: InboundMail, by_token: Mapping[str, KnownThread], by_message_id: Mapping[str, KnownThread]
) -> Attached | Unmatched:
    """The mail of ours a delivery report is about; a report about nothing we sent is ignored."""
    for token in bounce_tokens(mail):
        if token in by_token:
            return Attached(
                by_token[token].customer_id, MatchedBy.REPLY_ADDRESS, by_token[token].thread_id
            )
    for identifier in answered_ids(mail):
        if identifier in by_message_id:
            found = by_message_id[identifier]
            return Attached(found.customer_id, MatchedBy.REFERENCE, found.thread_id)
    return Unmatched("the report is about no mail of ours")


def _tokens(recipients: Sequence[str], kind: str) -> tuple[str, ...]:
    found = (_TAGGED.match(address) for address in recipients)
    return tuple(dict.fromkeys(m.group(2) for m in found if m and m.group(1) == kind))


def _allowed(
    sender: str, customer_id: int, known: Sequence[KnownContact]
) -> tuple[bool, int | None]:
    theirs = [contact for contact in known if contact.customer_id == customer_id]
    for contact in theirs:
        if contact.address.lower() == sender:
            return True, contact.contact_id
    domain = _domain(sender)
    shared = domain not in _PUBLIC and any(_domain(c.address) == domain for c in theirs)
    return shared, None


def _by_sender(
    sender: str, known: Sequence[KnownContact], claimed: tuple[int, ...]
) -> Attached | Candidates | Unmatched:
    exact = {c.customer_id: c.contact_id for c in known if c.address.lower() == sender}
    if exact and claimed and not set(claimed) & set(exact):
        ids = tuple(dict.fromkeys((*sorted(exact), *claimed)))
        return Unmatched("it answers a conversation with another customer", ids)
    if len(exact) == 1:
        ((customer_id, contact_id),) = exact.items()
        return Attached(customer_id, MatchedBy.SENDER, contact_id=contact_id)
    if exact:
        return Candidates(tuple(sorted(exact)))
    if claimed:
        reason = "the sender is not known at the customer whose conversation it names"
        return Unmatched(reason, claimed)
    domain = _domain(sender)
    near = {c.customer_id for c in known if _domain(c.address) == domain}
    if near and domain not in _PUBLIC:
        return Candidates(tuple(sorted(near)))
    return Unmatched("the sender is not known")


def speaks_for(address: str) -> str:
    """The end of addresses that share a sender's organisation: "@acme.example".

    Where anybody can have an address, it is the whole address.
    """
    domain = _domain(address)
    return address.lower() if domain in _PUBLIC else f"@{domain}"


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
