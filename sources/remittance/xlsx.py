"""Advices as Excel workbooks (XLSX). Opened in a process of its own, with bounds."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime

from sources.arrived import RefusedFile
from sources.remittance.grid import Line, find_headings, read_grid
from sources.remittance.reading import NeedsCurrency, Outcome, ReadAdvices

SOURCE = "xlsx"
_MOST_MEMBERS, _MOST_UNPACKED, _MOST_RATIO = 300, 50 * 1024 * 1024, 200
_MOST_SHEETS, _MOST_LINES, _MOST_COLUMNS, _LONGEST_CELL = 10, 20_000, 100, 500
_CONTROL = re.compile(r"[\x00-\x1f]+")
Sheet = list[list[str]]


def too_much(body: bytes) -> str:
    """Why a workbook is not opened: it is no archive, or it unpacks to more than it should."""
    try:
        members = zipfile.ZipFile(io.BytesIO(body)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "This is not an Excel workbook."
    unpacked = sum(one.file_size for one in members)
    if len(members) > _MOST_MEMBERS or unpacked > _MOST_UNPACKED:
        return "The workbook unpacks to more than 50 MB or 300 parts."
    if unpacked > 1_000_000 and unpacked > _MOST_RATIO * max(len(body), 1):
        return "The workbook is packed more tightly than real ones are."
    return ""


def sheets_of(body: bytes) -> list[Sheet]:
    """The cells of every visible sheet as text. Raises whatever openpyxl raises: for a process
    of its own only.
    """
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
    found: list[Sheet] = []
    for sheet in book.worksheets[:_MOST_SHEETS]:
        if sheet.sheet_state != "visible":
            continue
        rows = sheet.iter_rows(max_row=_MOST_LINES, max_col=_MOST_COLUMNS, values_only=True)
        found.append([_texts(row) for row in rows])
    return found


def _texts(row: Iterable[object]) -> list[str]:
    cells = [_text(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    """A cell as text. Excel keeps 15 significant digits of a number: no more are real."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(f"{value:.15g}")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return _CONTROL.sub(" ", str(value))[:_LONGEST_CELL].strip()


def _number(text: str) -> str:
    """Decimal text of two digits at least, so that a point is never taken for grouping."""
    whole, point, part = text.partition(".")
    if not point or "e" in text:
        return text
    return f"{whole}.{part.ljust(2, '0')}" if len(part) != 3 else f"{whole}.{part}0"


def read_sheets(sheets: list[Sheet], body: bytes, currency: str = "") -> Outcome:
    """The advices of the first sheet with a heading line. `body` names them."""
    for sheet in sheets:
        lines: list[Line] = [(at, cells) for at, cells in enumerate(sheet, start=1)]
        if find_headings(lines) is None:
            continue
        found = read_grid(lines, SOURCE, body, currency)
        if isinstance(found, NeedsCurrency | RefusedFile):
            return found
        return ReadAdvices(SOURCE, found)
    return RefusedFile(0, "No sheet has a heading line that names a document and an amount.")
