"""Reading a received mail the way a clerk does: what it is about and where to answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from sandbox.mail.headers import header

_TAGS = re.compile(r"<[^<>]{0,2000}>")
_WORD = re.compile(r"[A-Za-z]{2,8}-?\d{3,12}")
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as its reader sees it. `text` is without markup; `reply_to` is where answers go."""

    message_id: str
    references: str
    subject: str
    sender_name: str
    sender: str
    reply_to: str
    sent: str
    text: str
    headers: bytes

    @property
    def answers(self) -> bool:
        """Whether it answers something they wrote, as its subject tells."""
        return self.subject.lower().startswith(("re:", "aw:"))

    def names(self, known: Iterable[str]) -> tuple[str, ...]:
        """The numbers of `known` that the letter mentions, in the order of the text."""
        wanted = set(known)
        seen = _WORD.findall(f"{self.subject}\n{self.text}")
        return tuple(dict.fromkeys(number for number in seen if number in wanted))


def read_letter(raw: bytes) -> Letter:
    """Parse a mail; a broken one reads as an empty text."""
    message = message_from_bytes(raw, policy=policy.default)
    name, sender = parseaddr(header(message, "From"))
    _, reply_to = parseaddr(header(message, "Reply-To"))
    return Letter(
        message_id=header(message, "Message-ID"),
        references=header(message, "References"),
        subject=header(message, "Subject"),
        sender_name=name,
        sender=sender,
        reply_to=reply_to or sender,
        sent=header(message, "Date"),
        text=_text(message),
        headers=raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n",
    )


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content())[:_LONGEST]
    except (LookupError, ValueError, MessageError):
        return ""
    return content if part.get_content_type() == "text/plain" else _TAGS.sub(" ", content)
