"""Stripe's bodies, signatures, amounts and objects, and the official client on loopback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from sandbox.courier import Channel, Courier
from sandbox.serving import LoopbackServer
from sandbox.stripe.app import StripeFaults, build_stripe_app
from sandbox.stripe.objects import Buyer, Receipt, stripe_id
from sandbox.stripe.store import CHANNEL, StripeStore
from sources.stripe import (
    NoReceipt,
    NotAnEvent,
    StripeEvent,
    StripeReceipt,
    StripeUnavailable,
    money_of,
    read_event,
    read_receipt,
    stripe_reader,
)
from tests.flows.test_stripe_receipts import CHARGE, INTENT


def event(**changes: object) -> bytes:
    body: dict[str, object] = {
        "id": "evt_1",
        "type": "charge.succeeded",
        "data": {"object": {"object": "charge", "id": "ch_1"}},
    }
    return json.dumps({**body, **changes}).encode()


def test_an_event_says_where_to_look() -> None:
    assert read_event(event()) == StripeEvent(
        "evt_1", "charge.succeeded", "charge", "ch_1", ("ch_1",)
    )
    other = read_event(event(type="payout.paid"))
    assert isinstance(other, StripeEvent)
    assert not other.about_receipt


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'"x"',
        b"\xff",
        b"{" * 50_000,
        b" " * 1_000_001,
        event(id=7),
        event(id="evt 1"),
        event(id=""),
        event(data={}),
        event(data={"object": {"object": "charge", "id": "ch_1/../x"}}),
        event(data={"object": {"object": "refund", "id": "re_1"}}),
    ],
)
def test_anything_else_is_no_event(body: bytes) -> None:
    assert isinstance(read_event(body), NotAnEvent)


@given(st.binary(max_size=300))
def test_reading_never_raises(body: bytes) -> None:
    assert isinstance(read_event(body), NotAnEvent | StripeEvent)


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (1050, "usd", Money(1050, "USD")),
        (1050, "jpy", Money(1050, "JPY")),
        (1050, "kwd", Money(1050, "KWD")),
        (500, "isk", Money(5, "ISK")),
        (700, "ugx", Money(7, "UGX")),
        (7, "mga", Money(700, "MGA")),
    ],
)
def test_amounts_are_exact_in_every_currency(amount: int, currency: str, expected: Money) -> None:
    assert money_of(amount, currency) == expected


@pytest.mark.parametrize(
    ("amount", "currency"), [("10", "usd"), (True, "usd"), (1.5, "usd"), (501, "isk"), (1, 7)]
)
def test_what_is_not_exact_is_refused(amount: object, currency: object) -> None:
    with pytest.raises((ValueError, LedgerError)):
        money_of(amount, currency)


def test_charge_and_intent_are_one_receipt() -> None:
    one, two = read_receipt(CHARGE), read_receipt(INTENT)
    assert one == two
    assert isinstance(one, StripeReceipt)
    assert (one.source_id, one.received_on.isoformat()) == ("pi_1", "2026-03-09")


def test_a_charge_alone_is_named_by_itself_and_metadata_may_name_invoices() -> None:
    found = read_receipt(
        CHARGE | {"payment_intent": None, "metadata": {"Invoice_No": "INV-7", "colour": "red"}}
    )
    assert isinstance(found, StripeReceipt)
    assert found.source_id == "ch_1"
    assert found.reference == "Payment of INV-1001 INV-7"


@pytest.mark.parametrize(
    "thing",
    [
        CHARGE | {"status": "pending"},
        CHARGE | {"paid": False},
        CHARGE | {"amount_captured": 0},
        CHARGE | {"currency": None},
        CHARGE | {"currency": "dollars"},
        CHARGE | {"created": "yesterday"},
        CHARGE | {"created": 10**30},
        INTENT | {"status": "processing"},
        INTENT | {"amount_received": "100"},
        {"object": "charge"},
        {},
    ],
)
def test_what_is_no_money_is_no_receipt(thing: Mapping[str, Any]) -> None:
    found = read_receipt(thing)
    assert isinstance(found, NoReceipt)
    assert not found.refunded


def test_refunded_is_said() -> None:
    for thing in (
        CHARGE | {"amount_refunded": 1},
        INTENT | {"latest_charge": {"amount_refunded": 1}},
    ):
        found = read_receipt(thing)
        assert isinstance(found, NoReceipt)
        assert found.refunded


async def test_the_official_client_reads_both_objects(tmp_path: Path) -> None:
    at = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
    courier = Courier(tmp_path / "c.db", {CHANNEL: Channel("/s", "S", "x")}, lambda: at)
    store = StripeStore(tmp_path / "s.db", lambda: at, courier)
    buyer = Buyer("cus_1", "Acme Corp", "ap@acme.example", "USD", "US")
    store.pay(Receipt("k", buyer, 12345, "USD", "INV-1001"))
    faults = StripeFaults()
    with LoopbackServer(build_stripe_app(store, "sk_test", faults)) as server:
        read = stripe_reader("sk_test", base=server.url)
        one = read_receipt(await read("charge", stripe_id("ch", "k")))
        two = read_receipt(await read("payment_intent", stripe_id("pi", "k")))
        assert one == two
        assert one == StripeReceipt(
            stripe_id("pi", "k"),
            Money(12345, "USD"),
            date(2026, 3, 9),
            "cus_1",
            "Acme Corp",
            "INV-1001",
        )
        with pytest.raises(StripeUnavailable):
            await read("charge", "ch_nobody")
        wrong = stripe_reader("sk_wrong", base=server.url)
        with pytest.raises(StripeUnavailable):
            await wrong("charge", stripe_id("ch", "k"))
        await read.close()
        await wrong.close()
    store.close()
    courier.close()
