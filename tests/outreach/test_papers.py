"""Papers state the figures of the account, and only papers of this customer may leave."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.dunning.guard import Facts, FiledPaper, OwnFacts, ViolationKind, check
from domain.ledger.money import Money
from domain.ledger.remittance_block import RemittanceBlock
from outreach.message import Enclosure, Mailbox, Outgoing, UnsafeHeader, build, final_message
from outreach.papers.pdf import pdf_of
from outreach.papers.reading import words_of
from outreach.papers.sheets import LineItem, PayTo, Sheet, invoice_sheet, statement_sheet
from outreach.wording import LANGUAGES
from tests.outreach.accounts import SENDER, account

ACME = account(
    "INV-1 1234.50 USD due 2026-03-01 po 4500",
    "INV-2 1000000 JPY due 2026-02-12",
    name="Corvel Freight & Söhne 株式会社",
)
OTHER = account("INV-7 77.00 USD due 2026-03-01", name="Globex")
LINES = (
    LineItem("Widgets, 40 mm", Money.parse("1200.00", "USD"), "3"),
    LineItem("", Money.parse("34.50", "USD"), tax=True),
)
BOX = Mailbox("ar@halden.example", "Halden Robotics")
OWN = OwnFacts("Halden Robotics", addresses=(BOX.address,))
INVOICE, STATEMENT = (
    invoice_sheet(ACME, ACME.invoices[0], LINES, SENDER, "en"),
    statement_sheet(ACME, SENDER, "de"),
)


def mailed(name: str, body: bytes) -> bytes:
    """The MIME of a mail to ACME with this file."""
    return build(
        Outgoing(
            mailbox=BOX,
            to=("dana@corvel.example",),
            subject="Your account",
            text="Please see the paper attached.\n",
            html="<p>Please see the paper attached.</p>\n",
            message_id="<m1@halden.example>",
            reply_to=BOX.address,
            sent_at=datetime(2026, 3, 10, tzinfo=UTC),
            enclosures=(Enclosure(name, "application/pdf", body),),
        )
    )


def blamed(name: str, body: bytes, filed: FiledPaper) -> set[ViolationKind]:
    facts = Facts(ACME, OWN, papers=(filed,))
    return {v.kind for v in check(final_message(mailed(name, body)), facts)}


def filed_of(sheet: Sheet, body: bytes) -> FiledPaper:
    digest = hashlib.sha256(body).hexdigest()
    return FiledPaper(digest, sheet.filename, ACME.customer.id, sheet.figures())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_a_paper_can_be_copied_out_of_it(language: str) -> None:
    sheet = statement_sheet(ACME, SENDER, language)
    body = pdf_of(sheet)
    read = re.sub(r"\s", "", words_of(body, "application/pdf"))
    for text in (*sheet.figures(), *sheet.headings, sheet.note):
        assert re.sub(r"\s", "", text) in read, text
    assert blamed(sheet.filename, body, filed_of(sheet, body)) == set()


@pytest.mark.parametrize("language", ["de", "ja"])
def test_a_paper_asks_to_pay_where_the_block_says_and_nowhere_else(language: str) -> None:
    paid_to = [
        PayTo(
            RemittanceBlock("Halden GmbH", iban="DE89370400440532013000"),
            ("EUR", "Halden 2 Ltd JPY"),
        ),
        PayTo(RemittanceBlock("Halden", "Bank", routing="021000021", account="9876543"), ("USD",)),
    ]
    sheet = statement_sheet(ACME, SENDER, language, paid_to)
    body = pdf_of(sheet)
    read = re.sub(r"\s", "", words_of(body, "application/pdf"))
    for text in ("DE89370400440532013000", "021000021", "9876543", "(EUR,Halden2LtdJPY)", "(USD)"):
        assert text in read
    for heading, parts in sheet.pay_to:
        assert all(re.sub(r"\s", "", t) in read for t in (heading, *dict(parts)))
    assert blamed(sheet.filename, body, filed_of(sheet, body)) == set()
    silent = replace(filed_of(sheet, body), states=replace(sheet, pay_to=()).figures())
    assert blamed(sheet.filename, body, silent) == {ViolationKind.ATTACHMENT}


def test_equal_papers_have_equal_bytes_and_leave_as_they_are() -> None:
    body = pdf_of(INVOICE)
    assert body == pdf_of(INVOICE)
    assert blamed(INVOICE.filename, body, filed_of(INVOICE, body)) == set()
    (file,) = final_message(mailed(INVOICE.filename, body)).attachments
    assert file.digest == hashlib.sha256(body).hexdigest()
    assert file.name == "Invoice INV-1.pdf"
    assert mailed(INVOICE.filename, body) == mailed(INVOICE.filename, body)


def test_lines_that_do_not_add_up_are_left_out() -> None:
    sheet = invoice_sheet(ACME, ACME.invoices[0], LINES[:1], SENDER, "en")
    assert sheet.rows == ()
    assert ("Total", "1,234.50 USD") in sheet.totals


def test_no_paper_of_another_customer_leaves() -> None:
    strange = invoice_sheet(OTHER, OTHER.invoices[0], (), SENDER, "en")
    body = pdf_of(strange)
    filed = filed_of(strange, body)
    assert blamed(strange.filename, body, replace(filed, customer_id=8))
    assert ViolationKind.INVOICE_NUMBER in blamed(strange.filename, body, filed)
    assert ViolationKind.ATTACHMENT in blamed(strange.filename, body, filed)


def test_no_file_leaves_that_is_not_on_file_under_its_name() -> None:
    body = pdf_of(INVOICE)
    filed = filed_of(INVOICE, body)
    other = filed_of(STATEMENT, pdf_of(STATEMENT))
    assert blamed(INVOICE.filename, body, other) == {ViolationKind.ATTACHMENT}
    assert blamed("Invoice.pdf", body, filed) == {ViolationKind.ATTACHMENT}


def test_a_figure_that_was_not_stated_is_found_in_the_paper() -> None:
    body = pdf_of(INVOICE)
    silent = replace(filed_of(INVOICE, body), states=INVOICE.figures()[:-1])
    assert blamed(INVOICE.filename, body, silent) == {ViolationKind.ATTACHMENT}


def test_a_paper_people_uploaded_may_name_no_invoice_of_somebody_else() -> None:
    body = pdf_of(invoice_sheet(OTHER, OTHER.invoices[0], (), SENDER, "en"))
    ours = FiledPaper(hashlib.sha256(body).hexdigest(), "W-9.pdf", None)
    assert blamed("W-9.pdf", body, ours) == {ViolationKind.INVOICE_NUMBER}


@pytest.mark.parametrize("name", ["a\r\nBcc: x@y.example.pdf", 'x".pdf', "run.exe", "../x.pdf"])
def test_file_names_that_are_no_plain_names_are_refused(name: str) -> None:
    with pytest.raises(UnsafeHeader):
        mailed(name, b"%PDF-")


def test_what_cannot_be_read_has_no_words() -> None:
    assert words_of(b"%PDF-1.7 nothing", "application/pdf") == ""
    assert words_of(b"\x89PNG", "image/png") == ""


def test_a_printed_iban_is_no_invoice_of_somebody_else() -> None:
    acme = account("DE100 1234.50 EUR due 2026-03-01")
    block = PayTo(RemittanceBlock("Halden GmbH", iban="DE89370400440532013000"))
    sheet = statement_sheet(acme, SENDER, "de", [block])
    body = pdf_of(sheet)
    file = final_message(mailed(sheet.filename, body))
    filed = filed_of(sheet, body)
    assert check(file, Facts(acme, OWN, papers=(filed,))) == ()
    uploaded = replace(filed, states=None)
    kinds = {v.kind for v in check(file, Facts(acme, OWN, papers=(uploaded,)))}
    assert kinds == {ViolationKind.INVOICE_NUMBER}


def test_a_block_for_many_invoices_says_so_within_the_page() -> None:
    blocks = [
        PayTo(
            RemittanceBlock("Halden", iban="DE89370400440532013000"),
            tuple(f"Halden Robotics Works {n} EUR" for n in range(7)),
        ),
        PayTo(RemittanceBlock("Halden", routing="021000021", account="9876543"), ("USD",)),
    ]
    sheet = statement_sheet(ACME, SENDER, "en", blocks)
    body = pdf_of(sheet)
    read = words_of(body, "application/pdf")
    assert "Works 6 EUR" in " ".join(read.split())
    assert max(map(len, read.splitlines())) < 120
    assert blamed(sheet.filename, body, filed_of(sheet, body)) == set()
