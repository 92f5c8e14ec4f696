"""Header values of mail that may be broken in any way."""

from __future__ import annotations

from email.errors import MessageError
from email.message import EmailMessage

# CPython's header parser raises these on malformed values, IndexError for "From: <" among them.
_BROKEN = (ValueError, LookupError, AttributeError, TypeError, MessageError, RecursionError)


def header(message: EmailMessage, name: str) -> str:
    """The first value of a header on one line; empty if there is none or it cannot be read."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except _BROKEN:
        return ""
