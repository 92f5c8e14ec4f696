"""The book of items that receipts are matched against."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.money import Money
from domain.matching.book import Book, Declined, build_book, roundness
from domain.matching.item import Item, ItemKind, ItemState
from tests.domain.matching.ledgers import ON, claim, credit, paid, party, usd

A = claim("INV-1001 100.00 USD due 2026-03-03")
B = claim("INV-1002 60.00 USD due 2026-03-01")
C = claim("INV-1003 60.00 USD due 2026-03-02", 2)
D = claim("INV-1004 60.00 EUR due 2026-03-02", 1)
MEMO = credit("CM-31 50.25 USD")
DONE = paid(claim("INV-0900 60.00 USD due 2026-01-02"))
PARTIES = (party(1), party(2, parent=1), party(3, parent=1))


def shelf(*items: Item) -> Book:
    return build_book(items or (A, B, C, D, MEMO, DONE), PARTIES)


def test_open_items_are_those_of_the_customers_oldest_due_first() -> None:
    book = shelf()
    assert book.open_items({1}, "USD") == (B, A)
    assert book.open_items(frozenset({1, 2}), "USD") == (B, C, A)
    assert book.open_items({1}, "EUR") == (D,)
    assert book.open_items({9}, "USD") == ()
    assert book.credits({1, 2}, "USD") == (MEMO,)
    assert book.closed_items({1}, "USD") == (DONE,)


def test_items_are_found_by_amount_and_by_any_name() -> None:
    book = shelf()
    assert book.by_amount(None, usd("60")) == (B, C)
    assert book.by_amount({2}, usd("60")) == (C,)
    assert book.by_amount({1}, usd("60.01")) == ()
    assert book.items_named("inv 1001") == (A,)
    assert book.items_named("INV0900") == (DONE,)


def test_families_are_parents_and_children() -> None:
    book = shelf()
    assert book.family(1) == {1, 2, 3}
    assert book.family(2) == {1, 2}
    assert book.family(9) == {9}


def test_settling_moves_an_item_between_the_shelves() -> None:
    book = shelf()
    book.settle((ItemKind.INVOICE, A.id), usd("60"))
    assert [i.open for i in book.open_items({1}, "USD")] == [usd("60"), usd("60")]
    assert len(book.by_amount({1}, usd("60"))) == 2
    book.settle((ItemKind.INVOICE, B.id), usd("0"))
    assert [i.number for i in book.open_items({1}, "USD")] == ["INV-1001"]
    assert {i.state for i in book.closed_items({1}, "USD")} == {ItemState.PAID}
    with pytest.raises(ValueError, match="is in the book already"):
        book.enter(A)


def test_what_a_person_declined_is_remembered_for_that_payer_and_that_set() -> None:
    book = build_book((A, B), PARTIES, (), (Declined("acme", frozenset({A.id})),))
    assert book.is_declined(("iban:X", "acme"), frozenset({A.id}))
    assert not book.is_declined(("acme",), frozenset({A.id, B.id}))
    assert not book.is_declined(("other",), frozenset({A.id}))


def test_short_numbers_say_little() -> None:
    book = shelf()
    assert book.token_rarity("1001") < book.token_rarity("INV-1001")
    assert book.token_rarity("12") < 7_000


def test_roundness_classes() -> None:
    assert roundness(usd("1200.00")) == 10_000
    assert roundness(usd("1250.00")) == 100
    assert roundness(usd("1250.10")) == 1
    assert roundness(Money(500, "JPY")) == 100
    assert roundness(Money(7, "JPY")) == 1


@pytest.mark.parametrize("amount", ["500.00", "512.00", "512.37"])
def test_decoys_are_sums_of_other_customers_and_equally_round(amount: str) -> None:
    others = [
        claim(f"INV-{n} {n - 1900}.{n % 100:02} USD due 2026-03-01", 2 + n % 5)
        for n in range(2000, 2100)
    ]
    book = shelf(A, B, *others)
    like = usd(amount)
    found = book.decoy_amounts("USD", {1}, like, 250, b"seed")
    assert len(found) == 250
    assert found == book.decoy_amounts("USD", {1}, like, 250, b"seed")
    assert found != book.decoy_amounts("USD", {1}, like, 250, b"other")
    assert {d % roundness(like) for d in found} == {0}
    assert like.minor not in found
    assert len(set(found)) > 3
    alone = shelf(A, B)
    assert alone.decoy_amounts("USD", {1}, like, 10, b"seed") == ()


@settings(max_examples=40)
@given(st.permutations([A, B, C, D, MEMO, DONE]), st.lists(st.integers(0, 100), max_size=4))
def test_the_order_of_entry_and_the_way_to_a_balance_have_no_influence(
    items: list[Item], steps: list[int]
) -> None:
    one, other = shelf(), build_book(items, PARTIES[::-1])
    for step in [*steps, 33]:
        one.settle((ItemKind.INVOICE, A.id), Money(step * 100, "USD"))
    other.settle((ItemKind.INVOICE, A.id), usd("33"))
    for book in (one, other):
        assert book.by_amount(None, usd("33"))[0].number == "INV-1001"
    assert one.open_items({1, 2}, "USD") == other.open_items({1, 2}, "USD")
    seen = [b.decoy_amounts("USD", {2}, usd("7"), 9, b"s") for b in (one, other)]
    assert seen[0] == seen[1]


def test_an_item_due_later_stays_behind_when_it_is_entered_late() -> None:
    book = shelf(A)
    early = claim("INV-0007 5.00 USD due 2026-01-01")
    book.enter(early)
    assert book.open_items({1}, "USD") == (early, A)
    assert early.due_on < ON - timedelta(days=30)
