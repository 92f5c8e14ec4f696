"""ISO 11649 against an independent implementation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from sources.remittance.rf import compacted, inner_reference, is_creditor_reference

INNER = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21)


@given(INNER)
def test_check_digits_agree_with_the_oracle(inner: str) -> None:
    valid = []
    for check in range(2, 99):
        candidate = f"RF{check:02d}{inner}"
        assert is_creditor_reference(candidate) == iso11649.is_valid(candidate)
        valid += [candidate] if is_creditor_reference(candidate) else []
    assert [inner_reference(one) for one in valid] == [inner.lstrip("0")]


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    assert is_creditor_reference(text) in (True, False)
    assert compacted(compacted(text)) == compacted(text)


def test_printed_references_become_one_word() -> None:
    text = "We paid RF18 5390 0754 7034 today, and RF19 5390 0754 7034 and RFQ12 too."
    assert compacted(text) == (
        "We paid RF18539007547034 today, and RF19 5390 0754 7034 and RFQ12 too."
    )
