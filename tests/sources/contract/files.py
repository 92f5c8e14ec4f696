"""Contract files, honest and hostile, made as they are needed."""

from __future__ import annotations

import io
import zipfile

import docx
from fpdf import FPDF
from fpdf.enums import AccessPermission
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

TEXT = (
    'This Agreement is entered into as of March 1, 2026 (the "Effective Date") between '
    'Brightwater Software, Inc. ("Provider") and Callister Foods LLC ("Customer"). '
    "Customer shall pay Provider an annual subscription fee of $96,000.00, invoiced annually in "
    "advance. Invoices are payable within thirty (30) days after receipt of the invoice."
)


def pdf(*pages: str, password: str = "", owner: str = "") -> bytes:
    """A PDF with one page for each text; an empty text is a page without a text layer."""
    made = FPDF()
    made.set_font("helvetica", size=11)
    for text in pages:
        made.add_page()
        if text:
            made.multi_cell(0, 6, text)
        else:
            made.rect(10, 10, 50, 50, style="F")
    if password or owner:
        made.set_encryption(owner or "o", password, permissions=AccessPermission.none())
    return bytes(made.output())


def priced_pdf() -> bytes:
    """A PDF with a table of prices."""
    made = FPDF()
    made.set_font("helvetica", size=10)
    made.add_page()
    made.multi_cell(0, 6, TEXT, new_x="LMARGIN", new_y="NEXT")
    rows = (
        ("Product", "Quantity", "Unit price", "Amount"),
        ("Forecast platform subscription", "40", "$55.00", "$2,200.00"),
        ("Onboarding", "1", "$1,500.00", "$1,500.00"),
    )
    with made.table() as table:
        for row in rows:
            table.row(row)
    return bytes(made.output())


def with_script(body: bytes, *, on_page: bool = False) -> bytes:
    """The PDF with JavaScript that a viewer would run."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(body)))
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.launchURL('x')"),
        }
    )
    if on_page:
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    else:
        writer.root_object[NameObject("/OpenAction")] = action
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def broken_xref(body: bytes) -> bytes:
    """The PDF with its table of objects pointing nowhere."""
    return body[: body.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n"


def many_pages(count: int) -> bytes:
    """A PDF of `count` pages that all are the same object."""
    kids = b" ".join([b"3 0 R"] * count)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, text)
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)


def heavy_stream(megabytes: int) -> bytes:
    """A PDF whose page unpacks to `megabytes` of drawing."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(TEXT))))
    stream = writer.pages[0].get_contents()
    assert stream is not None
    stream.set_data(b"q 1 0 0 1 0 0 cm (a) Tj Q\n" * (megabytes * 40_000))
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A DOCX with paragraphs and then a table."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def part_of(body: bytes, name: str = "word/document.xml") -> str:
    """The text of a part of a DOCX."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.read(name).decode()


def with_part(body: bytes, name: str, content: bytes) -> bytes:
    """The DOCX with one part put in or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(body)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def with_entity(body: bytes) -> bytes:
    """The DOCX with an entity that names a file of the machine."""
    declared = '?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    text = part_of(body).replace("?>", declared, 1).replace("Brightwater", "&x;")
    return with_part(body, "word/document.xml", text.encode())


def zip_bomb() -> bytes:
    """A DOCX of some kilobytes that unpacks to more than any contract."""
    return with_part(word("x"), "word/media/a.bin", b"\0" * (61 << 20))
