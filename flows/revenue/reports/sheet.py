"""A report as CSV or as a workbook: plain amounts with their currency, no formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from domain.ledger.money import Money, exponent
from flows.closing.sheet import inert
from flows.revenue.reports.table import Cell, Column, Report, Row, Table

_BOLD = Font(bold=True)
_BAD_TITLE = re.compile(r"[\[\]:*?/\\]")


def as_csv(report: Report) -> str:
    """All tables, one after the other: amounts as decimal text, each with its currency beside."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow([report.title, f"mode {report.mode}", report.told])
    for table in report.tables:
        sheet.writerow([])
        sheet.writerow([inert(table.title)])
        sheet.writerow(list(_titles(table.columns)))
        for row in table.rows:
            sheet.writerow([text for cell, column in _pairs(table, row) for text in _texts(
                cell, column)])  # fmt: skip
    return out.getvalue()


def _titles(columns: tuple[Column, ...]) -> Iterator[str]:
    for column in columns:
        yield inert(column.title)
        if column.number:
            yield "currency"


def _pairs(table: Table, row: Row) -> Iterator[tuple[Cell, Column]]:
    return zip(row.cells, table.columns, strict=True)


def _texts(cell: Cell, column: Column) -> Iterator[str]:
    value = cell.value
    if isinstance(value, Money):
        yield value.plain()
        yield value.currency
        return
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    note = f" ({cell.note})" if cell.note and text else ""
    yield inert(text + note)
    if column.number:
        yield ""


def as_workbook(report: Report) -> bytes:
    """One sheet for each table; amounts are numbers, exact and in the format of their currency."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, table in enumerate(report.tables, 1):
        sheet = book.create_sheet(f"{number} {_BAD_TITLE.sub(' ', table.title)}"[:31])
        sheet.append([report.title, f"mode {report.mode}", report.told])
        sheet.append(list(_titles(table.columns)))
        for heading in sheet[2]:
            heading.font = _BOLD
        sheet.freeze_panes = "B3"
        for row in table.rows:
            _fill(sheet, sheet.max_row + 1, table, row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, line: int, table: Table, row: Row) -> None:
    place = 0
    for cell, column in _pairs(table, row):
        place += 1
        value = cell.value
        if isinstance(value, Money):
            _number(sheet, line, place, value.plain(), _format(value.currency))
            sheet.cell(line, place + 1, value.currency)
        elif isinstance(value, int):
            _number(sheet, line, place, str(value), "#,##0")
        elif value is not None:
            note = f" ({cell.note})" if cell.note else ""
            sheet.cell(line, place, value if isinstance(value, date) else inert(value + note))
        place += column.number


def _number(sheet: Worksheet, line: int, place: int, digits: str, form: str) -> None:
    """The digits themselves as the number, so that nothing is rounded on the way."""
    made = sheet.cell(line, place, digits)
    made.data_type = "n"
    made.number_format = form


def _format(currency: str) -> str:
    places = exponent(currency)
    return "#,##0" + ("." + "0" * places if places else "")
