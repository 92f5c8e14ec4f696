"""The text that can be read out of a paper, for the guard."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

_MOST_PAGES, _MOST_WORDS = 60, 400_000

# pypdf reports every oddity of a file as a warning; what cannot be read is no text here.
logging.getLogger("pypdf").setLevel(logging.ERROR)


def words_of(body: bytes, media_type: str) -> str:
    """The text of a PDF, bounded; empty for pictures and for what cannot be read."""
    if media_type != "application/pdf":
        return ""
    try:
        pages = PdfReader(io.BytesIO(body)).pages[:_MOST_PAGES]
        return "\n".join(page.extract_text() for page in pages)[:_MOST_WORDS]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
