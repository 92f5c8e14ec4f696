"""Files that people put beside a receipt: bounded, known by their bytes, only ever downloaded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from effects.actor import Actor
from effects.audit import Entry, record
from store import attachments, receipts
from store.attachments import AttachmentRow, AttachmentShown
from store.engine import Session

BIGGEST = 10 * 1024 * 1024
_MOST_FILES, _MOST_TOGETHER = 20, 25 * 1024 * 1024
_HEIC = re.compile(rb"....ftyp(?:heic|heix|mif1|msf1)", re.DOTALL)
_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"II*\0", "image/tiff", "tif"),
    (b"MM\0*", "image/tiff", "tif"),
)
_OFFICE = {
    b"xl/workbook.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    b"word/document.xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
}
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|svg|script|\?xml)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attached:
    """The file is kept; `created` is False when the receipt had the same bytes already."""

    attachment_id: int
    created: bool


@dataclass(frozen=True, slots=True)
class NotAttached:
    """The file is not kept, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file as it leaves: its bytes and the headers that keep a browser from running it."""

    body: bytes
    headers: Mapping[str, str]


async def attach(
    session: Session, payment_id: int, filename: str, body: bytes, by: Actor, now: datetime
) -> Attached | NotAttached:
    """Keep a file beside a receipt. What it is, its bytes say: never its name."""
    kind = kind_of(body)
    if isinstance(kind, NotAttached):
        return kind
    if await receipts.receipt(session, payment_id) is None:
        return NotAttached("There is no such payment.")
    digest = hashlib.sha256(body).hexdigest()
    known = await attachments.attachment_like(session, payment_id, digest)
    if known is not None:
        return Attached(known, created=False)
    count, size = await attachments.kept_of(session, payment_id)
    if count >= _MOST_FILES or size + len(body) > _MOST_TOGETHER:
        return NotAttached("A payment may have 20 files and 25 MB at most.")
    row = AttachmentRow(
        payment_id=payment_id,
        digest=digest,
        filename=safe_name(filename, kind[1]),
        content_type=kind[0],
        size=len(body),
        body=body,
        added_at=now,
        added_by=str(by),
    )
    added = await attachments.add_attachment(session, row)
    if added is None:
        return NotAttached("Somebody is adding this file right now.")
    told = {"attachment_id": added, "file": row.filename, "digest": digest, "size": row.size}
    await record(session, Entry(by, "payment.attached", "payment", str(payment_id), told), now)
    return Attached(added, created=True)


async def attached_to(session: Session, payment_id: int) -> Sequence[AttachmentShown]:
    """The files beside a receipt, without their bytes."""
    return await attachments.attachments_of(session, payment_id)


async def download(session: Session, payment_id: int, attachment_id: int) -> Download | None:
    """A file of this receipt, or None."""
    row = await attachments.attachment(session, attachment_id)
    if row is None or row.payment_id != payment_id:
        return None
    return Download(row.body, download_headers(row.filename, row.content_type))


def download_headers(filename: str, content_type: str) -> dict[str, str]:
    """Headers under which a browser stores a file and never shows or runs it."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", filename)
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
    return {
        "Content-Type": content_type,
        "Content-Disposition": named,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


def kind_of(body: bytes) -> tuple[str, str] | NotAttached:
    """The media type and file ending that the bytes prove, or why the file is not taken."""
    if not body:
        return NotAttached("The file is empty.")
    if len(body) > BIGGEST:
        return NotAttached("A file may have 10 MB at most.")
    for start, media, ending in _STARTS:
        if body.startswith(start):
            return media, ending
    if _HEIC.match(body):
        return "image/heic", "heic"
    if body.startswith(b"PK\x03\x04"):
        found = [kind for member, kind in _OFFICE.items() if member in body]
        return found[0] if found else NotAttached("Archives are not taken.")
    return _text_kind(body)


def _text_kind(body: bytes) -> tuple[str, str] | NotAttached:
    head = body[:4_096]
    if _MARKUP.search(head):
        return NotAttached("Web pages and other markup are not taken.")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return NotAttached("This kind of file is not taken: use PDF, an image, CSV, XLSX or text.")
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
        return NotAttached("This kind of file is not taken: use PDF, an image, CSV, XLSX or text.")
    return "text/plain; charset=utf-8", "txt"


def safe_name(filename: str, ending: str) -> str:
    """The name as it is kept: no folders, no control characters, the ending its bytes have."""
    bare = re.split(r"[/\\]", filename)[-1]
    bare = "".join(c for c in bare if c.isprintable()).strip(" .")[:120]
    stem, dot, old = bare.rpartition(".")
    allowed = {"jpg": ("jpg", "jpeg"), "txt": ("txt", "csv", "edi", "x12"), "tif": ("tif", "tiff")}
    if dot and old.lower() in allowed.get(ending, (ending,)):
        return bare
    return f"{(stem if dot and len(old) <= 5 else bare) or 'file'}.{ending}"
