"""PDF contracts: the text layer page by page, and rows of price tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from domain.ledger.contract.terms import Refused
from sources.contract.document import Document, Limits

_LEAST_LETTERS = 40
_AMOUNT = re.compile(r"[$€£]\s?\d|\d[\d.,]*[.,]\d\d\b|\b(?:USD|EUR|GBP|CHF)\b")
_RUNS = ("/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute")
_MOST_LINKS = 5_000
_BROKEN = Refused(
    "damaged", "The PDF is damaged: its table of contents is broken. Print or save it again."
)


def open_pdf(body: bytes, limits: Limits) -> Document | Refused:
    """The pages of a PDF. Scans, scripts, passwords and broken files are refused."""
    oddities: tuple[tuple[str, str], ...] = ()
    try:
        reader = PdfReader(io.BytesIO(body), strict=True)
    except PyPdfError as error:
        if "xref" in str(error).lower() or "EOF" in str(error):
            return _BROKEN
        oddities = (("contract.malformed", "The PDF is not well formed. Compare the text."),)
        try:
            reader = PdfReader(io.BytesIO(body))
        except PyPdfError:
            return _BROKEN
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        return Refused("protected", "The PDF is protected by a password. Upload it without one.")
    try:
        return _read(reader, body, oddities, limits)
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return _BROKEN


def _read(
    reader: PdfReader, body: bytes, oddities: tuple[tuple[str, str], ...], limits: Limits
) -> Document | Refused:
    if _count(reader) > limits.pages:
        return Refused("too_many_pages", f"The PDF has more than {limits.pages} pages.")
    if any(_runs(action) for action in _actions(reader)):
        return Refused("scripts", "The PDF holds a script. Print it to a new PDF and upload that.")
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text().replace("\0", ""))
        if sum(map(len, pages)) > limits.characters or len(pages) > limits.pages:
            return Refused("too_large", "The PDF has more text than any contract.")
    empty = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if sum(map(str.isalpha, "".join(pages))) < _LEAST_LETTERS:
        return Refused(
            "scanned",
            "The PDF has no text: it is a scan or a picture. "
            "Upload one with text, or run it through text recognition first.",
        )
    if empty:
        text = f"No text on page {', '.join(map(str, empty[:10]))}: a picture or empty."
        oddities = (*oddities, ("contract.page_without_text", text))
    return Document(_with_tables(pages, body, limits), oddities)


def _count(reader: PdfReader) -> int:
    """Pages as the file declares them; counting them one by one comes only below the limit."""
    root = reader.root_object["/Pages"]
    declared = root.get("/Count", 0) if isinstance(root, DictionaryObject) else 0
    return max(int(declared), 0)


def _actions(reader: PdfReader) -> Iterator[Any]:
    """Everything that a viewer would do by itself or when somebody clicks."""
    root = reader.root_object
    yield root.get("/OpenAction")
    yield from _values(root.get("/AA"))
    names = _resolved(root.get("/Names"))
    if isinstance(names, DictionaryObject) and "/JavaScript" in names:
        yield DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
    links = 0
    for page in reader.pages:
        yield from _values(page.get("/AA"))
        for link in _resolved(page.get("/Annots")) or ():
            links += 1
            found = _resolved(link)
            if isinstance(found, DictionaryObject) and links < _MOST_LINKS:
                yield found.get("/A")
                yield from _values(found.get("/AA"))


def _runs(action: Any) -> bool:
    found = _resolved(action)
    return isinstance(found, DictionaryObject) and found.get("/S") in _RUNS


def _values(actions: Any) -> Iterator[Any]:
    found = _resolved(actions)
    if isinstance(found, DictionaryObject):
        yield from found.values()


def _resolved(thing: Any) -> Any:
    found = thing.get_object() if hasattr(thing, "get_object") else thing
    return found if isinstance(found, DictionaryObject | ArrayObject) else None


def _with_tables(pages: list[str], body: bytes, limits: Limits) -> tuple[str, ...]:
    """Rows of price tables put below the text of their page, cells kept apart."""
    chosen = [n for n, text in enumerate(pages, 1) if len(_AMOUNT.findall(text)) > 2]
    if not chosen:
        return tuple(pages)
    with pdfplumber.open(io.BytesIO(body), pages=chosen[: limits.table_pages]) as document:
        for page in document.pages:
            rows = [_row(row) for table in page.extract_tables() for row in table]
            priced = [row for row in rows if " | " in row]
            if priced:
                pages[page.page_number - 1] += "\n\n" + "\n".join(priced)
            page.close()
    return tuple(pages)


def _row(cells: list[str | None]) -> str:
    return " | ".join(" ".join((cell or "").split()) for cell in cells)
