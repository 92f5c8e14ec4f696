"""EDI 820 and the addenda of ACH payments: every element we use, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from domain.ledger.money import Money
from domain.matching.advice import Advice
from domain.matching.receipt import AccountScheme, PayerAccount
from sources.arrived import RefusedFile
from sources.remittance.ctx import addenda_rows, joined, read_addenda
from sources.remittance.edi820 import read_820
from sources.remittance.reading import NeedsCurrency, ReadAdvices

BODY = """BPR*C*1415.00*C*ACH*CTX*01*021000021*DA*12 345*1999888777**01*121000358*DA*77*20260305
TRN*1*TRACE20260305
CUR*PR*USD
N1*PR*Brightwater Labs
ENT*1
ADX*-35.00*L7**CM-9
RMR*IV*INV-1001**490.00*500.00*10.00
RMR*IV*INV-1002**960.00*1000.00
ADX*-40.00*01*IK*CLAIM-4"""


def interchange(
    body: str = BODY, *, element: str = "*", end: str = "~\n", count: int | None = None
) -> bytes:
    """An interchange with one transaction set; `count` is what SE01 says."""
    lines = body.splitlines()
    isa = (
        "ISA*00*          *00*          *ZZ*PAYER          *ZZ*SELLER         "
        "*260305*1200*U*00401*000000001*0*P*>"
    )
    segments = [
        isa,
        "GS*RA*PAYER*SELLER*20260305*1200*1*X*004010",
        "ST*820*0001",
        *lines,
        f"SE*{count or len(lines) + 2}*0001",
        "GE*1*1",
        "IEA*1*000000001",
    ]
    return (end.join(segments) + end).replace("*", element).encode()


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def one(body: bytes) -> Advice:
    read = read_820(body)
    assert isinstance(read, ReadAdvices), read
    (advice,) = read.advices
    return advice


@pytest.mark.parametrize(
    ("element", "end"), [("*", "~"), ("*", "~\n"), ("|", "\n"), ("*", "\r\n"), ("^", "'")]
)
def test_separators_are_those_the_interchange_names(element: str, end: str) -> None:
    advice = one(interchange(element=element, end=end))
    assert [row.reference for row in advice.rows] == ["CM-9", "INV-1001", "INV-1002"]


def test_everything_an_820_tells_is_kept() -> None:
    advice = one(interchange())
    apart, discounted, short = advice.rows
    assert (apart.paid, apart.reason_code) == (usd("-35.00"), "L7")
    assert (discounted.paid, discounted.gross, discounted.discount, discounted.deduction) == (
        usd("490.00"), usd("500.00"), usd("10.00"), None,
    )  # fmt: skip
    assert (short.paid, short.deduction, short.reason_code) == (usd("960.00"), usd("40.00"), "01")
    assert advice.total == usd("1415.00")
    assert advice.paid_on == date(2026, 3, 5)
    assert advice.payer_name == "Brightwater Labs"
    assert advice.payment_references == ("TRACE20260305",)
    assert PayerAccount(AccountScheme.US_ACCOUNT, "021000021/12345") in advice.accounts


def test_the_sign_of_an_adjustment_is_the_one_that_explains_the_difference() -> None:
    body = "BPR*C*90.00*C*ACH\nCUR*PR*USD\nRMR*IV*INV-1**90.00*100.00\nADX*10.00*01"
    assert one(interchange(body)).rows[0].deduction == usd("10.00")


def test_the_sum_must_be_the_payment() -> None:
    read = read_820(interchange(BODY.replace("*490.00*", "*489.99*")))
    assert isinstance(read, RefusedFile)
    assert "1,414.99 USD" in read.reason
    assert read.line == 4


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (interchange(count=5), "SE counts 5 segments, there are 11"),
        (interchange().replace(b"ST*820", b"ST*835"), "no remittance advice"),
        (interchange().replace(b"SE*11*0001", b"SE*11*0002"), "different control numbers"),
        (interchange(BODY.replace("490.00", "4 90")), "RMR04"),
        (interchange()[:400], "cut off"),
        (b"ISA*00*", "cut off"),
        (b"hello", "does not begin"),
        (b"", "does not begin"),
    ],
)
def test_a_broken_file_is_refused_whole(body: bytes, words: str) -> None:
    read = read_820(body)
    assert isinstance(read, RefusedFile)
    assert words in read.reason


def test_without_a_currency_it_says_which_documents_could_tell() -> None:
    body = interchange(BODY.replace("CUR*PR*USD\n", ""))
    assert read_820(body) == NeedsCurrency(("INV-1001", "INV-1002"))
    assert isinstance(read_820(body, "USD"), ReadAdvices)


def test_the_same_bytes_are_the_same_advice_and_others_are_not() -> None:
    assert one(interchange()).key == one(interchange()).key
    assert one(interchange()).key != one(interchange(end="~")).key


def test_addenda_are_one_text_cut_into_records_of_80() -> None:
    text = (
        "BPR*C*1450.00*C*ACH*CTX\\TRN*1*TR99001\\N1*PR*BRIGHTWATER LABS\\"
        "RMR*IV*INV-1001**490.00*500.00*10.00\\RMR*IV*INV-1002**960.00*1000.00\\ADX*-40.00*01\\"
    )
    records = [text[at : at + 80].rstrip() for at in range(0, len(text), 80)]
    assert joined(records).rstrip() == text
    read = read_addenda(records, "k")
    assert isinstance(read, Advice)
    assert [(r.reference, r.paid) for r in read.rows] == [
        ("INV-1001", usd("490.00")),
        ("INV-1002", usd("960.00")),
    ]
    assert read.payment_references == ("TR99001",)
    assert read.total == usd("1450.00")


def test_one_addendum_of_a_ccd_payment_is_read_too() -> None:
    (row,) = addenda_rows(["RMR*IV*INV-77**500.00\\"])
    assert (row.reference, row.paid, row.source) == ("INV-77", usd("500.00"), "ctx")


def test_free_text_in_addenda_is_no_advice() -> None:
    assert read_addenda(["INVOICE 1001 AND 1002"], "k") is None
    assert addenda_rows(["RMR*IV*INV-77**5x\\"]) == ()
