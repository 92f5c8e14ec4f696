"""PDFs opened in a process of their own: tables by where things stand, hidden text left out."""

from __future__ import annotations

import pytest
from fpdf import FPDF

from sources.arrived import RefusedFile
from sources.remittance.detect import Form, open_advice, read_opened
from sources.remittance.pdf import PdfText, open_pdf
from sources.remittance.reading import ReadAdvices
from tests.sources.remittance.test_tables import told

ROWS = [
    ("Invoice", "Date", "Gross", "Discount", "Net paid"),
    ("INV-1001", "2026-02-01", "500.00", "10.00", "490.00"),
    ("INV-1002", "2026-02-03", "1,250.00", "", "1,250.00"),
    ("Total", "", "", "", "1,740.00"),
]


def page(*, hidden: str = "") -> FPDF:
    """A remittance advice as accounting programs print it: amounts flush right."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=10)
    pdf.cell(0, 8, "Brightwater Labs - Remittance advice", new_x="LMARGIN", new_y="NEXT")
    pdf.cell(0, 8, "Payment reference: W-889912", new_x="LMARGIN", new_y="NEXT")
    for row in ROWS:
        for at, cell in enumerate(row):
            pdf.cell(36, 6, cell, align="L" if at < 2 else "R")
        pdf.ln()
    if hidden:
        pdf.set_text_color(255, 255, 255)
        pdf.cell(0, 8, hidden, new_x="LMARGIN", new_y="NEXT")
        pdf.set_text_color(0, 0, 0)
        pdf.set_font("Helvetica", size=2)
        pdf.cell(0, 8, hidden)
    return pdf


async def test_a_printed_table_is_read_by_its_columns() -> None:
    body = bytes(page().output())
    opened = await open_advice(body, "advice.bin")
    assert not isinstance(opened, RefusedFile), opened
    assert opened.form is Form.PDF
    read = read_opened(opened, "USD")
    assert isinstance(read, ReadAdvices), (read, opened.text)
    (advice,) = read.advices
    assert told(advice) == [("INV-1001", "490.00", "10.00", ""), ("INV-1002", "1250.00", "", "")]
    assert advice.payment_references == ("W-889912",)
    assert {row.source for row in advice.rows} == {"pdf"}


async def test_what_nobody_sees_is_not_read() -> None:
    found = await open_pdf(bytes(page(hidden="INV-6666 9999.00").output()))
    assert isinstance(found, PdfText), found
    assert "6666" not in found.text
    assert "1,740.00" in found.text


def scan() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 100, 100, style="F")
    return bytes(pdf.output())


def long() -> bytes:
    pdf = FPDF()
    for _ in range(31):
        pdf.add_page()
    return bytes(pdf.output())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (scan(), "it is a scan"),
        (long(), "more than 30 pages"),
        (b"%PDF-1.7\n" + b"garbage " * 50, "damaged"),
    ],
    ids=["scan", "pages", "garbage"],
)
async def test_what_cannot_be_read_says_why(body: bytes, words: str) -> None:
    found = await open_advice(body, "advice.pdf")
    assert isinstance(found, RefusedFile)
    assert words in found.reason
