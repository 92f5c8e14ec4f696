"""A period's reconciliation as a printed page."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime

from fpdf import FPDF
from fpdf.fonts import FontFace

from domain.ledger.money import Money
from domain.ledger.reconciliation import Line
from flows.closing.readiness import Verdict
from flows.closing.reconciliation import Reading
from flows.closing.sheet import FIGURES, Group, blocker_words, groups, result

_HEAD = ("Figure", "Ours", "NetSuite", "Difference", "Explained", "Result")
_WIDTHS = (54, 30, 30, 28, 28, 24)
_HEADINGS = FontFace(emphasis="BOLD", fill_color=(240, 240, 240))


def as_pdf(
    reading: Reading, verdict: Verdict, names: Mapping[str, str], company: str, now: datetime
) -> bytes:
    """The reading and the verdict on A4. `now` is when it is printed."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(now)
    pdf.set_title(_latin(f"Reconciliation {reading.name}"))
    pdf.set_author(_latin(company))
    pdf.set_auto_page_break(auto=True, margin=18)
    pdf.add_page()
    _title(pdf, reading, company, now)
    _verdict(pdf, verdict)
    for group in groups(reading.lines, names):
        _group(pdf, group)
    return bytes(pdf.output())


def _title(pdf: FPDF, reading: Reading, company: str, now: datetime) -> None:
    pdf.set_font("Helvetica", style="B", size=16)
    pdf.cell(
        text=_latin(f"{company}: reconciliation {reading.name}"), new_x="LMARGIN", new_y="NEXT"
    )
    pdf.set_font("Helvetica", size=9)
    span = f"{reading.span.first:%d %b %Y} to {reading.span.last:%d %b %Y}"
    read = f"read from NetSuite {reading.read_at:%d %b %Y %H:%M} UTC"
    printed = f"printed {now:%d %b %Y %H:%M} UTC"
    pdf.cell(text=f"{span}; {read}; {printed}", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)


def _verdict(pdf: FPDF, verdict: Verdict) -> None:
    pdf.set_font("Helvetica", style="B", size=11)
    words = "Ready to close" if verdict.ready else "Not ready to close"
    pdf.cell(text=words, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", size=9)
    for blocker in verdict.blockers:
        pdf.cell(text=_latin(f"- {blocker_words(blocker)}"), new_x="LMARGIN", new_y="NEXT")
    if verdict.hidden:
        words = f"{verdict.hidden} findings are hidden by a decision and still counted."
        pdf.cell(text=words, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)


def _group(pdf: FPDF, group: Group) -> None:
    pdf.set_font("Helvetica", style="B", size=11)
    title = f"{group.subsidiary}, {group.currency}"
    pdf.cell(text=_latin(title), new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", size=9)
    align = ("LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT", "LEFT")
    with pdf.table(
        col_widths=_WIDTHS,
        text_align=align,
        headings_style=_HEADINGS,
        borders_layout="HORIZONTAL_LINES",
        line_height=5,
    ) as table:
        table.row(_HEAD)
        for line in group.lines:
            table.row(_cells(line))
    pdf.ln(4)


def _cells(line: Line) -> tuple[str, ...]:
    compared = line.mirror is not None and line.theirs is not None
    return (
        FIGURES[line.figure],
        _amount(line.ours),
        _amount(line.theirs),
        _amount(line.difference) if compared else "-",
        _amount(line.explained) if compared else "-",
        result(line),
    )


def _amount(amount: Money | None) -> str:
    """Negative in parentheses, as accountants write it; the currency stands in the heading."""
    if amount is None:
        return "-"
    digits = str(Money(abs(amount.minor), amount.currency)).split(" ")[0]
    return f"({digits})" if amount.minor < 0 else digits


def _latin(text: str) -> str:
    """`text` in the letters that the built-in fonts have."""
    plain = unicodedata.normalize("NFC", text)
    if plain == plain.encode("latin-1", "ignore").decode("latin-1"):
        return plain
    parts = unicodedata.normalize("NFKD", text)
    return parts.encode("latin-1", "ignore").decode("latin-1") or "?"
