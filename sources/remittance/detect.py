"""Which form an advice has: told by its bytes, never by its name alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sources.arrived import RefusedFile
from sources.remittance.camt import read_camt
from sources.remittance.csv import decoded, read_csv
from sources.remittance.edi820 import read_820
from sources.remittance.pdf import PdfText, Workbook, open_pdf, open_xlsx
from sources.remittance.reading import MOST_BYTES, Outcome
from sources.remittance.text import read_text
from sources.remittance.xlsx import read_sheets

_NACHA = re.compile(rb"101[ 0-9]{20}")
_X12 = re.compile(rb"\s*(?:\xef\xbb\xbf)?ISA[^A-Za-z0-9\s]")


class Form(StrEnum):
    """What a file is."""

    PDF = "pdf"
    XLSX = "xlsx"
    EDI = "edi820"
    XML = "camt"
    TABLE = "csv"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be read without further danger or delay."""

    form: Form
    body: bytes
    content: PdfText | Workbook | None = None

    @property
    def text(self) -> str:
        """The file as text; empty for tables and messages."""
        if isinstance(self.content, PdfText):
            return self.content.text
        return decoded(self.body).replace("\0", "") if self.form is Form.TEXT else ""


async def open_advice(body: bytes, filename: str = "") -> Opened | RefusedFile:
    """Find out what a file is, and open what must be opened apart. Never raises for its bytes."""
    if not body.strip():
        return RefusedFile(0, "The file is empty.")
    if len(body) > MOST_BYTES:
        return RefusedFile(0, "The file is larger than 10 MB.")
    form = form_of(body, filename)
    if isinstance(form, RefusedFile):
        return form
    if form is Form.PDF:
        pdf = await open_pdf(body)
        return pdf if isinstance(pdf, RefusedFile) else Opened(form, body, pdf)
    if form is Form.XLSX:
        book = await open_xlsx(body)
        return book if isinstance(book, RefusedFile) else Opened(form, body, book)
    return Opened(form, body)


def form_of(body: bytes, filename: str) -> Form | RefusedFile:
    """The form of a file by its first bytes; text with a name that ends in .txt is prose."""
    head = body[:2_000].lstrip()
    if head.startswith(b"%PDF-"):
        return Form.PDF
    if head.startswith(b"PK\x03\x04"):
        return Form.XLSX
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return RefusedFile(0, "This is an old Excel file (.xls): save it as .xlsx or CSV.")
    if _X12.match(body):
        return Form.EDI
    if _NACHA.match(body):
        return RefusedFile(1, "This is a bank file (NACHA): upload it with the bank files.")
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"<"):
        return Form.XML
    if b"\0" in head and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return RefusedFile(0, "This kind of file is not read: use CSV, XLSX, PDF, XML or EDI 820.")
    return Form.TEXT if filename.lower().endswith((".txt", ".eml")) else Form.TABLE


def read_opened(opened: Opened, currency: str, known: frozenset[str] = frozenset()) -> Outcome:
    """The advices of an opened file. `currency` counts where it names none; `known` as read_text.

    A text file without a table that can be read is tried as prose.
    """
    match opened.form:
        case Form.EDI:
            return read_820(opened.body, currency)
        case Form.XML:
            return read_camt(opened.body, currency)
        case Form.XLSX if isinstance(opened.content, Workbook):
            return read_sheets(opened.content.sheets, opened.body, currency)
        case Form.PDF:
            return read_text(opened.text, known, currency, "pdf")
        case Form.TABLE:
            return read_csv(opened.body, currency)
        case _:
            return read_text(opened.text, known, currency)
