"""Secrets are taken out of text, and ordinary words stay."""

from __future__ import annotations

import pytest

from security.redaction import redact


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Bearer abcdef.ghijkl", "abcdef.ghijkl"),
        ("password=hunter2&x=1", "hunter2"),
        ("api_key: 'k' client_assertion=aaa.bbb", "aaa.bbb"),
        ("key sk_live_51Habcdefgh failed", "sk_live_51Habcdefgh"),
        ("whsec_0123456789ab", "0123456789ab"),
        ("xoxb-1234567890-abc", "1234567890"),
        ("postgresql://me:hidden@db/x", "hidden"),
        ("eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2ln", "eyJzdWIiOiIx"),
        ("IBAN DE89 3704 0044 0532 0130 00", "3704"),
        ("card 4242 4242 4242 4242 used", "4242"),
    ],
)
def test_secrets_go(text: str, secret: str) -> None:
    assert secret not in redact(text)
    assert "[redacted]" in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "INV20001 of 12,400.00 USD is 31 days past due",
        "https://ar.example/customers/12?page=2",
        "the secret is out",
        "2026-03-10T15:00:00Z effect 17 approved by person:7",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert redact(text) == text
