"""Draw a sheet as PDF. Equal sheets give equal bytes; the text can be copied out again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from outreach.papers.sheets import Sheet
from outreach.papers.words import WORDS

FONTS = Path(__file__).parent / "fonts"
_LATIN, _JAPANESE = "NotoSans", "NotoSansJP"
_GREY, _BLACK = (90, 90, 90), (0, 0, 0)


class _Pages(FPDF):
    """A4 pages with their number at the foot."""

    page_word = ""

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(size=8)
        self.set_text_color(*_GREY)
        self.cell(0, 8, f"{self.page_word} {self.page_no()}", align="R")


def pdf_of(sheet: Sheet) -> bytes:
    """The paper as PDF bytes."""
    pages = _Pages(format="A4")
    pages.page_word = WORDS[sheet.language]["page"]
    pages.set_creation_date(datetime.combine(sheet.as_of, time(), UTC))
    pages.set_title(sheet.title)
    pages.set_lang(sheet.language)
    pages.set_margin(18)
    pages.set_auto_page_break(True, margin=20)
    _fonts(pages, sheet)
    pages.add_page()
    _head(pages, sheet)
    if sheet.rows:
        _table(pages, sheet)
    _foot(pages, sheet)
    return bytes(pages.output())


def _fonts(pages: FPDF, sheet: Sheet) -> None:
    """The Japanese font is large: it is read only where the Latin one lacks a sign."""
    pages.add_font(_LATIN, "", FONTS / "NotoSans-Regular.ttf")
    pages.add_font(_LATIN, "B", FONTS / "NotoSans-Bold.ttf")
    said = (sheet.title, *sheet.seller, *sheet.figures(), *sheet.headings, sheet.note)
    labels = [label for label, _ in (*sheet.facts, *sheet.totals)]
    labels += [text for head, parts in sheet.pay_to for text in (head, *dict(parts))]
    if any(ord(char) > 0x2FFF for text in (*said, *labels) for char in text):
        for style in ("", "B"):
            pages.add_font(_JAPANESE, style, FONTS / "NotoSansJP-Regular.ttf")
        pages.set_fallback_fonts([_JAPANESE], exact_match=False)
    pages.set_font(_LATIN, size=10)


def _head(pages: FPDF, sheet: Sheet) -> None:
    pages.set_font(_LATIN, "B", 11)
    for line in sheet.seller:
        pages.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
        pages.set_font(_LATIN, "", 10)
    pages.ln(8)
    pages.set_font(_LATIN, "B", 16)
    pages.multi_cell(0, 9, sheet.title, new_x="LMARGIN", new_y="NEXT")
    pages.ln(3)
    _pairs(pages, sheet.facts)
    pages.ln(6)


def _pairs(pages: FPDF, pairs: Iterable[tuple[str, str]]) -> None:
    for label, value in pairs:
        pages.set_font(_LATIN, "", 9)
        pages.set_text_color(*_GREY)
        pages.cell(45, 6, label)
        pages.set_font(_LATIN, "", 10)
        pages.set_text_color(*_BLACK)
        pages.multi_cell(0, 6, value, new_x="LMARGIN", new_y="NEXT")


def _table(pages: FPDF, sheet: Sheet) -> None:
    pages.set_font(_LATIN, "", 9)
    aligned = tuple("RIGHT" if right else "LEFT" for right in sheet.right)
    widths = (4, 1, 2) if len(sheet.headings) == 3 else (3, 3, 3, 2, 3, 3)
    with pages.table(
        text_align=aligned,
        col_widths=widths,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis="BOLD"),
        line_height=6,
        padding=1,
    ) as table:
        for cells in (sheet.headings, *sheet.rows):
            table.row(cells)
    pages.ln(4)


def _foot(pages: FPDF, sheet: Sheet) -> None:
    for label, value in sheet.totals:
        pages.set_font(_LATIN, "B", 10)
        pages.cell(0, 7, f"{label}: {value}", align="R", new_x="LMARGIN", new_y="NEXT")
    for heading, parts in sheet.pay_to:
        if pages.will_page_break(20 + 6 * len(parts)):
            pages.add_page()
        pages.ln(6)
        pages.set_font(_LATIN, "B", 10)
        pages.set_text_color(*_BLACK)
        pages.multi_cell(0, 7, heading, align="L", new_x="LMARGIN", new_y="NEXT")
        _pairs(pages, parts)
    pages.ln(6)
    pages.set_font(_LATIN, "", 8)
    pages.set_text_color(*_GREY)
    pages.multi_cell(0, 5, sheet.note)
