"""Advices as CSV, whatever program wrote them: separator and encoding are found out."""

from __future__ import annotations

import csv
import io

from sources.arrived import RefusedFile
from sources.remittance.grid import Line, find_headings, read_grid
from sources.remittance.reading import MOST_BYTES, NeedsCurrency, Outcome, ReadAdvices

SOURCE = "csv"
_SEPARATORS = (",", ";", "\t", "|")
_MOST_LINES = 20_000


def read_csv(body: bytes, currency: str = "") -> Outcome:
    """The advices of a CSV file, all or none. Never raises, whatever the bytes."""
    if len(body) > MOST_BYTES:
        return RefusedFile(0, "The file is larger than 10 MB.")
    text = decoded(body)
    if "\0" in text:
        return RefusedFile(text[: text.index("\0")].count("\n") + 1, "This is not a text file.")
    lines: list[Line] = []
    for separator in _SEPARATORS:
        try:
            lines = _lines(text, separator)
        except csv.Error as error:
            return RefusedFile(1, f"The file is not well-formed CSV: {error}.")
        if find_headings(lines) is not None:
            break
    if len(lines) > _MOST_LINES:
        return RefusedFile(_MOST_LINES, f"A file may have {_MOST_LINES} lines at most.")
    found = read_grid(lines, SOURCE, body, currency)
    return found if isinstance(found, NeedsCurrency | RefusedFile) else ReadAdvices(SOURCE, found)


def decoded(body: bytes) -> str:
    """UTF-16 with its mark, UTF-8, else Windows-1252: the three that spreadsheets write."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace").removeprefix("\ufeff")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _lines(text: str, separator: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines: list[Line] = []
    for cells in reader:
        lines.append((reader.line_num, cells))
        if len(lines) > _MOST_LINES:
            break
    return lines
