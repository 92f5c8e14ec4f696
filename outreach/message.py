"""The final MIME: built from approved content, the same bytes every time, and read back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart

from domain.dunning.facts import Enclosed, FinalMessage
from outreach.papers.reading import words_of
from security.tokens import keyed

# RFC 5322 allows 998 characters a line. With the default of 78 Python encodes long ids in
# References as words (python/cpython issue 100991), and Outlook and Gmail lose the thread.
_POLICY = policy.SMTP.clone(max_line_length=990)
_KEPT_REFERENCES = 8
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_FILE_NAME = re.compile(r"[^\W_][\w .,()&+#@=-]{0,150}\.(?:pdf|png|jpg|jpeg)")
MAILED = ("application/pdf", "image/png", "image/jpeg")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")


class UnsafeHeader(ValueError):
    """An address, message id, subject or file name cannot be a header as it is written."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address of ours. `local` and `domain` make tagged addresses for replies and bounces."""

    address: str
    name: str = ""

    def tagged(self, tag: str) -> str:
        local, _, domain = self.address.partition("@")
        return f"{local}+{tag}@{domain}"

    def reply_address(self, token: str) -> str:
        """Where answers to a thread go."""
        return self.tagged(f"t.{token}")

    def bounce_address(self, token: str) -> str:
        """The envelope sender, so that a delivery report names the mail it is about (VERP)."""
        return self.tagged(f"b.{token}")

    def message_id(self, key: bytes, effect_key: str) -> str:
        """The Message-ID of the mail with this effect key: always the same, never guessable."""
        return f"<{keyed(key, f'message-id {effect_key}', 15)}@{self.address.partition('@')[2]}>"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that leaves with a message."""

    name: str
    media_type: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Everything a final message is made of. References are oldest first."""

    mailbox: Mailbox
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    message_id: str
    reply_to: str
    sent_at: datetime
    cc: tuple[str, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


def build(outgoing: Outgoing) -> bytes:
    """The final MIME. Equal values give equal bytes. Raises UnsafeHeader."""
    message = EmailMessage(policy=_POLICY)
    _check(outgoing)
    message["From"] = Address(outgoing.mailbox.name, addr_spec=outgoing.mailbox.address)
    message["To"] = ", ".join(outgoing.to)
    if outgoing.cc:
        message["Cc"] = ", ".join(outgoing.cc)
    message["Subject"] = outgoing.subject
    message["Date"] = outgoing.sent_at
    message["Message-ID"] = outgoing.message_id
    message["Reply-To"] = outgoing.reply_to
    if outgoing.in_reply_to:
        message["In-Reply-To"] = outgoing.in_reply_to
        message["References"] = " ".join(_references(outgoing))
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(outgoing.text, cte="quoted-printable")
    message.add_alternative(outgoing.html, subtype="html", cte="quoted-printable")
    for enclosure in outgoing.enclosures:
        main, _, sub = enclosure.media_type.partition("/")
        message.add_attachment(enclosure.body, main, sub, filename=enclosure.name)
    _set_boundaries(message, outgoing.message_id)
    return message.as_bytes()


def _set_boundaries(message: EmailMessage, message_id: str) -> None:
    """The same boundaries every time; none begins like another."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            name = f"{message_id}{number or ''}"
            part.set_boundary(hashlib.sha256(name.encode()).hexdigest()[:32])


def _check(outgoing: Outgoing) -> None:
    addresses = (outgoing.mailbox.address, *outgoing.to, *outgoing.cc, outgoing.reply_to)
    ids = (outgoing.message_id, outgoing.in_reply_to or "<->", *outgoing.references)
    wrong = [address for address in addresses if not _ADDRESS.fullmatch(address)]
    wrong += [identifier for identifier in ids if not _MESSAGE_ID.fullmatch(identifier)]
    wrong += [e.name for e in outgoing.enclosures if not _FILE_NAME.fullmatch(e.name)]
    wrong += [e.media_type for e in outgoing.enclosures if e.media_type not in MAILED]
    if not outgoing.subject.isprintable():
        wrong.append(outgoing.subject)
    if wrong or not outgoing.to:
        raise UnsafeHeader(", ".join(map(repr, wrong)) or "nobody to write to")


def _references(outgoing: Outgoing) -> Sequence[str]:
    """The first id of the thread and the last ones, ending with the one answered."""
    ids = list(dict.fromkeys((*outgoing.references, outgoing.in_reply_to)))
    ids.sort(key=lambda identifier: identifier == outgoing.in_reply_to)
    return ids if len(ids) <= _KEPT_REFERENCES + 1 else [ids[0], *ids[-_KEPT_REFERENCES:]]


def final_message(raw: bytes) -> FinalMessage:
    """Read our own final MIME back into what a receiver will see, for the guard."""
    message = message_from_bytes(raw, policy=policy.default)
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    return FinalMessage(
        from_address=next(iter(_addresses(message, "From")), ""),
        to=_addresses(message, "To"),
        cc=_addresses(message, "Cc"),
        bcc=_addresses(message, "Bcc"),
        reply_to=_addresses(message, "Reply-To"),
        subject=str(message["Subject"] or ""),
        text=_content(text),
        html=_content(html),
        attachments=tuple(_enclosed(part) for part in message.iter_attachments()),
    )


def _enclosed(part: MIMEPart) -> Enclosed:
    """A part of our own mail as its receiver can open it."""
    raw = part.get_payload(decode=True)
    body = raw if isinstance(raw, bytes) else b""
    media_type = part.get_content_type()
    return Enclosed(
        name=part.get_filename() or "",
        media_type=media_type,
        size=len(body),
        digest=hashlib.sha256(body).hexdigest(),
        words=words_of(body, media_type),
    )


def _content(part: MIMEPart | None) -> str:
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


def _addresses(message: EmailMessage, name: str) -> tuple[str, ...]:
    return tuple(
        address.addr_spec for header in message.get_all(name, []) for address in header.addresses
    )
