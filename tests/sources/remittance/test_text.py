"""Advices in the words of mails: tables, lists and sentences, or a refusal; never a guess."""

from __future__ import annotations

from datetime import date

import pytest

from domain.ledger.money import Money
from domain.matching.advice import Advice
from sources.arrived import RefusedFile
from sources.mail.html import read_html
from sources.remittance.reading import NeedsCurrency, ReadAdvices
from sources.remittance.text import read_text
from tests.sources.remittance.test_tables import told

KNOWN = frozenset({"INV1001", "INV1002", "INV1003", "20260412"})


def read(text: str, currency: str = "USD") -> Advice:
    found = read_text(text, KNOWN, currency)
    assert isinstance(found, ReadAdvices), found
    (advice,) = found.advices
    return advice


BOTH = [("INV-1001", "490.00", "10.00", ""), ("INV-1002", "1250.00", "", "")]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Hello,\n\nInvoice No    Amount    Discount      Paid\n"
            "INV-1001      500.00       10.00    490.00\n"
            "INV-1002    1,250.00             1,250.00\n"
            "Total                              1,740.00\n\nRegards, Ann  tel. 555 1234"
        ),
        (
            "| Invoice | Gross | Discount | Paid |\n|---|---|---|---|\n"
            "| INV-1001 | 500.00 | 10.00 | 490.00 |\n| INV-1002 | 1,250.00 | | 1,250.00 |"
        ),
        "Invoice\tGross\tDiscount\tPaid\nINV-1001\t500.00\t10.00\t490.00\nINV-1002\t1250.00\t\t1250.00",
        (
            "We wired $1,740.00 in total.\n- INV-1001: $500.00 less 2% discount $10.00\n"
            "- INV-1002: $1,250.00"
        ),
        "INV-1001 USD 490.00 (discount 10.00 taken)\nINV-1002 USD 1,250.00\nTotal: USD 1,740.00",
        (
            "We sent 1,740.00 altogether:\nINV-1001 500.00, early payment discount 10.00\n"
            "INV-1002 1250.00"
        ),
    ],
    ids=["columns", "bars", "tabs", "less", "brackets", "sum_tells"],
)
def test_tables_and_lists(text: str) -> None:
    advice = read(text)
    assert told(advice) == BOTH
    assert advice.total == Money.parse("1740.00", "USD")


@pytest.mark.parametrize(
    ("text", "currency", "rows"),
    [
        ("We paid INV-1001 ($490.00) and INV-1002 ($1,250.00) today.", "USD",
         [("INV-1001", "490.00"), ("INV-1002", "1250.00")]),
        ("490,00 EUR für INV-1001, 1.250,00 EUR für INV-1002", "USD",
         [("INV-1001", "490.00"), ("INV-1002", "1250.00")]),
        ("Wir haben 2026/0412 mit 98,00 € bezahlt.", "EUR", [("2026/0412", "98.00")]),
        ("A payment of $500.00 for INV-1001 and INV-1002 went out.", "USD",
         [("INV-1001", ""), ("INV-1002", "")]),
        (("Hemos pagado la factura INV-1001 por 490,00 € y la INV-1002 por 1.250,00 €. "
         "Transferencia de 1.740,00 €."), "EUR", [("INV-1001", "490.00"), ("INV-1002", "1250.00")]),
        ("Invoice: INV-1001\nAmount: $490.00\n\nInvoice: INV-1002\nAmount: $5.00\n\nTotal: $495.00",
         "USD", [("INV-1001", "490.00"), ("INV-1002", "5.00")]),
        ("INV-1001\nINV-1002\nTotal: $12.00", "USD", [("INV-1001", ""), ("INV-1002", "")]),
        ("Document  Your ref  Gross   Net\n51001     INV-1001  10.00  9.00\n", "USD",
         [("INV-1001", "9.00")]),
        ("INV 1001 was settled by check no. 88123, $12.00.", "USD", [("INV 1001", "12.00")]),
    ],
)  # fmt: skip
def test_sentences(text: str, currency: str, rows: list[tuple[str, str]]) -> None:
    assert [(one[0], one[1]) for one in told(read(text, currency))] == rows


def test_what_the_mail_calls_the_payment() -> None:
    assert read("INV-1001 $5.00, wire ref FT2603057781").payment_references == ("FT2603057781",)
    assert read("INV-1001 $5.00 by check #88123").payment_references == ("88123",)
    assert read("payment for INV-1001: $5.00").payment_references == ()


@pytest.mark.parametrize(
    "text",
    [
        "INV-1001 100.00\nINV-1001 200.00",
        "INV-1001: 100.00 or 200.00",
        "INV-1001 $100.00\nINV-1002 $50.00\nTotal: $170.00",
        "INV-9999 $100.00",
        "We will pay soon.",
        "Invoice  Paid\nINV-1001  10.00\nTotal  11.00",
        "",
    ],
    ids=["twice", "either", "sum", "unknown", "nothing", "table_sum", "empty"],
)
def test_what_may_mean_two_things_is_refused(text: str) -> None:
    assert isinstance(read_text(text, KNOWN, "USD"), RefusedFile)


def test_amounts_are_never_given_to_the_wrong_document() -> None:
    """One of two numbers has no amount: the amount could be for both."""
    advice = read("INV-1001 and INV-1002: 500.00")
    assert [row.paid for row in advice.rows] == [None, None]
    crossed = read("$5.00 for INV-1001, $7.00 for INV-1002")
    assert [(r.reference, r.paid) for r in crossed.rows] == [
        ("INV-1001", Money.parse("5", "USD")),
        ("INV-1002", Money.parse("7", "USD")),
    ]
    assert [r.paid for r in read("$5.00 INV-1001 $7.00 INV-1002 $9.00").rows] == [None, None]


def test_a_mail_s_html_table_keeps_its_columns() -> None:
    page = read_html(
        "<p>Dear all,</p><table><tr><th>Invoice No.</th><th>Date</th><th>Gross Amount</th>"
        "<th>Discount</th><th>Net Amount</th></tr><tr><td>INV-1001</td><td>01/02/2026</td>"
        "<td>500.00</td><td>10.00</td><td>490.00</td></tr><tr><td>INV-1002</td><td>03/02/2026</td>"
        "<td>1,250.00</td><td></td><td>1,250.00</td></tr>"
        "<tr><td colspan=4>Total</td><td>1,740.00</td></tr></table>"
        "<p>Payment reference: FT12345678<br>Value date: 05 Mar 2026</p>"
    )
    advice = read(page.text)
    assert told(advice) == BOTH
    assert (advice.payment_references, advice.paid_on) == (("FT12345678",), date(2026, 3, 5))
    wrong = read_text(page.text.replace("1,740.00", "1,760.00"), KNOWN, "USD")
    assert isinstance(wrong, RefusedFile)


def test_a_line_that_lost_a_cell_is_not_read_by_the_wrong_columns() -> None:
    lost = "Type\tInvoice\tGross\tPaid\nInv\tINV-1001\t9.00\t9.00\nINV-1002\t100.00\t98.00\n"
    found = read_text(lost, KNOWN, "USD")
    assert found == RefusedFile(3, "'100.00' stands where a document should.")


def test_two_currencies_are_nobody_s() -> None:
    assert read_text("INV-1001 USD 5.00\nINV-1002 EUR 7.00", KNOWN, "USD") == NeedsCurrency(
        ("INV-1001", "INV-1002")
    )
    assert isinstance(read_text("INV-1001 $5.00", KNOWN, "EUR"), NeedsCurrency)
