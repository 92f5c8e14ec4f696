"""Tables of documents in CSV and XLSX: headings in several languages, sums held to the cent."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from domain.ledger.money import Money
from domain.matching.advice import Advice
from sources.arrived import RefusedFile
from sources.remittance.csv import read_csv
from sources.remittance.pdf import open_xlsx
from sources.remittance.reading import NeedsCurrency, ReadAdvices
from sources.remittance.xlsx import read_sheets


def told(advice: Advice) -> list[tuple[str, str, str, str]]:
    """Reference, paid, discount and deduction of each row."""

    def plain(money: Money | None) -> str:
        return money.plain() if money is not None else ""

    return [
        (r.reference, plain(r.paid), plain(r.discount), plain(r.deduction)) for r in advice.rows
    ]


def csv(text: str, currency: str = "USD") -> tuple[Advice, ...]:
    read = read_csv(text.encode(), currency)
    assert isinstance(read, ReadAdvices), read
    return read.advices


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Invoice Number,Gross,Discount,Paid\nA-1,1000.00,20.00,980.00\nA-2,50.00,,50.00\n", "USD"),
        ("Rechnungsnr.;Rechnungsbetrag;Skonto;Zahlbetrag\nA-1;1.000,00;20,00;980,00\nA-2;50,00;;50,00",
         "EUR"),
        (("N° facture\tMontant facture\tEscompte\tMontant payé\nA-1\t1 000,00\t20,00\t980,00\n"
         "A-2\t50,00\t\t50,00\n"), "EUR"),
        (("Número de factura|Importe bruto|Pronto pago|Importe pagado\n"
         "A-1|1.000,00|-20,00|980,00\nA-2|50,00||50,00\n"), "EUR"),
        (("Numero fattura;Importo lordo;Sconto;Importo pagato\nA-1;1.000,00;20,00;980,00\n"
         "A-2;50,00;;50,00\n"), "EUR"),
        (("Factuurnummer;Factuurbedrag;Korting;Betaald bedrag\nA-1;1.000,00;20,00;980,00\n"
         "A-2;50,00;;50,00\n"), "EUR"),
        (("Invoice,Invoice Amount (USD),Discount (USD),Amount\nA-1,\"1,000.00\",20.00,980.00\n"
         "A-2,50.00,0.00,50.00\n"), ""),
    ],
    ids=["en", "de", "fr", "es", "it", "nl", "units"],
)  # fmt: skip
def test_headings_of_many_programs(text: str, currency: str) -> None:
    (advice,) = csv(text, currency)
    assert told(advice) == [("A-1", "980.00", "20.00", ""), ("A-2", "50.00", "", "")]
    assert advice.total == Money.parse("1030.00", currency or "USD")


def test_what_stands_around_the_table_is_about_the_payment() -> None:
    (advice,) = csv(
        "Remittance advice,,\nPayer:,Brightwater Labs,\nPayment reference: W-889912,,\n"
        "Payment date,2026-03-05,\nCurrency,EUR,\n,,\n"
        "Invoice,Amount,Deduction,Reason\nA-1,60.00,40.00,damaged\n\nTotal,60.00,,\n"
        "Questions? ap@payer.example,,\n"
    )
    assert advice.payer_name == "Brightwater Labs"
    assert advice.payment_references == ("W-889912",)
    assert advice.paid_on == date(2026, 3, 5)
    assert (advice.currency, advice.total) == ("EUR", Money.parse("60", "EUR"))
    assert (told(advice), advice.rows[0].reason_code) == (
        [("A-1", "60.00", "", "40.00")],
        "damaged",
    )


def test_a_column_for_the_payment_makes_one_advice_each() -> None:
    first, second = csv("Check No,Invoice,Paid\n4711,A-1,10.00\n4712,A-2,20.00\n4711,A-3,5.00\n")
    assert (first.payment_references, told(first)) == (
        ("4711",), [("A-1", "10.00", "", ""), ("A-3", "5.00", "", "")],
    )  # fmt: skip
    assert (second.payment_references, second.total) == (("4712",), Money.parse("20", "USD"))
    assert first.key != second.key


def test_without_a_paid_column_it_is_what_is_left() -> None:
    (advice,) = csv("Invoice,Gross Amount,Discount\nA-1,100.00,2.00\nCM-3,-30.00,\n")
    assert told(advice) == [("A-1", "98.00", "2.00", ""), ("CM-3", "-30.00", "", "")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Invoice,Paid\nA-1,10.00\nA-2,20.00\nTotal,31.00\n", 4, "31.00 USD is not the sum"),
        ("Payment amount: 31.00\nInvoice,Paid\nA-1,10.00\nA-2,20.00\n", 0, "stated sum"),
        ("Invoice,Paid\nA-1,10.00\nA-2,ten\n", 3, "'ten' cannot be read"),
        ("Invoice,Paid\nA-1,10.00\n,7.00\n", 3, "7.00 USD is not the sum"),
        ("Check No,Invoice,Paid\n1,A-1,10.00\n,A-2,20.00\n", 3, "does not name its payment"),
        ("Invoice,Paid\nA-1,1.2345\n", 2, "cannot be read"),
        ("Name,Street\nAnn,Elm\n", 0, "No heading line"),
        ("Invoice,Paid\n", 0, "no documents"),
        ("\0\0", 1, "not a text file"),
    ],
)
def test_nothing_is_read_in_part(text: str, line: int, words: str) -> None:
    read = read_csv(text.encode(), "USD")
    assert isinstance(read, RefusedFile), read
    assert (read.line, words in read.reason) == (line, True), read


def test_a_mark_that_could_be_either_is_settled_by_the_other_lines_or_refused() -> None:
    assert isinstance(read_csv(b"Invoice;Paid\nA-1;1,500\n", "KWD"), RefusedFile)
    (advice,) = csv("Invoice;Paid\nA-1;1,500\nA-2;10.250\nA-3;1,000.000", "KWD")
    assert advice.total == Money.parse("2510.250", "KWD")


def test_a_file_without_a_currency_asks_for_it() -> None:
    assert read_csv(b"Invoice,Paid\nA-1,10.00\n") == NeedsCurrency(("A-1",))
    mixed = b"Invoice,Paid,Currency\nA-1,10.00,USD\nA-2,10.00,EUR\n"
    assert read_csv(mixed) == NeedsCurrency(("A-1", "A-2"))


def test_what_windows_writes_is_read() -> None:
    text = "Rechnung;Kürzung;Zahlbetrag\nA-1;5,00;95,00\n"
    for body in (text.encode("cp1252"), text.encode("utf-16"), text.encode("utf-8-sig")):
        read = read_csv(body, "EUR")
        assert isinstance(read, ReadAdvices), read
        assert told(read.advices[0]) == [("A-1", "95.00", "", "5.00")]


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Payment date", date(2026, 3, 5)])
    sheet.append(["Invoice", "Gross", "Discount", "Paid", "Currency"])
    sheet.append(["A-1", 1000, 20, 980, "USD"])
    sheet.append([20412, 0.1 + 0.2, None, 0.1 + 0.2, "USD"])
    sheet.append(["Total", None, None, 980.3])
    secret = book.create_sheet("hidden")
    secret.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def test_a_workbook_is_read_as_excel_shows_it() -> None:
    body = workbook()
    book = await open_xlsx(body)
    assert not isinstance(book, RefusedFile), book
    assert len(book.sheets) == 1
    read = read_sheets(book.sheets, body)
    assert isinstance(read, ReadAdvices), read
    (advice,) = read.advices
    assert told(advice) == [("A-1", "980.00", "20.00", ""), ("20412", "0.30", "", "")]
    assert advice.paid_on == date(2026, 3, 5)


async def test_a_damaged_workbook_is_refused() -> None:
    body = workbook()
    for broken in (body[:900], b"PK\x03\x04" + b"x" * 500):
        assert isinstance(await open_xlsx(broken), RefusedFile)
