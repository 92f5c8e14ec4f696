"""What an inbound mail is once it has been read: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SetAsideReason(StrEnum):
    """Why a mail is kept raw for a person and not read further."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    HEADERS_TOO_LONG = "headers_too_long"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEEP = "too_deep"
    NO_SINGLE_SENDER = "no_single_sender"
    TOO_SLOW = "too_slow"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A mail that is not read: it breaks a limit or does not say who wrote it."""

    reason: SetAsideReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read of one mail. Sizes are bytes, `text` is characters."""

    raw: int = 25 * 1024 * 1024
    headers: int = 128 * 1024
    header: int = 8 * 1024
    parts: int = 200
    depth: int = 20
    html: int = 1024 * 1024
    text: int = 256 * 1024
    attachments: int = 20


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is attached; the bytes stay in the raw mail. `size` is the decoded size."""

    filename: str
    content_type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Authentication:
    """What our own border server says about the sender (RFC 8601). "none" when it says nothing.

    `*_domain` are the domains the checks were made for, lower case.
    """

    spf: str = "none"
    spf_domain: str = ""
    dkim: str = "none"
    dkim_domain: str = ""
    dmarc: str = "none"
    dmarc_domain: str = ""


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """One address a mail could not be delivered to. `status` is the RFC 3463 code or empty."""

    address: str
    status: str
    hard: bool
    diagnostic: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report: some of a mail we may have sent did not arrive.

    `delayed` means the server is still trying. `original_id` is the Message-ID it is about.
    """

    recipients: tuple[FailedRecipient, ...]
    original_id: str = ""
    delayed: bool = False

    @property
    def hard(self) -> bool:
        """Whether at least one address does not exist any more."""
        return any(recipient.hard for recipient in self.recipients)


@dataclass(frozen=True, slots=True)
class AutoReply:
    """A machine answered. `out_of_office` when a person is away; `left` when they are gone.

    `receipt`: it only says that a mail was shown, or deleted unread (RFC 8098).
    """

    out_of_office: bool = False
    left: bool = False
    receipt: bool = False


@dataclass(frozen=True, slots=True)
class Complaint:
    """A receiver marked our mail as spam (RFC 5965). `address` is who did, if it says so."""

    address: str = ""
    original_id: str = ""


@dataclass(frozen=True, slots=True)
class Human:
    """As far as can be told, a person wrote this."""


Kind = Human | AutoReply | Bounce | Complaint


@dataclass(frozen=True, slots=True)
class InboundMail:
    """One mail, read. `new_text` is what the sender wrote now; `history` is what they quoted.

    `sender` is one strict address; it is empty only for a bounce without one. `hidden_text` is
    what a person looking at the mail would not have seen.
    """

    digest: str
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    sender: str
    sender_name: str
    reply_to: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    delivered_to: tuple[str, ...]
    subject: str
    sent_at: datetime
    received_at: datetime
    text: str
    new_text: str
    history: str
    signature: str
    hidden_text: str
    inline: bool
    forwarded: bool
    attachments: tuple[Attachment, ...]
    authentication: Authentication
    kind: Kind

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every address of ours it may have been sent to."""
        return (*self.to, *self.cc, *self.delivered_to)
