"""A mail as it came, for people: its raw bytes, and the files on it that may be opened safely."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from flows.attachments import Download, NotAttached, download_headers, kind_of, safe_name
from sources.mail.files import files_in, more_files
from store import inbox, touchpoints
from store.engine import Session
from store.inbox import SourceEventRow
from store.worklist import WorkItemRow

_QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class FileShown:
    """One attached file. `problem` says why it is not handed out by itself; empty when it is."""

    name: str
    size: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MailShown:
    """What is kept of a mail. `more` files are only in the raw mail."""

    size: int
    files: tuple[FileShown, ...] = ()
    more: int = 0


async def event_of(session: Session, item: WorkItemRow) -> SourceEventRow | None:
    """The stored mail that an item is about, or None."""
    event_id = item.detail.get("source_event_id")
    if item.touchpoint_id is not None:
        touch = await touchpoints.touchpoint(session, item.touchpoint_id)
        event_id = touch.source_event_id if touch is not None else None
    row = await inbox.source_event(session, event_id) if isinstance(event_id, int) else None
    return row if row is not None and row.source == "mail" else None


async def shown(session: Session, item: WorkItemRow) -> MailShown | None:
    """What of an item's mail can be had, or None if there is no mail.

    A mail that could not be read apart within its bounds is not opened here either.
    """
    row = await event_of(session, item)
    if row is not None and row.state == _QUARANTINED:
        return MailShown(len(row.body))
    return await asyncio.to_thread(_look, row.body) if row is not None else None


async def raw_mail(session: Session, item: WorkItemRow) -> Download | None:
    """The mail to be stored as a file; a browser never shows it."""
    row = await event_of(session, item)
    if row is None:
        return None
    return Download(row.body, download_headers(f"mail-{row.id}.eml", "message/rfc822"))


async def file_of(session: Session, item: WorkItemRow, number: int) -> Download | None:
    """One file of an item's mail by its place, if its bytes are of a kind that is handed out."""
    row = await event_of(session, item)
    if row is None or row.state == _QUARANTINED:
        return None
    files = await asyncio.to_thread(files_in, row.body)
    if not 0 <= number < len(files):
        return None
    found = files[number]
    kind = kind_of(found.body)
    if isinstance(kind, NotAttached):
        return None
    name = safe_name(found.filename, kind[1])
    return Download(found.body, download_headers(name, kind[0]))


def _look(raw: bytes) -> MailShown:
    files = files_in(raw)
    found = []
    for one in files:
        kind = kind_of(one.body)
        problem = kind.reason if isinstance(kind, NotAttached) else ""
        found.append(FileShown(one.filename or "a file without a name", len(one.body), problem))
    return MailShown(len(raw), tuple(found), more_files(raw, len(files)))
