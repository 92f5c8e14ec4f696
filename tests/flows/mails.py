"""Raw mails of debtors, written shortly, and how they get into the inbox."""

from __future__ import annotations

from dataclasses import replace

from flows.desk import Desk
from store.engine import Database
from store.inbox import store_once
from tests.flows.scene import NOW, desk

BORDER = "mx.northwind.example"


def mail_desk() -> Desk:
    """The desk behind a border server whose results are believed."""
    return replace(desk(), authserv_id=BORDER)


def raw(
    text: str,
    *,
    sender: str = "billing@acme.example",
    to: str = "ar@northwind.example",
    subject: str = "Re: Payment overdue",
    message_id: str = "<m1@acme.example>",
    answers: str = "",
    proven: bool = True,
    more: str = "",
) -> bytes:
    """A plain mail as a border server hands it over."""
    verdict = "pass" if proven else "none"
    lines = [
        f"Authentication-Results: {BORDER}; dmarc={verdict} header.from={sender.split('@')[1]}",
        f"From: Ann Lee <{sender}>",
        f"To: {to}",
        f"Subject: {subject}",
        f"Message-ID: {message_id}",
        "Date: Tue, 10 Mar 2026 14:00:00 +0000",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    ]
    lines += [f"In-Reply-To: {answers}"] if answers else []
    lines += [more] if more else []
    return ("\r\n".join(lines) + "\r\n\r\n" + text).encode()


async def arrive(db: Database, body: bytes, name: str = "1") -> int:
    """Store a mail as the webhook does; its event id."""
    async with db.begin() as session:
        event_id = await store_once(
            session, source="mail", external_id=name, body=body, headers={}, now=NOW
        )
    assert event_id is not None
    return event_id
