"""review.yaml: what a finance person writes, and where it points when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.policies import DEFAULTS, load_review
from erp.review.policy import Certificate, ReviewPolicy
from sources.policy_file import PolicyFileError


def read(folder: Path, text: str) -> ReviewPolicy:
    path = folder / "review.yaml"
    path.write_text(text, "utf-8")
    return load_review(path)


def test_the_file_that_comes_along_says_what_holds_without_it(tmp_path: Path) -> None:
    assert load_review(DEFAULTS / "review.yaml") == ReviewPolicy() == read(tmp_path, "header: {}")


def test_every_section_is_read(tmp_path: Path) -> None:
    policy = read(
        tmp_path,
        """
customers: {credit_hold_blocks: no, also_currencies: {C-1: [EUR, GBP]}}
header: {rate_tolerance_percent: 0.5, unusual_after_days: 30}
lines: {required: {"*": [department], 2: [class]}, suspense_words: [Suspense]}
tax: {required_in: [DE, 3], certificates: {C-1: {number: EX-7, valid_until: 2027-06-30}}}
matching: {lead: 10}
revenue: {rules_without_dates: [At once]}
erp: {mandatory_fields: [memo], lists_fresh_hours: 12}
""",
    )
    assert not policy.customers.credit_hold_blocks
    assert policy.customers.also_currencies == {"C-1": ("EUR", "GBP")}
    assert policy.header.rate_tolerance_percent * 2 == 1
    assert policy.lines.required == {"*": ("department",), "2": ("class",)}
    assert policy.lines.suspense_words == ("suspense",)
    assert policy.tax.required_in == ("DE", "3")
    held = policy.tax.certificates["C-1"]
    assert isinstance(held, Certificate)
    assert (held.number, str(held.valid_until)) == ("EX-7", "2027-06-30")
    assert (policy.matching.lead, policy.erp.lists_fresh_hours) == (10, 12)
    assert policy.revenue.rules_without_dates == ("At once",)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("header:\n  unusual_after_days: soon", 2, "'soon' does not fit"),
        ("header:\n  rate_tolerance_percent: lots", 2, "is no percentage"),
        ("customers:\n  credit_hold_blocks: maybe", 2, "neither yes nor no"),
        ("customers:\n  purchase_order_required: C-1", 2, "not a list"),
        ("lines:\n  required:\n    1: [colour]", 3, "colour is not known here"),
        ("tax:\n  certificates:\n    C-1: {valid_until: 2027-06-30}", 3, "has a number"),
        ("tax:\n  certificates:\n    C-1: {number: E, valid_until: June}", 3, "is no day"),
        ("erp:\n  mandatory_fields: [colour]", 2, "colour is not known here"),
        ("\nmood: good", 2, "mood is not known here"),
        ("matching:\n  leed: 3", 2, "leed is not known here"),
        ("header: 3", 1, "no `name: value` lines"),
    ],
)
def test_errors_name_line_and_fix(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(PolicyFileError) as caught:
        read(tmp_path, text)
    assert caught.value.line == line
    assert said in str(caught.value)
