"""The mailbox: what is new in it becomes source events, each stored once."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

from flows.unread import Unread, ask_about
from sources.mail.imap import Batch, Cursor, Fetched, MailboxUnavailable, Oversized
from store import erp_mirror, inbox, slots
from store.engine import Database, Session
from store.jobs import Job, enqueue

TASK = "inbox.mail"
STREAM = "imap"
Fetch = Callable[[Cursor | None], Awaitable[Batch]]
_MOST_BATCHES = 50
# What was written long before nobody wants answered: it is history of another time.
_BEFORE_THE_FIRST = timedelta(days=14)


async def poll(db: Database, fetch: Fetch, now: datetime) -> int:
    """Store every mail after the cursor and enqueue its reading; how many were new.

    The cursor moves in the transaction that stores the mails. Raises MailboxUnavailable, also
    told as the state of the connection.
    """
    new = 0
    for _ in range(_MOST_BATCHES):
        try:
            batch = await fetch(await _cursor(db, now))
        except MailboxUnavailable as error:
            async with db.begin() as session:
                await slots.report(session, "imap", ok=False, detail=str(error), now=now)
            raise
        async with db.begin() as session:
            new += await _keep(session, batch, now)
        if not batch.more:
            break
    return new


async def _cursor(db: Database, now: datetime) -> Cursor:
    """Where to go on; in a mailbox that was never read, with the mail of the last two weeks."""
    async with db.read() as session:
        row = await erp_mirror.cursor(session, STREAM)
    if row is None:
        return Cursor(0, 0, (now - _BEFORE_THE_FIRST).date())
    since = str(row.progress.get("since", ""))
    return Cursor(
        int(row.watermark), int(row.last_id), date.fromisoformat(since) if since else None
    )


async def _keep(session: Session, batch: Batch, now: datetime) -> int:
    new = 0
    for mail in batch.mails:
        match mail:
            case Fetched():
                new += await _store(session, mail, now)
            case Oversized():
                await _too_large(session, batch.cursor, mail, now)
    at = batch.cursor
    since: dict[str, object] = {"since": at.since.isoformat()} if at.since else {}
    validity, last = str(at.uid_validity), str(at.last_uid)
    await erp_mirror.advance(
        session, STREAM, now=now, watermark=validity, last_id=last, progress=since
    )
    await slots.report(session, "imap", ok=True, detail="", now=now)
    return new


async def _store(session: Session, mail: Fetched, now: datetime) -> int:
    event_id = await inbox.store_once(
        session,
        source="mail",
        external_id=hashlib.sha256(mail.raw).hexdigest(),
        body=mail.raw,
        headers={"uid": mail.uid, "stored_at": now.isoformat()},
        now=mail.received_at,
    )
    if event_id is None:
        return 0
    await enqueue(session, Job(TASK, {"event_id": event_id}, lane="mail"))
    return 1


async def _too_large(session: Session, at: Cursor, mail: Oversized, now: datetime) -> None:
    unread = Unread(
        key=f"imap:{at.uid_validity}:{mail.uid}",
        head=mail.head,
        title=f"A mail of {mail.size // 1_000_000} MB was left in the mailbox",
        why="too large to read",
        detail={"uid": mail.uid, "size": mail.size},
    )
    await ask_about(session, unread, now)
