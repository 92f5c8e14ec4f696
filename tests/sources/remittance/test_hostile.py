"""Any bytes at all: an answer or a refusal, never an exception, and in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.matching.written import amount_readings, amounts_in, candidates_in, zones
from sources.arrived import RefusedFile
from sources.mail.files import files_in
from sources.remittance.camt import read_camt
from sources.remittance.csv import read_csv
from sources.remittance.ctx import read_addenda
from sources.remittance.detect import Form, form_of
from sources.remittance.edi820 import read_820
from sources.remittance.text import read_text
from tests.sources.remittance.test_camt import STRD, message
from tests.sources.remittance.test_edi820 import interchange

KNOWN = frozenset({"INV1001", "1001", "A1"})
SEEDS = [
    interchange(),
    message(STRD.format(number="R-1", due="5.00", more="", paid="5.00")),
    b"Invoice,Gross,Discount,Paid,Currency\nA-1,10.00,1.00,9.00,USD\nTotal,,,9.00,\n",
    b"Invoice   Paid\nINV-1001   10.00 USD\nTotal   10.00\nwire ref ABC1234",
    b"",
]
PIECES = [b"", b"\0", b"*", b"~", b"RMR*", b"-", b"9" * 40, b"\xff", b",", b"<", b"Total", b"\n"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with a passage cut out and others put in."""
    body = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, min(len(body), start + 30)))
        put = draw(st.sampled_from(PIECES) | st.binary(max_size=12))
        body = body[:start] + put + body[end:]
    return body


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged() | st.binary(max_size=200), st.sampled_from(["", "USD", "JPY", "KWD"]))
def test_no_bytes_raise(body: bytes, currency: str) -> None:
    read_820(body, currency)
    read_camt(body, currency)
    read_csv(body, currency)
    text = body.decode("latin-1")
    read_text(text, KNOWN, currency)
    read_addenda([text[:80], text[80:]], "k", "USD")
    assert isinstance(form_of(body, text[:20]), Form | RefusedFile)
    assert files_in(body) == files_in(body)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["USD", "JPY", "KWD"]))
def test_no_text_raises_as_an_amount(text: str, currency: str) -> None:
    amount_readings(text, currency)
    zones(text, KNOWN)
    candidates_in(text)


@pytest.mark.parametrize(
    "text",
    ["1," * 40_000, " " * 90_000, "INV-1001 " * 10_000, "a  " * 30_000, "$" * 50_000,
     "INV-1001 1.00 " * 6_000, "\n" * 90_000, "(" * 50_000, "total " * 15_000, "| " * 40_000,
     "INV-1001\n1.00\n" * 6_000, "INV-1001. A" * 9_000],
    ids=["commas", "blanks", "numbers", "cells", "signs", "pairs", "lines", "brackets", "totals",
         "bars", "below", "sentences"],
)  # fmt: skip
def test_long_texts_are_read_in_bounded_time(text: str) -> None:
    begun = time.process_time()
    read_text(text, KNOWN, "USD")
    amounts_in(text)
    read_csv(text.encode(), "USD")
    assert time.process_time() - begun < 15
