"""Which items a payer's text names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matching.book import Book
from domain.matching.item import ItemState
from domain.matching.receipt import Receipt, Reference, ReferenceKind
from domain.matching.references import How, Named, read, read_text
from tests.domain.matching.ledgers import book, claim, credit, got, paid

A = claim("INV-1001 100.00 USD due 2026-03-01")
B = claim("INV-1002 60.00 USD due 2026-03-02")
C = claim("INV-1005 70.00 USD due 2026-03-05")
OTHER = replace(claim("INV-1003 80.00 USD due 2026-03-03", 2), references=("PO-77120",))
YEARLY = replace(claim("2026/0412 90.00 USD due 2026-03-04", 3), id=412)
LONG = replace(claim("INV100000000022749 5.00 USD due 2026-03-01", 4), id=4)
BILLED = replace(claim("4070986529 7.00 USD due 2026-03-01", 4), id=5)
RF = replace(claim("539007547034 8.00 USD due 2026-03-01", 4), id=6)
BOOK = book([A, B, C, OTHER, YEARLY, LONG, BILLED, RF])


def said(text: str, customer: int | None = 1, ledger: Book = BOOK) -> Named:
    scope = frozenset({customer}) if customer is not None else None
    return read(got("100.00 USD", text), ledger, scope)


def numbers(named: Named) -> list[tuple[str, How]]:
    return [(n.item.number, n.how) for n in named.items]


@pytest.mark.parametrize(
    "text",
    [
        "INV-1001",
        "inv 1001",
        "Inv.1001",
        "pay INV1001!",
        "ＩＮＶ－１００１",
        "(INV/1001)",
        "ref INV#1001 dated 2026-03-01",
        "INV-١٠٠١",
    ],
)
def test_the_same_number_however_it_is_written(text: str) -> None:
    assert numbers(said(text)) == [("INV-1001", How.EXACT)]


@pytest.mark.parametrize(
    "text",
    ["81100107", "INV-10010", "XINV-1001", "ACCT1001", "INV-100", "invoice", "", "1,001.00", "7"],
)
def test_part_of_something_else_is_no_evidence(text: str) -> None:
    assert said(text).items == ()


@pytest.mark.parametrize("text", ["PO 5521", "check no 5521", "acct 5521", "SO-5521", "XY/5521"])
def test_the_number_of_something_else_names_no_invoice(text: str) -> None:
    bare = book([claim("5521 5.00 USD due 2026-03-01")])
    lettered = book([claim("INV-5521 5.00 USD due 2026-03-01")])
    assert said(text, 1, bare).items == ()
    assert said(text, 1, lettered).items == ()
    ordered = book([replace(claim("INV-1 5.00 USD due 2026-03-01"), references=("5521",))])
    assert [n.item.number for n in said("PO 5521", 1, ordered).items] == ["INV-1"]


def test_blanks_inside_and_numbers_joined_are_seen_through() -> None:
    assert numbers(said("receipt 407098652 9 ", 4)) == [("4070986529", How.EXACT)]
    assert numbers(said("INV10000 0000022749", 4)) == [("INV100000000022749", How.EXACT)]
    joined = said("4070986529539007547034", 4)
    assert [n.item for n in joined.items] == [BILLED, RF]
    assert [n.item for n in said("1 7INV100000000022749NO 1: 4070986529NO", 4).items] == [
        BILLED,
        LONG,
    ]


def test_a_number_inside_a_longer_run_of_digits_is_none_of_ours() -> None:
    assert said("14070986529", 1).items == ()
    assert said("99407098652999", 4).items == ()


def test_letters_taken_for_digits() -> None:
    assert numbers(said("1NV-1OO1", 1)) == []
    assert numbers(said("1NV1OO1 and lNV", 1)) == [("INV-1001", How.CONFUSABLE)]
    assert numbers(said("4O7O986S29", 1)) == [("4070986529", How.CONFUSABLE)]


@pytest.mark.parametrize(
    "text",
    ["407098529", "40709865290", "4070986539", "4079086529", "41070986529"],
)
def test_a_slip_of_the_pen_is_weak_and_only_among_the_payers_own(text: str) -> None:
    assert numbers(said(text, 4)) == [("4070986529", How.NEAR)]
    assert said(text, 1).items == ()
    assert said(text, None).items == ()


def test_a_slip_that_can_mean_two_says_so() -> None:
    twins = book([claim("4070986529 7.00 USD due 2026-03-01", 4),
                  claim("4070986528 9.00 USD due 2026-03-01", 4)])  # fmt: skip
    assert {(n.how, n.rivals) for n in said("407098652", 4, twins).items} == {(How.NEAR, 1)}
    exact = said("4070986528", 4, twins)
    assert numbers(exact) == [("4070986528", How.EXACT)]


def test_digits_without_their_letters_and_halves_of_numbers_are_weak() -> None:
    assert numbers(said("payment 22749", 4)) == [("INV100000000022749", How.SUFFIX)]
    assert numbers(said("1001", 1)) == [("INV-1001", How.SUFFIX)]
    assert numbers(said("0986529", 4)) == [("4070986529", How.SUFFIX)]
    assert numbers(said("40709865", 4)) == [("4070986529", How.NEAR)]
    assert said("1001", None).items == ()
    assert said("22749.00", 4).items == ()


def test_ranges_and_abbreviated_lists() -> None:
    assert numbers(said("INV-1001 to INV-1005")) == [
        ("INV-1001", How.EXACT),
        ("INV-1002", How.RANGE),
        ("INV-1005", How.EXACT),
    ]
    assert numbers(said("INV-1001, 02, 05")) == [
        ("INV-1001", How.EXACT),
        ("INV-1002", How.SUFFIX),
        ("INV-1005", How.SUFFIX),
    ]
    chain = said("INV-1001 - INV-1002 - INV-1005")
    assert [n.how for n in chain.items] == [How.EXACT] * 3
    plus = said("INV-1001 + INV-1005")
    assert len(plus.items) == 2


def test_a_day_is_no_number_unless_the_seller_writes_it_so() -> None:
    assert numbers(said("2026/0412", 3)) == [("2026/0412", How.EXACT)]
    day = said("paid 2026/04/12", 3)
    assert day.items == ()
    assert day.dates_ignored == ("2026/04/12",)
    far = read_text("20310412", BOOK, frozenset({3}), date(2026, 3, 9), "USD")
    assert far.items == ()


def test_creditor_references_count_only_with_their_check_digits() -> None:
    assert numbers(said("RF18 5390 0754 7034", None)) == [("539007547034", How.STRUCTURED)]
    assert How.STRUCTURED not in {n.how for n in said("RF19 5390 0754 7034", None).items}


def test_an_order_that_several_invoices_share_names_them_all() -> None:
    shared = book([replace(A, references=("PO-77",)), replace(B, references=("PO-77",))])
    assert numbers(said("PO 77", 1, shared)) == [("INV-1001", How.PO), ("INV-1002", How.PO)]
    assert numbers(said("PO-77120", 2)) == [("INV-1003", How.EXACT)]


def test_the_payers_own_number_wins_and_without_a_payer_it_is_contested() -> None:
    twin = replace(claim("INV-1001 55.00 USD due 2026-03-01", 2), id=9001)
    both = book([A, twin])
    assert [n.item for n in said("INV-1001", 1, both).items] == [A]
    assert [n.item for n in said("INV-1001", 2, both).items] == [twin]
    unknown = said("INV-1001", None, both)
    assert unknown.items == ()
    assert unknown.contested == ("INV1001",)


def test_paid_and_void_items_are_told_apart() -> None:
    done, gone = paid(A), paid(B, ItemState.VOIDED)
    named = said("INV-1001 INV-1002 INV-1005", 1, book([done, gone, C]))
    assert [n.item for n in named.items] == [C]
    assert [n.item for n in named.closed] == [done, gone]


def test_numbers_of_a_known_series_that_name_nothing_are_strange() -> None:
    assert said("INV-0999 and INV-1001").strange == ("INV0999",)
    assert said("PO-55 for INV-1001").strange == ()
    assert said("REF 3inec5nv3ssiiv2").strange == ()


def test_credits_are_named_too() -> None:
    memo = credit("CM-3111 10.00 USD")
    assert [n.item for n in said("INV-1001 less CM-3111", 1, book([A, memo])).items] == [memo, A]


def test_traces_and_check_numbers_name_nothing() -> None:
    plain = book(
        [claim("10012345 100.00 USD due 2026-03-01"), claim("9907 1.00 USD due 2026-03-01")]
    )
    for kind in (ReferenceKind.TRACE, ReferenceKind.CHECK_NUMBER, ReferenceKind.OBJECT):
        of_kind = replace(got("1.00 USD"), references=(Reference(kind, "10012345"),))
        assert read(of_kind, plain, frozenset({1})).items == ()
    short = replace(got("1.00 USD"), references=(Reference(ReferenceKind.BANK_REFERENCE, "9907"),))
    assert read(short, plain, frozenset({1})).items == ()


def test_formats_are_learned_from_the_ledger() -> None:
    odd = book([replace(claim("СЧ-000451 5.00 USD due 2026-03-01"), id=1),
                replace(claim("RE.24-B77/9 5.00 USD due 2026-03-02"), id=2),
                replace(claim("請求書5521 5.00 USD due 2026-03-03"), id=3)])  # fmt: skip
    assert [n.item.id for n in said("оплата сч 000451", 1, odd).items] == [1]
    assert [n.item.id for n in said("zu RE 24 B77 9 danke", 1, odd).items] == [2]
    assert [n.item.id for n in said("請求書５５２１", 1, odd).items] == [3]


@settings(max_examples=60)
@given(st.text(alphabet="INV-1005 ,/RFOSB.\u0661Ⅷﬁ", max_size=300), st.randoms())
def test_any_text_in_any_order_of_references_reads_the_same(text: str, random: object) -> None:
    parts = [Reference(ReferenceKind.REMITTANCE, p) for p in text.split("5")]
    one = _receipt(parts)
    other = _receipt(parts[::-1])
    assert read(one, BOOK, frozenset({1})) == read(other, BOOK, frozenset({1}))


def test_hostile_text_is_bounded_work() -> None:
    many = book([claim(f"INV-{n} 1.00 USD due 2026-03-01") for n in range(100_000, 100_400)])
    for text in ("9" * 10_000, "1 " * 5_000, "INV-1000001," * 800, "RF" * 5_000, "1-" * 5_000):
        assert len(said(text, 1, many).items) <= 400


def _receipt(parts: list[Reference]) -> Receipt:
    return replace(got("100.00 USD"), references=tuple(parts))
