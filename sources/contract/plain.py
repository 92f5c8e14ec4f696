"""Plain text contracts: encodings, and pages where the file marks them."""

from __future__ import annotations

import codecs
import re

from domain.ledger.contract.terms import Refused
from sources.contract.document import Document

_PAGE = re.compile(r"\f|^[ \t]*<PAGE>[ \t]*\d*[ \t]*$", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def open_text(body: bytes) -> Document | Refused:
    """The pages of a text file: divided by form feeds or `<PAGE>` lines, as EDGAR writes them."""
    text = _decoded(body)
    if _CONTROL.search(text):
        return Refused("unknown_kind", "Upload the contract as PDF, DOCX or plain text.")
    pages = [page for page in _PAGE.split(text) if page.strip()]
    return Document(tuple(pages) or ("",))


def _decoded(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")
