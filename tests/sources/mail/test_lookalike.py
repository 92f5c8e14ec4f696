"""Domains made to be taken for one we know are named; honest ones are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.mail.lookalike import resembles

KNOWN = ("corvelfreight.example", "acme.co.example", "bluefin-analytics.example", "norvale.example")


@pytest.mark.parametrize(
    ("domain", "imitated"),
    [
        ("corve1freight.example", "corvelfreight.example"),
        ("corveIfreight.example", "corvelfreight.example"),
        ("corvelfreigth.example", "corvelfreight.example"),
        ("corvelfrieght.example", "corvelfreight.example"),
        ("corvelfreight.test", "corvelfreight.example"),
        ("corvel-freight.example", "corvelfreight.example"),
        ("corvelfreight-billing.example", "corvelfreight.example"),
        ("corvelfreight.example.payments.test", "corvelfreight.example"),
        ("сorvelfreight.example", "corvelfreight.example"),
        ("xn--orvelfreight-3kk.example", "corvelfreight.example"),
        ("norva1e.example", "norvale.example"),
        ("norvaie.example", "norvale.example"),
        ("n0rvale.example", "norvale.example"),
        ("norvaale.example", "norvale.example"),
        ("bluefinanalytics.example", "bluefin-analytics.example"),
        ("bluefin-anaIytics.example", "bluefin-analytics.example"),
        ("corvelfreight.example", ""),
        ("mail.corvelfreight.example", ""),
        ("kettlecreek.example", ""),
        ("sunmesa.example", ""),
        ("harborline.example", ""),
        ("analytics.example", ""),
        ("", ""),
    ],
)
def test_who_is_imitated(domain: str, imitated: str) -> None:
    assert resembles(domain, KNOWN) == imitated


@settings(max_examples=30)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_names_can_be_compared(domain: str, known: str) -> None:
    assert resembles(domain, [known]) in (known.lower().rstrip("."), "")
