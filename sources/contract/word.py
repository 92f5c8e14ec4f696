"""Word files (DOCX): the text somebody reads on the page, tables as rows, changes as accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from domain.ledger.contract.terms import Refused
from sources.contract.document import Document, Limits

_TEXT, _TAB, _BREAK, _RUN = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:r")
_RENDERED, _VANISH = qn("w:lastRenderedPageBreak"), qn("w:vanish")
_CHANGED = (qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo"))
_GONE = (qn("w:del"), qn("w:moveFrom"))
_PROPERTIES, _PARAGRAPH = qn("w:rPr"), qn("w:p")
_TABLE, _ROW, _CELL = qn("w:tbl"), qn("w:tr"), qn("w:tc")
# What Word puts around paragraphs, rows and cells that are fields of a form or marked as data.
_AROUND = (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"))
_SPAN, _MERGED, _BOX = qn("w:gridSpan"), qn("w:vMerge"), qn("w:txbxContent")
_SIGNS = {_TAB: "\t", qn("w:noBreakHyphen"): "-", qn("w:cr"): "\n"}
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
        pages = "\n".join(_blocks(document.element.body)).split("\f")
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


def _blocks(parent: Any) -> Iterator[str]:
    """Paragraphs and rows of tables, also those in the fields of a form."""
    for block in _inside(parent, _PARAGRAPH, _TABLE):
        if block.tag == _PARAGRAPH:
            yield _text(block)
        else:
            yield from _rows(block)


def _inside(parent: Any, *tags: str) -> Iterator[Any]:
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _AROUND:
            yield from _inside(child, *tags)


def _rows(table: Any) -> Iterator[str]:
    """Each row with its cells; a cell that goes on from the row above says the same."""
    above: dict[int, str] = {}
    for row in _inside(table, _ROW):
        cells: list[str] = []
        column = 0
        for cell in _inside(row, _CELL):
            merged = next(cell.iterchildren(qn("w:tcPr")), None)
            if _value(merged, _MERGED) not in (None, "restart"):
                cells.append(above.get(column, ""))
            else:
                cells.append(" ".join(_blocks(cell)).strip())
            above[column] = cells[-1]
            column += int(_value(merged, _SPAN) or 1)
        yield " | ".join(cells)


def _value(properties: Any, tag: str) -> str | None:
    """What a property of a cell is set to ("" where it only stands there), None without it."""
    found = properties.find(tag) if properties is not None else None
    return None if found is None else str(found.get(qn("w:val"), ""))


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
    if piece.tag in _SIGNS:
        return _SIGNS[piece.tag]
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
    if next(body.iter(_BOX), None) is not None:
        text = "The file holds text boxes. What stands in them was not read."
        found.append(("contract.text_boxes", text))
    if any(_hidden(run) for run in body.iter(_RUN)):
        found.append(("contract.hidden_text", "The file holds hidden text. It was left out."))
    return tuple(found)
