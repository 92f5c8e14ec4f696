"""Mail that arrives for the seller: into the INBOX, and to the service as a webhook."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime

from sandbox.courier import Courier
from sandbox.mail.headers import header
from sandbox.mail.smtp import HOST_NAME
from sandbox.mail.store import INBOX, MailStore

CHANNEL = "mail"


class Inbound:
    """The seller's mail exchanger."""

    def __init__(
        self, store: MailStore, courier: Courier, mailbox: str, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._courier = courier
        self._mailbox = mailbox
        self._clock = clock

    def receive(self, mail_from: str, recipient: str, raw: bytes) -> bool:
        """Take a message in. False when one with this Message-ID is already in the INBOX."""
        message = message_from_bytes(raw, policy=policy.default)
        message_id = header(message, "Message-ID")
        if message_id and self._store.has_message(self._mailbox, INBOX, message_id):
            return False
        author = header(message, "From").rpartition("@")[2].strip("<> ").lower()
        stamped = self._stamp(mail_from, recipient, message_id, author) + raw
        self._store.file(self._mailbox, INBOX, stamped)
        self._courier.hand_in(CHANNEL, _webhook(message, recipient, stamped))
        return True

    def _stamp(self, mail_from: str, recipient: str, message_id: str, author: str) -> bytes:
        """Trace headers of the final delivery (RFC 5321 4.4) and the checks made (RFC 8601).

        DMARC passes for an author of the domain that handed the mail in, and for no other.
        """
        domain = mail_from.rpartition("@")[2] or "unknown.example"
        dmarc = "pass" if author == domain.lower() else "fail"
        checks = f"spf=pass smtp.mailfrom={domain}; dkim=pass header.d={domain}; dmarc={dmarc}"
        if not mail_from:
            checks = "spf=none; dkim=none; dmarc=none"
        received = (
            f"Received: from mail.{domain} by {HOST_NAME} with ESMTPS id"
            f" {_short(message_id)}; {format_datetime(self._clock())}"
        )
        lines = (
            f"Return-Path: <{mail_from}>",
            f"Delivered-To: {recipient}",
            f"Authentication-Results: {HOST_NAME}; {checks}",
            received,
        )
        return "".join(f"{line}\r\n" for line in lines).encode()


def _webhook(message: EmailMessage, recipient: str, raw: bytes) -> bytes:
    """The JSON a mail provider posts; `MessageID` is the provider's, the raw message is whole."""
    local = recipient.partition("@")[0]
    content = {
        "MessageID": _short(raw),
        "From": header(message, "From"),
        "To": header(message, "To"),
        "OriginalRecipient": recipient,
        "MailboxHash": local.partition("+")[2],
        "Subject": header(message, "Subject"),
        "Date": header(message, "Date"),
        "RawEmail": base64.b64encode(raw).decode(),
    }
    return json.dumps(content).encode()


def _short(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:32]
