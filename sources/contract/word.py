"""Word files (DOCX): the text somebody reads on the page, tables as rows, changes as accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from domain.ledger.contract.terms import Refused
from sources.contract.document import Document, Limits

_TEXT, _TAB, _BREAK, _RUN = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:r")
_RENDERED, _VANISH = qn("w:lastRenderedPageBreak"), qn("w:vanish")
_CHANGED = (qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo"))
_GONE = (qn("w:del"), qn("w:moveFrom"))
_PROPERTIES, _PARAGRAPH = qn("w:rPr"), qn("w:p")
_OFF = {"0", "false", "off"}
_DECLARED = tuple(
    text.encode(code)
    for text in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
)
# What python-docx and lxml raise for parts that are not what their names say.
_BROKEN = (
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError),
    zipfile.BadZipFile,
)
_DAMAGED = Refused("damaged", "The Word file is damaged. Open and save it again, or send a PDF.")


def open_word(body: bytes, limits: Limits) -> Document | Refused:
    """The pages of a DOCX by its own page breaks. Nothing outside the file is ever fetched."""
    refused = _dangerous(body, limits)
    if refused is not None:
        return refused
    try:
        document = docx.Document(io.BytesIO(body))
        pages = "\n".join(_blocks(document.iter_inner_content())).split("\f")
        oddities = _oddities(document.element.body)
    except _BROKEN:
        return _DAMAGED
    return Document(tuple(page.strip("\n") for page in pages), oddities)


def _dangerous(body: bytes, limits: Limits) -> Refused | None:
    """Looked at before any part is parsed: sizes, macros, and XML that declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _bad_parts(archive, limits)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return _DAMAGED


def _bad_parts(archive: zipfile.ZipFile, limits: Limits) -> Refused | None:
    parts = archive.infolist()
    if len(parts) > limits.parts or sum(p.file_size for p in parts) > limits.unpacked_bytes:
        return Refused("too_large", "The Word file unpacks to far more than a contract holds.")
    names = {part.filename.lower() for part in parts}
    if "word/document.xml" not in names:
        return Refused("unknown_kind", "Upload the contract as PDF, DOCX or plain text.")
    if any(name.endswith("vbaproject.bin") for name in names):
        return Refused("scripts", "The Word file holds macros. Save it as DOCX without macros.")
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            content = archive.read(part)
            if any(mark in content for mark in _DECLARED):
                return Refused("entities", "The Word file declares XML entities. Save it again.")
    return None


def _blocks(content: Iterator[Paragraph | Table]) -> Iterator[str]:
    for block in content:
        if isinstance(block, Paragraph):
            yield _text(block._p)
        else:
            for row in block.rows:
                cells: list[str] = []
                for cell in row.cells:
                    text = " ".join(_text(p._p) for p in cell.paragraphs).strip()
                    if not cells or text != cells[-1]:
                        cells.append(text)
                yield " | ".join(cells)


def _text(paragraph: Any) -> str:
    """What stands on the page: no hidden runs, nothing that was deleted."""
    found: list[str] = []
    for run in paragraph.iter(_RUN):
        if _hidden(run) or next(run.iterancestors(*_GONE), None) is not None:
            continue
        if next(run.iterancestors(_PARAGRAPH), None) is paragraph:
            found += [_piece(piece) for piece in run]
    return "".join(found)


def _piece(piece: Any) -> str:
    if piece.tag == _TEXT:
        return piece.text or ""
    if piece.tag == _TAB:
        return "\t"
    if piece.tag == _RENDERED or (piece.tag == _BREAK and piece.get(qn("w:type")) == "page"):
        return "\f"
    return "\n" if piece.tag == _BREAK else ""


def _hidden(run: Any) -> bool:
    properties = run.find(_PROPERTIES)
    mark = properties.find(_VANISH) if properties is not None else None
    return mark is not None and mark.get(qn("w:val"), "1") not in _OFF


def _oddities(body: Any) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    if next(body.iter(*_CHANGED), None) is not None:
        text = "The file holds tracked changes. It was read as if all of them were accepted."
        found.append(("contract.tracked_changes", text))
    if any(_hidden(run) for run in body.iter(_RUN)):
        found.append(("contract.hidden_text", "The file holds hidden text. It was left out."))
    return tuple(found)
