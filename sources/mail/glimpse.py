"""What the first header fields of a mail say, for one that is not read further."""

from __future__ import annotations

from dataclasses import dataclass

from sources.mail.headers import addresses, decode_words, read_fields
from sources.mail.mime import split_headers

HEAD_BYTES = 64 * 1024
_FIELD, _MOST_SENDERS = 2048, 5


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Who a mail says it is from, and about what. Nothing of it is proven."""

    senders: tuple[str, ...] = ()
    subject: str = ""


def glimpse(raw: bytes) -> Glimpse:
    """Look at the beginning of a mail only. Never raises; the time is bounded by HEAD_BYTES."""
    block, _ = split_headers(raw[:HEAD_BYTES])
    headers = read_fields(block, _FIELD)
    senders = addresses(headers.all("from")[:2])[:_MOST_SENDERS]
    return Glimpse(senders, decode_words(headers.get("subject"))[:300])
