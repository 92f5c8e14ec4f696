"""Small text constructors for raw mails."""

from __future__ import annotations

from datetime import UTC, datetime

from sources.mail.message import InboundMail
from sources.mail.parse import parse

RECEIVED = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)

_HEADERS = {
    "From": "Dana Whitlock <dana@corvel.example>",
    "To": "ar+t.abc@seller.example",
    "Subject": "Re: Invoice INV-1",
    "Date": "Mon, 09 Mar 2026 10:00:00 +0100",
    "Message-ID": "<m1@corvel.example>",
}


def raw(body: str = "Paid on Friday.", **fields: str) -> bytes:
    """A raw mail; `In_Reply_To="<x@y>"` sets a header, an empty value removes it."""
    headers = _HEADERS | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    return ("\r\n".join(lines) + "\r\n\r\n" + body.replace("\n", "\r\n")).encode()


def multipart(*parts: str, subtype: str = "mixed", **fields: str) -> bytes:
    """A raw mail of parts; each part is its own header block, an empty line and a body."""
    body = "".join(f"--b1\n{part}\n" for part in parts) + "--b1--\n"
    return raw(body, Content_Type=f'multipart/{subtype}; boundary="b1"', **fields)


def read(data: bytes, authserv_id: str = "") -> InboundMail:
    """Parse, for mails that must be readable."""
    mail = parse(data, RECEIVED, authserv_id=authserv_id)
    assert isinstance(mail, InboundMail), mail
    return mail
