"""Which kind of file it is, by its bytes, and its text; or why it is not read."""

from __future__ import annotations

from domain.ledger.contract.terms import Refused
from sources.contract.document import Document, Limits
from sources.contract.pdf import open_pdf
from sources.contract.plain import open_text
from sources.contract.word import open_word

_LEAST_LETTERS = 40
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8")
_OTHER = (b"{\\rtf", b"<!doctype html", b"<html", b"<?xml")


def open_contract(body: bytes, limits: Limits) -> Document | Refused:
    """The text of a PDF, DOCX or plain text file."""
    if len(body) > limits.file_bytes:
        most = limits.file_bytes // (1024 * 1024)
        return Refused("too_large", f"The file is larger than {most} MB.")
    opened = _opened(body, limits)
    if isinstance(opened, Refused):
        return opened
    if len(opened.pages) > limits.pages:
        return Refused("too_many_pages", f"The file has more than {limits.pages} pages.")
    if sum(map(len, opened.pages)) > limits.characters:
        return Refused("too_large", "The file has more text than any contract.")
    if sum(map(str.isalpha, "".join(opened.pages))) < _LEAST_LETTERS:
        return Refused("no_text", "The file has no text. Upload the contract itself.")
    return opened


def _opened(body: bytes, limits: Limits) -> Document | Refused:
    start = body[:1024].lstrip()
    if b"%PDF-" in body[:1024]:
        return open_pdf(body, limits)
    if start.startswith(b"PK"):
        return open_word(body, limits)
    if start.startswith(_OLD_OFFICE):
        return Refused(
            "protected",
            "The file is an old Word file or protected by a password. "
            "Save it as DOCX or PDF without a password and upload that.",
        )
    if start.startswith(_PICTURES):
        return Refused(
            "no_text", "The file is a picture. Upload the contract as a PDF with text, or as DOCX."
        )
    if start.lower().startswith(_OTHER):
        return Refused("unknown_kind", "Upload the contract as PDF, DOCX or plain text.")
    return open_text(body)
