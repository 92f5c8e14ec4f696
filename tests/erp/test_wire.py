"""Exact JSON, and records that come back as they went."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.money import Money
from erp.identity import external_id
from erp.netsuite.wire import decode, encode
from erp.netsuite.writing.cash_bodies import payment_body
from erp.netsuite.writing.cash_readback import payment_of
from erp.port import PaymentToPost

CURRENCIES = {"1": "USD", "2": "JPY", "3": "KWD", "": "USD"}
IDS = {symbol: key for key, symbol in CURRENCIES.items() if key}

amounts = st.integers(1, 10**14)
ids = st.integers(1, 10**9).map(str)
texts = st.text(max_size=20)


@st.composite
def payments(draw: st.DrawFn) -> PaymentToPost:
    currency = draw(st.sampled_from(sorted(IDS)))
    parts = draw(st.dictionaries(ids, amounts, max_size=4))
    rest = draw(st.integers(0, 10**9))
    return PaymentToPost(
        external_id=external_id("t", "stripe", draw(texts)),
        customer_netsuite_id=draw(ids),
        amount=Money(sum(parts.values()) + rest, currency),
        received_on=draw(st.dates(date(2000, 1, 1), date(2100, 1, 1))),
        applications=tuple((key, Money(minor, currency)) for key, minor in parts.items()),
        memo=draw(texts),
        check_number=draw(texts),
    )


def read_back(payment: PaymentToPost) -> dict[str, Any]:
    raw = encode(payment_body(payment, IDS[payment.amount.currency], ""))
    found: dict[str, Any] = decode(raw.encode())
    return found


@given(payments())
def test_a_payment_comes_back_as_it_went(payment: PaymentToPost) -> None:
    assert payment_of(read_back(payment), CURRENCIES) == payment


@given(payments(), st.dictionaries(texts.map("custbody_{}".format), texts))
def test_unknown_fields_and_unapplied_lines_change_nothing(
    payment: PaymentToPost, unknown: dict[str, str]
) -> None:
    record = {**read_back(payment), **unknown, "links": []}
    lines = record["apply"]["items"]
    record["apply"] = {
        "items": [*({**line, **unknown} for line in lines), {"doc": {"id": "7"}, "apply": False}],
        "totalResults": "9",
    }
    assert payment_of(record, CURRENCIES) == payment


@given(st.integers(-(10**15), 10**15), st.sampled_from(sorted(IDS)))
def test_money_is_an_exact_number_literal(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    literal = encode({"a": [money]})
    assert literal == '{"a":[' + money.plain() + "]}"
    assert Money.parse(decode(literal.encode())["a"][0], currency) == money


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
        max_leaves=10,
    )
)
def test_everything_else_is_plain_json(value: object) -> None:
    assert json.loads(encode(value)) == value


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        encode({"payment": 12.5})
    with pytest.raises(ValueError, match="NaN"):
        decode(b"[NaN]")


def test_external_ids_depend_on_the_receipt_alone() -> None:
    one = external_id("acme", "stripe", "ch_1")
    assert one == external_id("acme", "stripe", "ch_1")
    assert one != external_id("acme", "stripe", "ch_2")
    assert external_id("a", "b|c", "d") != external_id("a", "b", "c|d")
    assert one.startswith("dw-pay-")
    assert len(one) == len("dw-pay-") + 26
    assert one.removeprefix("dw-pay-").isalnum()
    assert one == one.lower()
