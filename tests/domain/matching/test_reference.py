"""Which words of a payer are invoice numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.matching.reference import folded, read_references, words
from tests.domain.matching.papers import inv

A = inv("INV-1001 100.00 USD due 2026-03-01")
B = inv("INV-1002 60.00 USD due 2026-03-02")
TINY = inv("7 60.00 USD due 2026-03-02")


@pytest.mark.parametrize(
    "text",
    [
        "INV-1001",
        "inv 1001",
        "Inv.1001",
        "pay INV1001!",
        "ＩＮＶ－１００１",
        "(INV/1001)",
        "INV#1001",
    ],
)
def test_the_same_number_however_it_is_written(text: str) -> None:
    assert read_references(text, (A, B)).named == (A,)


@pytest.mark.parametrize("text", ["INV-10010", "XINV-1001", "1001", "INV-100", "invoice", "", "7"])
def test_what_is_not_the_number_names_nothing(text: str) -> None:
    assert read_references(text, (A, B, TINY)).named == ()


def test_strange_numbers_of_a_known_series_are_told() -> None:
    assert read_references("INV-0999 and INV-1001", (A,)).strange == ("INV0999",)
    assert read_references("PO-55 for INV-1001", (A,)).strange == ()


def test_words_are_what_may_be_looked_up() -> None:
    assert {"INV1001", "INV", "1001"} <= set(words("inv-1001"))
    assert words("a") == ()
    assert folded(" inv-1001 ") == "INV1001"


@given(st.text(max_size=4000))
def test_any_text_is_read(text: str) -> None:
    found = read_references(text, (A, B))
    assert set(found.named) <= {A, B}
    assert len(words(text)) <= 4 * 2000
