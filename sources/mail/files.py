"""The bytes of what is attached to a mail, bounded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sources.mail.message import Limits, SetAside
from sources.mail.mime import Part, read_parts

_MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class MailFile:
    """One attached file as its sender named it. `digest` is the SHA-256 of its bytes."""

    filename: str
    content_type: str
    body: bytes
    digest: str


def files_in(raw: bytes, limits: Limits | None = None) -> tuple[MailFile, ...]:
    """The files of a mail, those in forwarded mails left out. Never raises, whatever the bytes."""
    bounds = limits or Limits()
    found: list[MailFile] = []
    for part in _files(raw, bounds):
        body = part.payload()
        if 0 < len(body) <= _MOST_BYTES:
            digest = hashlib.sha256(body).hexdigest()
            found.append(MailFile(part.filename, part.content_type, body, digest))
        if len(found) == bounds.attachments:
            break
    return tuple(found)


def more_files(raw: bytes, known: int) -> int:
    """How many files a mail has beyond those that `files_in` gives."""
    return max(0, len(_files(raw, Limits())) - known)


def _files(raw: bytes, bounds: Limits) -> list[Part]:
    read = read_parts(raw, bounds)
    if isinstance(read, SetAside):
        return []
    return [part for part in read[1] if not part.embedded and _is_file(part)]


def _is_file(part: Part) -> bool:
    return part.attached or not part.content_type.startswith(("text/", "message/", "image/"))
