"""Raw bytes to a mail we can reason about, or to a named reason why a person must look."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import TypedDict

from sources.mail import strip
from sources.mail.autoreply import read_auto_reply
from sources.mail.bounce import read_bounce, read_complaint
from sources.mail.headers import (
    Headers,
    addresses,
    decode_words,
    message_ids,
    sent_at,
    sole_sender,
)
from sources.mail.html import Page, read_html
from sources.mail.message import (
    Attachment,
    Bounce,
    Complaint,
    Human,
    InboundMail,
    Kind,
    Limits,
    SetAside,
    SetAsideReason,
)
from sources.mail.mime import Part, read_parts
from sources.mail.signature import names_of
from sources.mail.trust import read_authentication

_MAX_REFERENCES, _MAX_PAGES = 100, 2
_HTML = re.compile(r"\s{0,20}<(?:!doctype html|html|body)\b", re.IGNORECASE)


def parse(
    raw: bytes, received_at: datetime, *, authserv_id: str = "", limits: Limits | None = None
) -> InboundMail | SetAside:
    """Read one mail. Never raises, whatever the bytes; time is linear in their number.

    `authserv_id` names the border server whose Authentication-Results are believed.
    """
    bounds = limits or Limits()
    read = read_parts(raw, bounds)
    if isinstance(read, SetAside):
        return read
    headers, parts = read
    page = _body(parts, bounds)
    kind = _kind(headers, parts, page.text)
    sender = sole_sender(headers.all("from"))
    if sender is None and not isinstance(kind, Bounce | Complaint):
        return SetAside(SetAsideReason.NO_SINGLE_SENDER, headers.get("from")[:200])
    address, name = sender or ("", "")
    pieces = strip.split(page.text, names_of(address, name))
    return InboundMail(
        **_addressing(headers),
        digest=hashlib.sha256(raw).hexdigest(),
        sender=address,
        sender_name=name,
        subject=decode_words(headers.get("subject"))[:500],
        sent_at=sent_at(headers.get("date"), received_at),
        received_at=received_at,
        text=page.text,
        new_text=pieces.new_text,
        history=pieces.history,
        signature=pieces.signature,
        hidden_text=page.hidden,
        inline=pieces.inline,
        forwarded=pieces.forwarded,
        attachments=_attachments(parts, bounds.attachments),
        authentication=read_authentication(headers, authserv_id),
        kind=kind,
    )


class _Addressing(TypedDict):
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    reply_to: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    delivered_to: tuple[str, ...]


def _addressing(headers: Headers) -> _Addressing:
    return _Addressing(
        message_id=_first_id(headers, "message-id"),
        in_reply_to=_first_id(headers, "in-reply-to"),
        references=message_ids(headers.get("references"))[-_MAX_REFERENCES:],
        reply_to=next(iter(addresses(headers.all("reply-to"))), ""),
        to=addresses(headers.all("to")),
        cc=addresses(headers.all("cc")),
        delivered_to=addresses((*headers.all("delivered-to"), *headers.all("x-original-to"))),
    )


def _first_id(headers: Headers, name: str) -> str:
    return next(iter(message_ids(headers.get(name))), "")


def _body(parts: tuple[Part, ...], limits: Limits) -> Page:
    """The text a reader sees: the plain part if it says anything, else the HTML part."""
    own = [part for part in parts if not part.embedded and not part.attached]
    written = [p.text(limits.html) for p in own if p.content_type == "text/plain"]
    plain = [_unmarked(text)[: limits.text] for text in written]
    marked_up = [part for part in own if part.content_type == "text/html"][:_MAX_PAGES]
    pages = [read_html(part.text(limits.html // _MAX_PAGES)) for part in marked_up]
    hidden = "\n".join(page.hidden for page in pages if page.hidden)
    text = "\n".join(plain).strip() or "\n".join(page.text for page in pages).strip()
    return Page(_clean(text)[: limits.text], hidden[: limits.text])


def _unmarked(text: str) -> str:
    """Text as it is; some programs send HTML and call it plain."""
    return read_html(text).text if _HTML.match(text) else text


def _clean(text: str) -> str:
    """Line ends made one kind; characters that PostgreSQL text cannot hold taken out."""
    joined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return joined.encode("utf-8", "replace").decode()


def _kind(headers: Headers, parts: tuple[Part, ...], text: str) -> Kind:
    subject = decode_words(headers.get("subject"))
    return (
        read_complaint(parts)
        or read_bounce(headers, parts, text)
        or read_auto_reply(headers, subject, text)
        or Human()
    )


def _attachments(parts: tuple[Part, ...], most: int) -> tuple[Attachment, ...]:
    files = [p for p in parts if not p.embedded and _is_file(p)]
    return tuple(_attachment(part) for part in files[:most])


def _is_file(part: Part) -> bool:
    if part.content_type == "text/calendar":
        return True
    return part.attached or not part.content_type.startswith(("text/", "message/delivery-status"))


def _attachment(part: Part) -> Attachment:
    payload = part.payload()
    digest = hashlib.sha256(payload).hexdigest()
    return Attachment(part.filename, part.content_type, len(payload), digest)
