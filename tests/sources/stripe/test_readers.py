"""Stripe's bodies, amounts and objects as values; nothing that Stripe may send raises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from domain.matching.receipt import Channel, Reference, ReferenceKind
from sources.arrived import Arrived
from sources.stripe.amounts import money_of
from sources.stripe.events import NotAnEvent, StripeEvent, read_event
from sources.stripe.money_back import BackState, MoneyBack, NothingBack, read_money_back
from sources.stripe.payouts import (
    Payout,
    PayoutLine,
    Unreadable,
    difference,
    read_lines,
    read_payout,
)
from sources.stripe.receipts import NoReceipt, read_receipt, read_transfer

AT = 1773100000
CHARGE: dict[str, Any] = {
    "id": "ch_1",
    "object": "charge",
    "status": "succeeded",
    "paid": True,
    "amount": 10000,
    "amount_captured": 10000,
    "amount_refunded": 0,
    "currency": "usd",
    "created": AT,
    "customer": "cus_1",
    "payment_intent": "pi_1",
    "description": "Payment of INV-1001",
    "billing_details": {"name": "ACME CORP"},
    "payment_method_details": {"type": "us_bank_account"},
    "metadata": {"netsuite_invoice_id": "4711", "Invoice_No": "INV-7", "colour": "red"},
}
INTENT: dict[str, Any] = {
    "id": "pi_1",
    "object": "payment_intent",
    "status": "succeeded",
    "amount_received": 10000,
    "currency": "usd",
    "created": AT,
    "customer": "cus_1",
    "latest_charge": CHARGE,
    "description": "Payment of INV-1001",
    "metadata": CHARGE["metadata"],
}
FUNDED: dict[str, Any] = {
    "id": "ccsbtxn_1",
    "object": "customer_cash_balance_transaction",
    "type": "funded",
    "net_amount": 5000,
    "currency": "eur",
    "created": AT,
    "customer": "cus_1",
    "funded": {
        "bank_transfer": {
            "type": "eu_bank_transfer",
            "eu_bank_transfer": {"iban_last4": "7089", "sender_name": "Sample GmbH"},
            "reference": "Payment for Invoice 7FE1103-155",
        }
    },
}
REFUND: dict[str, Any] = {
    "id": "re_1",
    "object": "refund",
    "amount": 2500,
    "currency": "usd",
    "charge": "ch_1",
    "payment_intent": "pi_1",
    "status": "succeeded",
    "reason": None,
    "created": AT,
}
MOVE = {"amount": -10000, "currency": "usd"}
DISPUTE: dict[str, Any] = {
    "id": "dp_1",
    "object": "dispute",
    "amount": 10000,
    "currency": "usd",
    "charge": "ch_1",
    "payment_intent": "pi_1",
    "status": "needs_response",
    "reason": "fraudulent",
    "balance_transactions": [MOVE],
    "created": AT,
}
PAYOUT: dict[str, Any] = {
    "id": "po_1",
    "object": "payout",
    "amount": 9680,
    "currency": "usd",
    "status": "paid",
    "arrival_date": AT,
    "automatic": True,
    "reconciliation_status": "completed",
    "trace_id": {"status": "supported", "value": "TRACE1"},
}
LINE: dict[str, Any] = {
    "id": "txn_1",
    "type": "charge",
    "reporting_category": "charge",
    "amount": 10000,
    "fee": 320,
    "net": 9680,
    "currency": "usd",
    "source": {"id": "ch_1", "payment_intent": "pi_1"},
}


def event(**changes: object) -> bytes:
    body: dict[str, object] = {
        "id": "evt_1",
        "type": "charge.succeeded",
        "data": {"object": {"object": "charge", "id": "ch_1", "customer": "cus_1"}},
    }
    return json.dumps({**body, **changes}).encode()


def test_an_event_says_where_to_look() -> None:
    assert read_event(event()) == StripeEvent(
        "evt_1", "charge.succeeded", "charge", "ch_1", "cus_1"
    )
    other = read_event(event(type="customer.created"))
    assert isinstance(other, StripeEvent)
    assert not other.used


def test_an_event_about_an_object_without_id_is_still_an_event() -> None:
    told = read_event(event(type="balance.available", data={"object": {"object": "balance"}}))
    assert isinstance(told, StripeEvent)
    assert (told.object_id, told.used) == ("", False)


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
        event(data={"object": []}),
        event(data={"object": {"object": "charge", "id": "ch_1/../x"}}),
        event(data={"object": {"object": "charge"}}),
        event(data={"object": {"object": "refund", "id": "re_1"}}),
    ],
)
def test_anything_else_is_no_event(body: bytes) -> None:
    assert isinstance(read_event(body), NotAnEvent)


@given(st.binary(max_size=300))
def test_reading_never_raises(body: bytes) -> None:
    assert isinstance(read_event(body), NotAnEvent | StripeEvent)


_WORDS = st.sampled_from(["charge", "refund", "funded", "failed", "usd", "jpy", "ch_1", ""])
_JSON = st.recursive(st.none() | st.booleans() | st.integers() | _WORDS, st.lists, max_leaves=3)


@given(st.sampled_from([CHARGE, INTENT, FUNDED, REFUND, DISPUTE, PAYOUT, LINE]), st.data())
def test_no_object_makes_a_reader_raise(thing: Mapping[str, Any], data: st.DataObject) -> None:
    changed = {**thing, data.draw(st.sampled_from(sorted(thing))): data.draw(_JSON)}
    assert isinstance(read_receipt(changed), Arrived | NoReceipt)
    assert isinstance(read_transfer(changed), Arrived | NoReceipt)
    assert isinstance(read_money_back(changed), MoneyBack | NothingBack)
    assert isinstance(read_payout(changed), Payout | Unreadable)
    assert isinstance(read_lines([changed]), tuple | Unreadable)


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


def arrived(found: Arrived | NoReceipt) -> Arrived:
    assert isinstance(found, Arrived)
    return found


def test_charge_and_intent_are_one_receipt_with_all_it_names() -> None:
    one, two = arrived(read_receipt(CHARGE)), arrived(read_receipt(INTENT))
    assert one.source_id == two.source_id == "pi_1"
    assert one.amount == two.amount == Money(10000, "USD")
    assert (one.channel, one.payer_name) == (Channel.ACH, "ACME CORP")
    assert one.fee is None
    assert set(one.references) == {
        Reference(ReferenceKind.OBJECT, "4711"),
        Reference(ReferenceKind.REMITTANCE, "INV-7"),
        Reference(ReferenceKind.LABEL, "Payment of INV-1001"),
    }


def test_a_charge_alone_is_named_by_itself() -> None:
    assert arrived(read_receipt(CHARGE | {"payment_intent": None})).source_id == "ch_1"


def test_what_is_paid_from_the_cash_balance_is_no_new_money() -> None:
    details = CHARGE | {"payment_method_details": {"type": "customer_balance"}}
    for thing in (details, INTENT | {"latest_charge": details}):
        found = read_receipt(thing)
        assert isinstance(found, NoReceipt)
        assert found.paid_from_balance


@pytest.mark.parametrize(
    "thing",
    [
        CHARGE | {"status": "pending"},
        CHARGE | {"paid": False},
        CHARGE | {"amount_captured": 0},
        CHARGE | {"currency": "dollars"},
        CHARGE | {"created": 10**30},
        INTENT | {"status": "processing"},
        INTENT | {"amount_received": "100"},
        {},
    ],
)
def test_what_is_no_money_is_no_receipt(thing: Mapping[str, Any]) -> None:
    found = read_receipt(thing)
    assert isinstance(found, NoReceipt)
    assert not found.refunded


def test_refunded_is_said() -> None:
    gone = CHARGE | {"amount_refunded": 1}
    for thing in (gone, INTENT | {"latest_charge": gone}):
        found = read_receipt(thing)
        assert isinstance(found, NoReceipt)
        assert found.refunded


def test_a_bank_transfer_keeps_what_its_payer_typed() -> None:
    found = arrived(read_transfer(FUNDED))
    assert (found.source_id, found.amount) == ("ccsbtxn_1", Money(5000, "EUR"))
    assert found.payer_name == "Sample GmbH"
    assert [r.text for r in found.references] == ["Payment for Invoice 7FE1103-155"]
    assert isinstance(read_transfer(FUNDED | {"type": "applied_to_payment"}), NoReceipt)
    assert isinstance(read_transfer(FUNDED | {"net_amount": -5}), NoReceipt)


def back(thing: Mapping[str, Any]) -> MoneyBack:
    found = read_money_back(thing)
    assert isinstance(found, MoneyBack)
    return found


def test_a_refund_takes_until_it_fails() -> None:
    taken = back(REFUND)
    assert (taken.state, taken.amount) == (BackState.TAKEN, Money(2500, "USD"))
    assert taken.payment_ids == ("pi_1", "ch_1")
    assert back(REFUND | {"status": "failed"}).state is BackState.GIVEN_BACK


def test_a_dispute_takes_what_was_withdrawn_and_not_reinstated() -> None:
    assert back(DISPUTE).state is BackState.TAKEN
    partly = back(DISPUTE | {"balance_transactions": [MOVE, {"amount": 4000, "currency": "usd"}]})
    assert (partly.state, partly.amount) == (BackState.TAKEN, Money(6000, "USD"))
    won = [MOVE, {"amount": 10000, "currency": "usd"}]
    assert back(DISPUTE | {"balance_transactions": won}).state is BackState.GIVEN_BACK
    inquiry = DISPUTE | {"status": "warning_needs_response", "balance_transactions": []}
    assert back(inquiry).state is BackState.NOTHING_YET


def test_a_debit_that_fails_late_takes_everything() -> None:
    found = back(CHARGE | {"status": "failed", "failure_code": "R01"})
    assert (found.amount, found.code) == (Money(10000, "USD"), "R01")
    assert isinstance(read_money_back(CHARGE), NothingBack)


def test_a_returned_transfer_names_its_customer_only() -> None:
    found = back(FUNDED | {"type": "funding_reversed", "net_amount": -5000})
    assert (found.amount, found.customer) == (Money(5000, "EUR"), "cus_1")
    assert found.payment_ids == ()


def test_a_payout_is_explained_to_the_cent() -> None:
    payout, lines = read_payout(PAYOUT), read_lines([LINE, LINE | {"type": "payout"}])
    assert isinstance(payout, Payout)
    assert isinstance(lines, tuple)
    assert payout.trace == "TRACE1"
    fee, net = Money(320, "USD"), Money(9680, "USD")
    ids = ("pi_1", "ch_1")
    assert lines == (PayoutLine("txn_1", "charge", Money(10000, "USD"), fee, net, "ch_1", ids),)
    assert difference(payout, lines) == Money(0, "USD")
    assert difference(payout, ()) == net
    assert isinstance(read_lines([LINE | {"net": 9681}]), Unreadable)
