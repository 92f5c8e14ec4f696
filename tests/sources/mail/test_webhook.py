"""Deliveries by HTTP are taken only when signed, fresh and whole."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from security.signatures import SignatureFault, Verified, sign, verify
from sources.mail.webhook import (
    MAX_BODY,
    Delivery,
    Refused,
    WebhookRefusal,
    read_signed,
)

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
RAW = b"From: a@x.example\r\n\r\nhello \xff"
SECRETS = ("new", "old")


def body(**members: object) -> bytes:
    document = {"MessageID": "p-1", "RawEmail": base64.b64encode(RAW).decode()} | members
    return json.dumps(document).encode()


def delivered(
    content: bytes, secret: str = "new", at: datetime = NOW, name: str = "X-Dunwell-Signature"
) -> Delivery | Refused:
    return read_signed({name: sign(secret, content, at)}, content, SECRETS, NOW)


@pytest.mark.parametrize("secret", SECRETS)
def test_every_active_secret_is_accepted(secret: str) -> None:
    assert delivered(body(), secret) == Delivery("p-1", RAW)


def test_header_names_in_any_case() -> None:
    assert delivered(body(), name="x-dunwell-signature") == Delivery("p-1", RAW)


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(-301, False), (-300, True), (300, True), (301, False)]
)
def test_the_time_window_is_closed_on_both_sides(seconds: int, accepted: bool) -> None:
    result = delivered(body(), at=NOW + timedelta(seconds=seconds))
    assert isinstance(result, Delivery) is accepted


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("", SignatureFault.MISSING),
        ("v1=abc", SignatureFault.MALFORMED),
        ("t=abc,v1=abc", SignatureFault.MALFORMED),
        ("t=1773154800", SignatureFault.MALFORMED),
        ("t=99999999999999999999,v1=abc", SignatureFault.MALFORMED),
        ("t=1773154800,v1=abc", SignatureFault.WRONG),
        ("t=1773154800,v1=\u00e9", SignatureFault.WRONG),
        (sign("new", b"x", NOW - timedelta(days=1)), SignatureFault.TOO_OLD),
        (sign("new", b"x", NOW + timedelta(days=1)), SignatureFault.IN_THE_FUTURE),
        (sign("stolen", b"x", NOW), SignatureFault.WRONG),
        (sign("new", b"y", NOW), SignatureFault.WRONG),
        (sign("new", b"x", NOW, scheme="v0"), SignatureFault.MALFORMED),
    ],
)
def test_signature_faults(header: str, fault: SignatureFault) -> None:
    assert verify(header, b"x", SECRETS, NOW) is fault


def test_several_signatures_in_one_header() -> None:
    right = sign("new", b"x", NOW)
    assert verify(right.replace(",", ",v1=abc,"), b"x", SECRETS, NOW) == Verified(NOW)


def test_an_empty_secret_signs_nothing() -> None:
    assert verify(sign("", b"x", NOW), b"x", ("",), NOW) is SignatureFault.WRONG


@given(st.text(max_size=200))
def test_no_header_makes_verifying_raise_or_pass(header: str) -> None:
    assert not isinstance(verify(header, b"x", SECRETS, NOW), Verified)


@pytest.mark.parametrize(
    ("content", "reason", "status"),
    [
        (b"{", WebhookRefusal.NOT_JSON, 400),
        (b"\xff", WebhookRefusal.NOT_JSON, 400),
        (b"[" * 100_000, WebhookRefusal.NOT_JSON, 400),
        (b"[]", WebhookRefusal.NOT_JSON, 400),
        (body(MessageID=""), WebhookRefusal.NO_MESSAGE, 400),
        (body(MessageID=7), WebhookRefusal.NO_MESSAGE, 400),
        (body(RawEmail=None), WebhookRefusal.NO_MESSAGE, 400),
        (body(RawEmail="not base64!"), WebhookRefusal.NO_MESSAGE, 400),
        (body(RawEmail="ü"), WebhookRefusal.NO_MESSAGE, 400),
        (b"x" * (MAX_BODY + 1), WebhookRefusal.TOO_LARGE, 413),
    ],
    ids=range(10),
)
def test_malformed_deliveries_are_refused(
    content: bytes, reason: WebhookRefusal, status: int
) -> None:
    result = delivered(content)
    assert isinstance(result, Refused)
    assert (result.reason, result.status) == (reason, status)


def test_an_unsigned_delivery_is_refused_before_it_is_read() -> None:
    result = read_signed({}, b"{", SECRETS, NOW)
    assert result == Refused(WebhookRefusal.UNAUTHORIZED, "signature missing")
    assert result.status == 401
