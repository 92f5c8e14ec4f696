"""ISO 11649 against an independent implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from sources.remittance.rf import creditor_reference, inner_reference, is_creditor_reference

INNER = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21)


@given(INNER, st.integers(0, 99))
def test_check_digits_agree_with_the_oracle(inner: str, check: int) -> None:
    candidate = f"RF{check:02d}{inner}"
    assert is_creditor_reference(candidate) == iso11649.is_valid(candidate)


@given(INNER)
def test_what_we_write_is_valid(inner: str) -> None:
    made = creditor_reference(inner)
    assert iso11649.is_valid(made)
    assert inner_reference(made) == inner.lstrip("0")


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    assert is_creditor_reference(text) in (True, False)


def test_known_references() -> None:
    assert is_creditor_reference("rf18 5390 0754 7034")
    assert not is_creditor_reference("RF19539007547034")
    with pytest.raises(ValueError):
        creditor_reference("INV-1")
