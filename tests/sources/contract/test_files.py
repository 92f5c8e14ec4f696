"""Files are read to their pages or refused in plain words; hostile ones cost little."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest

from domain.ledger.contract.terms import ContractTerms, Refused
from sources.contract.document import Document, Limits
from sources.contract.opening import open_contract
from sources.contract.reading import ContractReaders
from tests.sources.contract import files

LIMITS = Limits()
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "scan": (lambda: files.pdf("", ""), "scanned"),
    "password": (lambda: files.pdf(files.TEXT, password="s3cret"), "protected"),
    "script at opening": (lambda: files.with_script(files.pdf(files.TEXT)), "scripts"),
    "script on a page": (lambda: files.with_script(files.pdf("x"), on_page=True), "scripts"),
    "ten thousand pages": (lambda: files.many_pages(10_000), "too_many_pages"),
    "broken xref": (lambda: files.broken_xref(files.pdf(files.TEXT)), "damaged"),
    "half a PDF": (lambda: files.pdf(files.TEXT)[:900], "damaged"),
    "noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
    "entities": (lambda: files.with_entity(files.word(files.TEXT)), "entities"),
    "macros": (lambda: files.with_part(files.word("x"), "word/vbaProject.bin", b"x"), "scripts"),
    "zip bomb": (files.zip_bomb, "too_large"),
    "not Word": (
        lambda: files.with_part(files.word("x"), "[Content_Types].xml", b"<a/>"),
        "damaged",
    ),
    "half a zip": (lambda: files.word(files.TEXT)[:2_000], "damaged"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "no_text"),
    "web page": (lambda: b"<!DOCTYPE html><p>" + files.TEXT.encode(), "unknown_kind"),
    "binary": (lambda: b"\x00\x01\x02" * 90, "unknown_kind"),
    "empty": (lambda: b"", "no_text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(name: str) -> None:
    make, reason = HOSTILE[name]
    refused = open_contract(make(), LIMITS)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.message.endswith(".")) == (reason, True)


@pytest.mark.parametrize(
    "body",
    [
        files.pdf(files.TEXT),
        files.pdf(files.TEXT, owner="only the owner's"),
        files.word(files.TEXT),
        files.TEXT.encode(),
        codecs.BOM_UTF16_LE + files.TEXT.encode("utf-16-le"),
    ],
    ids=["pdf", "pdf without rights", "docx", "txt", "utf-16"],
)
def test_every_kind_gives_the_same_words(body: bytes) -> None:
    opened = open_contract(body, LIMITS)
    assert isinstance(opened, Document)
    assert " ".join(opened.pages[0].split()) == files.TEXT


def test_bounds_hold_for_every_kind() -> None:
    pages = "\f".join([files.TEXT] * 4).encode()
    assert isinstance(open_contract(pages, Limits(pages=4)), Document)
    for limits, reason in (
        (Limits(pages=3), "too_many_pages"),
        (Limits(characters=100), "too_large"),
        (Limits(file_bytes=10), "too_large"),
    ):
        refused = open_contract(pages, limits)
        assert isinstance(refused, Refused)
        assert refused.reason == reason


def test_word_is_read_as_it_looks() -> None:
    body = files.word(files.TEXT, "Hidden price $1", rows=(("Seats", "40"), ("Price", "$9.00")))
    xml = files.part_of(body).replace(
        "<w:r><w:t>Hidden", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden"
    )
    deleted = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    xml = xml.replace(
        "<w:r><w:t>This", f"{deleted}<w:ins><w:r><w:t>Now </w:t></w:r></w:ins><w:r><w:t>This", 1
    )
    opened = open_contract(files.with_part(body, "word/document.xml", xml.encode()), LIMITS)
    assert isinstance(opened, Document)
    assert opened.pages[0].startswith("Now This Agreement")
    assert "Hidden" not in opened.pages[0]
    assert opened.pages[0].endswith("Seats | 40\nPrice | $9.00")
    assert [name for name, _ in opened.oddities] == [
        "contract.tracked_changes",
        "contract.hidden_text",
    ]


def test_the_fields_of_a_form_are_read() -> None:
    """Word keeps what is filled in, whole rows of a price table too, in content controls."""
    body = files.word(files.TEXT, "Fee $9.00", rows=(("Seats", "4"), ("Setup", "$5.00")))
    xml = files.part_of(body)
    before, paragraph, after = xml.partition("<w:p><w:r><w:t>Fee $9.00</w:t></w:r></w:p>")
    assert paragraph
    table, row, rest = after.rpartition("<w:tr>")
    inside = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    last, end, tail = (row + rest).partition("</w:tr>")
    xml = before + inside.format(paragraph) + table + inside.format(last + end) + tail
    opened = open_contract(files.with_part(body, "word/document.xml", xml.encode()), LIMITS)
    assert isinstance(opened, Document)
    assert opened.pages[0].endswith("Fee $9.00\nSeats | 4\nSetup | $5.00")


def test_cells_of_a_word_table_stay_where_they_are() -> None:
    """A cell over two rows holds for both; two cells that say the same are two."""
    body = files.word(files.TEXT, rows=(("Seats", "5", "5"), ("", "6", "$7.00")))
    first, second, rest = files.part_of(body).split("<w:tr>")
    second = second.replace("<w:tcPr>", '<w:tcPr><w:vMerge w:val="restart"/>', 1)
    rest = rest.replace("<w:tcPr>", "<w:tcPr><w:vMerge/>", 1)
    rest = rest.replace("<w:t>6</w:t>", "<w:t>6</w:t><w:noBreakHyphen/><w:t>8</w:t>")
    xml = "<w:tr>".join((first, second, rest))
    opened = open_contract(files.with_part(body, "word/document.xml", xml.encode()), LIMITS)
    assert isinstance(opened, Document)
    assert opened.pages[0].endswith("Seats | 5 | 5\nSeats | 6-8 | $7.00")


def test_text_boxes_are_told() -> None:
    box = "<w:p><w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r></w:p>"
    body = files.word(files.TEXT)
    xml = files.part_of(body).replace("<w:body>", f"<w:body>{box}")
    opened = open_contract(files.with_part(body, "word/document.xml", xml.encode()), LIMITS)
    assert isinstance(opened, Document)
    assert [name for name, _ in opened.oddities] == ["contract.text_boxes"]


def test_a_page_without_text_is_told() -> None:
    opened = open_contract(files.pdf(files.TEXT, ""), LIMITS)
    assert isinstance(opened, Document)
    assert opened.oddities == (
        ("contract.page_without_text", "No text on page 2: a picture or empty."),
    )


async def test_one_process_reads_good_files_after_bad_ones() -> None:
    readers = ContractReaders(limits=Limits(cpu_seconds=1, wall_seconds=20))
    try:
        heavy = await readers.read(files.heavy_stream(10), "heavy.pdf")
        assert isinstance(heavy, Refused)
        assert heavy.reason in {"too_slow", "damaged", "too_large"}
        bomb = await readers.read(files.zip_bomb(), "bomb.docx")
        assert isinstance(bomb, Refused)
        good = await readers.read(files.priced_pdf(), "order.pdf")
        assert isinstance(good, ContractTerms)
        assert [term.value for term in good.all("vendor")] == ["Brightwater Software, Inc."]
        row = "Forecast platform subscription | 40 | $55.00 | $2,200.00"
        assert [t.page for t in good.all("fee") if t.value == row] == [1]
        readers.limits = Limits(wall_seconds=0)
        slow = await readers.read(files.TEXT.encode(), "slow.txt")
        assert slow == Refused(
            "too_slow", "The file takes too long to read. Send a smaller one, or its text."
        )
    finally:
        await readers.close()
    assert readers.readers.idle == []


async def test_a_process_that_was_ended_between_two_files_is_replaced() -> None:
    readers = ContractReaders()
    try:
        first = await readers.read(files.TEXT.encode(), "a.txt")
        (waiting,) = readers.readers.idle
        await waiting.end()
        second = await readers.read(files.TEXT.encode(), "a.txt")
    finally:
        await readers.close()
    assert isinstance(first, ContractTerms)
    assert second == first
